"""Names for the files that are written of pictures, which tell the pictures apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_NUMBER: Final = re.compile(r"-[0-9]+$")


def distinct_names(pictures: Iterable[str]) -> dict[str, str]:
    """Give each picture a name that no other's files have, as short as can be.

    That is its name without the ending; where two would have the same, its folder's name comes
    before it (``a-x`` and ``b-x``), or else the ending stays (``x.png`` and ``x.jpg``), and more
    folders come before that. ``x`` and ``x-1`` are not told apart either: of several digits, files
    are called ``x-1-form.png``.

    Parameters
    ----------
    pictures : iterable of str
        Paths; the same one may be there twice.

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
    """The pictures whose files could have the same names, also where case tells nothing."""
    groups: dict[str, set[str]] = defaultdict(set)
    for one, name in names.items():
        groups[name.casefold()].add(one)
    for one, name in names.items():
        base = _NUMBER.sub("", name.casefold())
        if base in groups:
            groups[base].add(one)
    alike = {one for group in groups.values() if len(group) > 1 for one in group}
    return [one for one in names if one in alike]
