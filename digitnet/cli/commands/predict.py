"""digitnet predict: read the digit in each picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digitnet.cli.options import MODEL_FILE, Json, ModelFile

if TYPE_CHECKING:
    from digitnet.cli.show.formats import Format


def predict(
    pictures: Annotated[
        list[str],
        typer.Argument(
            help="Pictures, folders or patterns; - reads one from stdin.", metavar="PICTURE"
        ),
    ],
    model: ModelFile = MODEL_FILE,
    number: Annotated[
        bool, typer.Option("--number", help="Read several digits, line by line.", metavar="")
    ] = False,
    top: Annotated[int, typer.Option(min=1, max=10, help="Show the K best.", metavar="K")] = 10,
    show: Annotated[
        bool, typer.Option("--show", help="Draw what the network saw.", metavar="")
    ] = False,
    save_stages: Annotated[
        Path | None, typer.Option(help="Write what --show draws as PNG.", metavar="FOLDER")
    ] = None,
    recursive: Annotated[
        bool, typer.Option("--recursive", help="Also the folders inside a folder.", metavar="")
    ] = False,
    json: Json = False,
    csv: Annotated[
        bool, typer.Option("--csv", help="Print a table for a spreadsheet.", metavar="")
    ] = False,
) -> None:
    """Read handwritten digits: each digit, how certain it is, and a bar for each of the ten.

    Examples: digitnet predict seven.jpg --show; digitnet predict --number postcode.jpg;
    digitnet predict my-digits/ --csv
    """
    import sys

    from digitnet.cli import load
    from digitnet.cli.pictures import STDIN
    from digitnet.cli.pictures import pictures as find
    from digitnet.cli.show.console import note, show_error
    from digitnet.cli.show.formats import AsCsv, AsJson, AsText
    from digitnet.errors import DigitnetError
    from digitnet.reading import stages
    from digitnet.reading.picture import read_picture

    if json and csv:
        raise typer.BadParameter("--json and --csv exclude each other.")
    reader, _ = load.model(model, stand_in="large")
    output: Format = AsJson() if json else AsCsv() if csv else AsText(top, draw=show)
    failed = False
    for picture in find(pictures, recursive=recursive):
        try:
            if picture == STDIN:
                reading = read_picture(reader, sys.stdin.buffer.read(), "stdin", number=number)
            else:
                reading = read_picture(reader, picture, number=number)
            if reading.several and not number:
                note(f"{picture}: there are several digits; reading them as with --number")
            if save_stages:
                stages.save_stages(save_stages, Path(picture).stem, reading)
            output.add(picture, reading)
        except DigitnetError as error:
            failed = True
            output.fail(picture, error)
            show_error(error)
    output.end()
    if failed:
        raise typer.Exit(1)
