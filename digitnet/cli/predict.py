"""digitnet predict: read the digit in each picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from digitnet.cli.options import MODEL_FILE, Json, ModelFile

if TYPE_CHECKING:
    from digitnet.cli.answers import Answers
    from digitnet.reading import Reading
    from digitnet.weights import Model


def predict(
    pictures: Annotated[
        list[str],
        typer.Argument(help="Pictures, folders or patterns; - reads one from stdin."),
    ],
    model: ModelFile = MODEL_FILE,
    top: Annotated[int, typer.Option(min=1, max=10, help="Show the K best.", metavar="K")] = 10,
    show: Annotated[bool, typer.Option("--show", help="Draw what the network saw.")] = False,
    recursive: Annotated[
        bool, typer.Option("--recursive", help="Also the folders inside a folder.")
    ] = False,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet.")] = False,
) -> None:
    """Read handwritten digits: each digit, how certain it is, and a bar for each of the ten.

    Examples: digitnet predict seven.jpg --show; digitnet predict my-digits/ --csv
    """
    from digitnet.cli import load
    from digitnet.cli.answers import AsCsv, AsJson, AsText
    from digitnet.cli.display import show_error
    from digitnet.cli.pictures import pictures as find
    from digitnet.errors import DigitnetError

    if json and csv:
        raise typer.BadParameter("--json and --csv exclude each other.")
    reader, _ = load.model(model)
    answers: Answers = AsJson() if json else AsCsv() if csv else AsText(top, draw=show)
    failed = False
    for picture in find(pictures, recursive=recursive):
        try:
            answers.add(picture, _read(reader, picture))
        except DigitnetError as error:
            failed = True
            answers.fail(picture, error)
            show_error(error)
    answers.end()
    if failed:
        raise typer.Exit(1)


def _read(model: Model, picture: str) -> Reading:
    import sys
    from pathlib import Path

    from digitnet.cli.pictures import STDIN
    from digitnet.reading import read_picture

    if picture == STDIN:
        return read_picture(model, sys.stdin.buffer, "stdin")
    return read_picture(model, Path(picture))
