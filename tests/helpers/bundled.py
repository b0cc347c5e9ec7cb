"""What the commands say of the models that come along."""

from __future__ import annotations

from typing import Final

SMALL_FACTS: Final = "392-15-10, 99.16% of mnist's test digits"
LARGE_FACTS: Final = "392-300-10, 99.40% of mnist's test digits"
