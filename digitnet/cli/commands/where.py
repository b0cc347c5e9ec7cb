"""digitnet where: where data and models are kept, how large they are, and how to remove them."""

from __future__ import annotations

import json as json_
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import typer

from digitnet.cli.options import Json

DATA: Final = ("train-*", "t10k-*", "normalised-*")
MODELS: Final = ("*.npz",)
"""Patterns of digitnet's files; such a folder may also contain other files."""


class Kept(NamedTuple):
    """A folder, and the number and size of digitnet's files in it."""

    folder: Path
    files: int
    bytes: int

    def in_words(self) -> str:
        """Number and size in words."""
        return f"{self.files:,} file{'' if self.files == 1 else 's'}, {self.bytes / 1e6:,.1f} MB"


def where(json: Json = False) -> None:
    """Print where data and models are kept, how large they are, and how to remove them.

    Example:
      digitnet where
    """
    from digitnet.cli.show.console import say, show_facts
    from digitnet.places import data_folder, model_file

    data, models = _kept(data_folder(), DATA), _kept(model_file().parent, MODELS)
    if json:
        found = (("data", data), ("models", models))
        typer.echo(
            json_.dumps(
                {name: {**kept._asdict(), "folder": str(kept.folder)} for name, kept in found}
            )
        )
        return
    show_facts(
        [
            ("data", str(data.folder)),
            ("", f"{', '.join(DATA)}: {data.in_words()}"),
            ("models", str(models.folder)),
            ("", f"{', '.join(MODELS)}: {models.in_words()}"),
        ]
    )
    say("")
    say(
        "To remove them, delete these files. MNIST is downloaded again when it is needed; models "
        "that you trained cannot be recovered."
    )
    say("To use other folders: --data-dir or DIGITNET_DATA, --model or DIGITNET_MODEL.")


def _kept(folder: Path, names: Sequence[str]) -> Kept:
    found = (path for name in names for path in folder.glob(name) if path.is_file())
    sizes = [path.stat().st_size for path in found]
    return Kept(folder, len(sizes), sum(sizes))
