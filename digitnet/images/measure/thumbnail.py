"""A small copy of a picture, for what is a matter of a few thousand pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from digitnet.images.measure.morphology import Grey, Levels


@dataclass(frozen=True)
class ThumbnailLimits:
    """How small the copy is."""

    side: int = 192
    """Pixels of the longer side, at most."""


THUMBNAIL: Final = ThumbnailLimits()


def thumbnail(grey: Levels, limits: ThumbnailLimits) -> Grey:
    """Average the picture down; one that is small enough stays as large as it is."""
    small = Image.fromarray(grey)
    small.thumbnail((limits.side, limits.side), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float32)
