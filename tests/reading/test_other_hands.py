"""The bundled models read writers who had no part in MNIST."""

from __future__ import annotations

import pytest

from digitnet.model.bundled import bundled_model
from tests.helpers.other_hands import forms, share_read


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True])
def test_tiny_digits_by_other_writers_are_read(dark: bool) -> None:
    images, labels = forms(dark=dark)
    for name, share in (("small", 0.96), ("large", 0.98)):
        assert share_read(bundled_model(name), images, labels) >= share, name
