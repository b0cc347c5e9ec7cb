"""digitnet where: what is kept on this machine, how much it is, and how to clear it."""

from __future__ import annotations

import json as json_
from pathlib import Path
from typing import NamedTuple

import typer

from digitnet.cli.options import Json


class Kept(NamedTuple):
    """A folder, and the regular files that are in it."""

    folder: Path
    files: int
    bytes: int

    def in_words(self) -> str:
        """Say how much it is."""
        if not self.files:
            return "nothing yet"
        return f"{self.files:,} file{'' if self.files == 1 else 's'}, {self.bytes / 1e6:,.1f} MB"


def where(json: Json = False) -> None:
    """Say where data and models are kept, how much they take, and how to clear them.

    Example: digitnet where
    """
    from digitnet.cli.show.console import say
    from digitnet.cli.show.scores import show_facts
    from digitnet.places import data_folder, model_file

    data, models = _kept(data_folder()), _kept(model_file().parent)
    if json:
        found = {"data": data, "models": models}
        typer.echo(
            json_.dumps({k: v._asdict() | {"folder": str(v.folder)} for k, v in found.items()})
        )
        return
    show_facts(
        [
            ("data", str(data.folder)),
            ("", data.in_words()),
            ("models", str(models.folder)),
            ("", models.in_words()),
        ]
    )
    say("")
    say("To clear them, delete what is in these folders. Data are downloaded again when they are")
    say("needed; models that you trained are gone.")
    say("Other folders: --data-dir or DIGITNET_DATA, --model or DIGITNET_MODEL.")


def _kept(folder: Path) -> Kept:
    sizes = [path.stat().st_size for path in folder.glob("*") if path.is_file()]
    return Kept(folder, len(sizes), sum(sizes))
