"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from digitnet.places import model_file

MODEL_FILE = Path("models/digitnet.npz")


def given(ctx: typer.Context, parameter: str) -> bool:
    """Whether an option was named on the command line."""
    source = ctx.get_parameter_source(parameter)
    return source is not None and source.name != "DEFAULT"


def _or_default(ctx: typer.Context, path: Path) -> Path:
    """Where nobody names a file, look where it is now: not when the program was loaded."""
    return path if given(ctx, "model") else model_file()


def plot_of(what: str) -> Any:
    """Return the option of a file to draw something in."""
    help_ = f"Draw {what} in a .png, .svg or .pdf file. Needs matplotlib."
    return typer.Option("--plot", help=help_, metavar="FILE")


DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help="Where MNIST's files are kept.",
        metavar="FOLDER",
        show_default="DIGITNET_DATA, or else as digitnet where says",
    ),
]
ModelFile = Annotated[
    Path,
    typer.Option(
        "--model",
        callback=_or_default,
        help="The file of weights; small and large come with digitnet.",
        show_default="DIGITNET_MODEL, or else as digitnet where says",
        metavar="FILE.npz",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else on stdout.")]
Mirror = Annotated[
    list[str] | None,
    typer.Option("--mirror", help="Try this address first. Repeatable.", metavar="URL"),
]
DataSet = Annotated[
    str | None,
    typer.Option(
        "--dataset",
        help="mnist, sample, or a folder of IDX files or labelled pictures.",
        metavar="NAME|FOLDER",
        show_default="mnist; sample where no mirror answers",
    ),
]
