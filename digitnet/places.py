"""Default folders of data and models."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final, Literal

Kind = Literal["cache", "data"]

LITTER: Final = frozenset({"thumbs.db", "desktop.ini"})
"""What a desktop leaves in a folder that was opened; other such files are hidden by their dot."""


def data_folder(given: Path | str | None = None) -> Path:
    """Folder of the data sets.

    The one given, else DIGITNET_DATA, else ``data`` if the working folder has one, else the
    user's cache folder: its content can be downloaded or computed again.
    """
    named = given or os.environ.get("DIGITNET_DATA")
    if named:
        return Path(named)
    return Path("data") if is_folder("data") else user_folder("cache")


def model_file() -> Path:
    """File of the trained model.

    The value of DIGITNET_MODEL, else ``models/digitnet.npz`` if the working folder has
    ``models``, else ``digitnet.npz`` in the user's data folder.
    """
    named = os.environ.get("DIGITNET_MODEL")
    if named:
        return Path(named)
    folder = Path("models") if is_folder("models") else user_folder("data")
    return folder / "digitnet.npz"


def user_folder(kind: Kind, platform: str = sys.platform) -> Path:
    """The user's folder for this kind of files; it need not exist.

    Parameters
    ----------
    kind : "cache" or "data"
        Files that can be made again, or files that cannot.
    platform : str
        As in `sys.platform`. ``win32``: in %LOCALAPPDATA%; ``darwin``: in ~/Library; all
        others as the XDG Base Directory Specification says.
    """
    if platform == "win32":
        local = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        return Path(local) / "digitnet" / ("Cache" if kind == "cache" else "Models")
    if platform == "darwin":
        library = "Caches" if kind == "cache" else "Application Support"
        return Path.home() / "Library" / library / "digitnet"
    named = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
    usual = ".cache" if kind == "cache" else ".local/share"
    # The specification says to ignore relative paths.
    return (Path(named) if named.startswith("/") else Path.home() / usual) / "digitnet"


def is_hidden(path: Path) -> bool:
    """Whether it, a path within a folder, is hidden there, or was left by a desktop."""
    return any(part.startswith(".") for part in path.parts) or path.name.lower() in LITTER


def is_folder(path: Path | str) -> bool:
    """Whether it is a folder that may be looked into; an impossible path is none."""
    return os.path.isdir(path)  # noqa: PTH112 - Path raises where this says no
