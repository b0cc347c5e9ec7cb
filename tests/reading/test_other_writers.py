"""The bundled models read writers who had no part in MNIST."""

from __future__ import annotations

import pytest

from digitnet.model.model import bundled_model
from tests.helpers.other_writers import accuracy, forms


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True])
def test_tiny_digits_by_other_writers_are_read(dark: bool) -> None:
    images, labels = forms(dark=dark)
    for name, least in (("small", 0.96), ("large", 0.98)):
        assert accuracy(bundled_model(name), images, labels) >= least, name
