"""digitnet predict: read the digit in each picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digitnet.cli.options import MODEL_FILE, Json, ModelFile

if TYPE_CHECKING:
    from digitnet.cli.show.readings import Output
    from digitnet.reading.reader import Reader


def predict(
    pictures: Annotated[
        list[str],
        typer.Argument(
            help="Pictures, folders or patterns; - reads one from stdin.", metavar="PICTURE"
        ),
    ],
    model: ModelFile = MODEL_FILE,
    number: Annotated[
        bool,
        typer.Option(
            "--number",
            help="Read several digits, line by line; each line is also read as a whole.",
        ),
    ] = False,
    top: Annotated[int, typer.Option(help="Show the K best answers, 1 to 10.", metavar="K")] = 10,
    show: Annotated[
        bool, typer.Option("--show", help="Draw every stage, to what the network sees.")
    ] = False,
    save_stages: Annotated[
        Path | None, typer.Option(help="Write what --show draws as PNG.", metavar="FOLDER")
    ] = None,
    recursive: Annotated[
        bool, typer.Option("--recursive", help="Also the folders inside a folder.")
    ] = False,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet.")] = False,
) -> None:
    """Read handwritten digits: each digit, its confidence, and a bar for each of the ten.

    Examples:
      digitnet predict seven.jpg --show
      digitnet predict --number postcode.jpg
      digitnet predict my-digits/ --csv
    """
    from digitnet.cli import load
    from digitnet.cli.pictures import pictures as find
    from digitnet.cli.show.console import note
    from digitnet.cli.show.readings import AsCsv, AsJson, AsText
    from digitnet.reading.reader import Reader

    if json and csv:
        raise typer.BadParameter("--json and --csv exclude each other.")
    if not 1 <= top <= 10:
        raise typer.BadParameter(f"Expected 1 to 10, found {top}.", param_hint="'--top'")
    reader = Reader(load.model(model)[0])
    found = list(find(pictures, recursive=recursive, tell=note))
    output: Output = (
        AsJson() if json else AsCsv() if csv else AsText(found, top, draw=show, number=number)
    )
    draw = show or bool(save_stages)
    if _read_each(reader, found, output, save_stages, number=number, draw=draw, deep=recursive):
        raise typer.Exit(1)


def _read_each(
    reader: Reader,
    found: list[str],
    output: Output,
    save_stages: Path | None,
    *,
    number: bool,
    draw: bool,
    deep: bool,
) -> bool:
    """Read picture after picture; True if one failed."""
    from digitnet.cli.pictures import read, refuse_folder
    from digitnet.cli.show.console import note, show_error
    from digitnet.cli.show.progress import waiting
    from digitnet.errors import DigitnetError
    from digitnet.reading import stages
    from digitnet.reading.names import distinct_names

    failed = noted = False
    names = distinct_names(found)
    for n, picture in enumerate(found, 1):
        count = f" {n:,} of {len(found):,}" if len(found) > 1 else ""
        try:
            refuse_folder(picture, recursive=deep)
            with waiting(f"reading picture{count}: {picture}"):
                reading, drawn = read(reader, picture, number=number, draw=draw)
            if reading.several and not noted:
                if not number:
                    note(f"{picture}: several digits found; they are read as with --number.")
                note("A bundled sequence model also reads each line.")
                noted = True
            if save_stages:
                stages.save_stages(save_stages, names[picture], reading, drawn)
            output.add(picture, reading, drawn)
        except DigitnetError as error:
            failed = True
            output.fail(picture, error)
            show_error(error)
    return failed
