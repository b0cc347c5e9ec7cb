"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help="Where MNIST's files are kept: by default DIGITNET_DATA, or else data.",
        metavar="FOLDER",
    ),
]
ModelFile = Annotated[
    Path,
    typer.Option(
        "--model",
        envvar="DIGITNET_MODEL",
        help="The file of weights; small and large come with digitnet.",
        metavar="FILE.npz",
    ),
]
Json = Annotated[
    bool, typer.Option("--json", help="Print JSON and nothing else on stdout.", metavar="")
]
Mirror = Annotated[
    list[str] | None,
    typer.Option("--mirror", help="Try this address first. Repeatable.", metavar="URL"),
]
DataSet = Annotated[
    str | None,
    typer.Option(
        "--dataset",
        help="mnist, sample, or a folder of IDX files or labelled pictures; by default MNIST.",
        metavar="NAME|FOLDER",
    ),
]

MODEL_FILE = Path("models/digitnet.npz")
INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 and the number of the signal, as in a shell."""
