"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from digitnet.places import model_file

MODEL_FILE = Path("models/digitnet.npz")


def given(ctx: typer.Context, parameter: str) -> bool:
    """Whether an option was given on the command line."""
    source = ctx.get_parameter_source(parameter)
    return source is not None and source.name != "DEFAULT"


def _or_default(ctx: typer.Context, path: Path) -> Path:
    """The default file, looked up when the command runs."""
    return path if given(ctx, "model") else model_file()


def _model_of(what: str) -> Any:
    """Return the option of a file of weights."""
    return typer.Option(
        "--model",
        callback=_or_default,
        help=what,
        show_default="DIGITNET_MODEL, or see digitnet where",
        metavar="FILE.npz",
    )


def plot_of(what: str) -> Any:
    """The option of a file to draw something in."""
    help_ = f"Draw {what} in a .png, .svg or .pdf file. Needs matplotlib."
    return typer.Option("--plot", help=help_, metavar="FILE")


DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help="Folder that keeps MNIST's files.",
        metavar="FOLDER",
        show_default="DIGITNET_DATA, or see digitnet where",
    ),
]
ModelFile = Annotated[Path, _model_of("A file of weights; small or large for a bundled model.")]
NewModel = Annotated[Path, _model_of("File to write the weights to.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, and only JSON, on stdout.")]
Mirror = Annotated[
    list[str] | None,
    typer.Option("--mirror", help="Try this mirror first. Repeatable.", metavar="URL"),
]
DataSet = Annotated[
    str | None,
    typer.Option(
        "--dataset",
        help="mnist, sample, or a folder of IDX files or labelled pictures.",
        metavar="NAME|FOLDER",
        show_default="mnist, or sample if no mirror answers",
    ),
]
