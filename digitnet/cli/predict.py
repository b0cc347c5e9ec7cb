"""digitnet predict: read the digit in each picture."""

from __future__ import annotations

import json as json_
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digitnet.cli.options import MODEL_FILE, Json, ModelFile

if TYPE_CHECKING:
    from digitnet.errors import DigitnetError
    from digitnet.reading import Reading
    from digitnet.weights import Model

_MANY = 3  # more pictures than this are a line each


def predict(
    pictures: Annotated[
        list[Path], typer.Argument(help="Pictures of a digit each; - reads one from stdin.")
    ],
    model: ModelFile = MODEL_FILE,
    top: Annotated[int, typer.Option(min=1, max=10, help="Show the K best.", metavar="K")] = 10,
    show: Annotated[bool, typer.Option("--show", help="Draw what the network saw.")] = False,
    json: Json = False,
) -> None:
    """Read handwritten digits: each digit, how certain it is, and a bar for each of the ten."""
    from digitnet.cli import load
    from digitnet.cli.display import show_error
    from digitnet.errors import DigitnetError

    reader, _ = load.model(model)
    readings: list[tuple[str, Reading]] = []
    failed = False
    for picture in pictures:
        try:
            reading = _read(reader, picture)
        except DigitnetError as error:
            failed = True
            if json:
                typer.echo(json_.dumps({"file": str(picture), "error": _one_line(error)}))
            show_error(error)
            continue
        if json:
            typer.echo(json_.dumps(_as_json(str(picture), reading)))
        readings.append((str(picture), reading))
    if not json:
        _show(readings, top, draw=show)
    if failed:
        raise typer.Exit(1)


def _read(model: Model, picture: Path) -> Reading:
    import sys

    from digitnet.reading import read_picture

    if str(picture) == "-":
        return read_picture(model, sys.stdin.buffer, "stdin")
    return read_picture(model, picture)


def _as_json(file: str, reading: Reading) -> dict[str, object]:
    return {
        "file": file,
        "digit": reading.digit,
        "certainty": reading.certainty,
        "certainties": reading.certainties,
        "sure": reading.sure,
    }


def _one_line(error: DigitnetError) -> str:
    return str(error).replace("\n", " ")


def _show(readings: list[tuple[str, Reading]], top: int, *, draw: bool) -> None:
    from digitnet.cli.results import show_reading, show_readings

    if len(readings) > _MANY and not draw:
        show_readings(readings)
        return
    for file, reading in readings:
        show_reading(file, reading, top, draw=draw)
