"""Distinct names for the files of several pictures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_NUMBER: Final = re.compile(r"-[0-9]+$")


def distinct_names(pictures: Iterable[str]) -> dict[str, str]:
    """Give each picture a short name that no other picture's files have.

    It is the name without the suffix. If two would be equal, the folder's name is put before it
    (``a-x`` and ``b-x``), or else the suffix is kept (``x.png`` and ``x.jpg``), with more folders
    if needed. ``x`` and ``x-1`` also count as equal, because files of several digits are named
    ``x-1-form.png``.

    Parameters
    ----------
    pictures : iterable of str
        Paths, possibly with duplicates.

    Returns
    -------
    dict of str to str
        A name for each path.
    """
    choices = {one: _choices(Path(one).absolute()) for one in dict.fromkeys(pictures)}
    while alike := _alike({one: names[0] for one, names in choices.items()}):
        for i, one in enumerate(alike, 1):
            choices[one] = choices[one][1:] or [f"{Path(one).stem}.{i}"]
    return {one: names[0] for one, names in choices.items()}


def _choices(path: Path) -> list[str]:
    """Names for one picture, the best first."""
    folders = path.parts[1:-1]
    short = ["-".join([*folders[len(folders) - n :], path.stem]) for n in (0, 1)]
    return short + [
        "-".join([*folders[len(folders) - n :], path.name]) for n in range(len(folders) + 1)
    ]


def _alike(names: dict[str, str]) -> list[str]:
    """Pictures whose files could have equal names, ignoring case."""
    groups: dict[str, set[str]] = defaultdict(set)
    for one, name in names.items():
        groups[name.casefold()].add(one)
    for one, name in names.items():
        base = _NUMBER.sub("", name.casefold())
        if base in groups:
            groups[base].add(one)
    alike = {one for group in groups.values() if len(group) > 1 for one in group}
    return [one for one in names if one in alike]
