"""The three colours can be read on the ground that they are for."""

from __future__ import annotations

import pytest

from digitnet.images.colours import DARK, EITHER, LIGHT, Palette, rgb

WHITE, BLACK = "#ffffff", "#000000"


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = (part / 255 for part in rgb(colour))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("palette", "grounds", "least"),
    [(LIGHT, [WHITE], 4.5), (DARK, [BLACK], 4.5), (EITHER, [WHITE, BLACK], 3.0)],
    ids=["light", "dark", "either"],
)
def test_each_colour_stands_out_from_its_ground(
    palette: Palette, grounds: list[str], least: float
) -> None:
    assert all(contrast(colour, ground) >= least for colour in palette for ground in grounds)
