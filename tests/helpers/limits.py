"""Limits of a stage, each moved by a third or so, to see whether anything notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

SHARE: Final = 0.3
"""By which a limit is moved both ways; a whole number by one at least."""


def moved(limits: Any) -> Iterator[tuple[str, Any]]:
    """Every limit's name twice, and the limits with that one lower, and higher.

    Of limits within limits, and of several values, each is moved on its own: ``crossing.alone``,
    ``spans[0]``.
    """
    for field in fields(limits):
        for name, other in _others(getattr(limits, field.name)):
            yield field.name + name, replace(limits, **{field.name: other})


def _others(value: Any) -> Iterator[tuple[str, Any]]:
    if is_dataclass(value):
        yield from ((f".{name}", other) for name, other in moved(value))
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            for _, other in _others(one):
                yield f"[{place}]", (*value[:place], other, *value[place + 1 :])
    else:
        step = max(1, round(SHARE * value)) if isinstance(value, int) else SHARE * value
        yield from (("", value - step), ("", value + step))
