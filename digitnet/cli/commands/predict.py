"""digitnet predict: read the digit in each picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digitnet.cli.options import MODEL_FILE, Json, ModelFile

if TYPE_CHECKING:
    from digitnet.cli.show.formats import Answers
    from digitnet.images.way import Ink


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
    from digitnet.cli import load
    from digitnet.cli.pictures import pictures as find
    from digitnet.cli.show.console import note, show_error
    from digitnet.cli.show.formats import AsCsv, AsJson, AsText
    from digitnet.errors import DigitnetError
    from digitnet.reading import digit as reading
    from digitnet.reading import number as numbers
    from digitnet.reading import stages

    if json and csv:
        raise typer.BadParameter("--json and --csv exclude each other.")
    reader, _ = load.model(model, stand_in="large")
    answers: Answers = AsJson() if json else AsCsv() if csv else AsText(top, draw=show)
    failed = False
    for picture in find(pictures, recursive=recursive):
        try:
            ink = _open(picture)
            several = not number and numbers.plainly_several(reader, ink)
            if several:
                note(f"{picture}: there are several digits; reading them as with --number")
            found = (
                numbers.read_number(reader, ink, picture)
                if number or several
                else reading.read_digit(reader, ink)
            )
            if save_stages:
                stages.save_stages(save_stages, Path(picture).stem, ink, found)
            answers.add(picture, ink, found)
        except DigitnetError as error:
            failed = True
            answers.fail(picture, error)
            show_error(error)
    answers.end()
    if failed:
        raise typer.Exit(1)


def _open(picture: str) -> Ink:
    import io
    import sys

    from digitnet.cli.pictures import STDIN
    from digitnet.reading.digit import open_ink

    if picture == STDIN:
        return open_ink(io.BytesIO(sys.stdin.buffer.read()), "stdin")
    return open_ink(Path(picture))
