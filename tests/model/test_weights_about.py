"""The JSON text in a file of weights, wrong in every way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.helpers.damage import message, rewrite, unusable, with_about


def test_a_newer_format_is_refused_with_the_way_to_read_it(model_file: Path) -> None:
    with_about(model_file, lambda about: about | {"format": 2})
    assert message(model_file) == (
        f"{model_file}: these weights are of a newer digitnet.",
        "Expected format 1 or older, found format 2.",
        "Install a newer digitnet: pip install --upgrade digitnet.",
    )


@pytest.mark.parametrize(
    "text", ["{", "[]", "null", "7", "", '{"format": "one"}', '{"layers": []}']
)
def test_broken_json_is_refused(model_file: Path, text: str) -> None:
    rewrite(model_file, lambda arrays: arrays | {"about": np.array(text)})
    found = "['B0', 'B1', 'W0', 'W1', 'about']"
    expected = f"Expected weights saved by digitnet, found {found}."
    assert message(model_file) == unusable(model_file, expected)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"activation": "softplus"}, "activation 'softplus', not one of sigmoid,"),
        ({"cost": 3}, "cost 3, not one of quadratic,"),
        ({"layers": None}, "layers None, not a list of 2 to 102 values"),
        ({"layers": ["many", 10]}, "layers[0] 'many', not a whole number of 1 or more"),
        ({"normalisation": {"tau_z": 1}}, "normalisation.tau_z 1, not one of tau_x,"),
        ({"normalisation": {"tau_x": -1.0}}, "normalisation.tau_x -1.0, not a number from 0.1"),
        ({"certainty": []}, "certainty [], not a table"),
    ],
)
def test_a_network_that_cannot_be_built_is_refused_with_the_reason(
    model_file: Path, change: dict[str, Any], found: str
) -> None:
    with_about(model_file, lambda about: about | change)
    what, said, advice = message(model_file)
    assert said.startswith(f"Expected a network that can be built, found {found}")
    assert (what, said, advice) == unusable(model_file, said)


def test_layers_of_a_billion_neurons_are_refused_before_memory_is_taken(model_file: Path) -> None:
    with_about(model_file, lambda about: about | {"layers": [784, 10**12, 10]})
    shapes = "W0 of 1000000000000 × 784 finite float32 numbers, found 15 × 784 of float32"
    assert message(model_file) == unusable(model_file, f"Expected {shapes}.")


@pytest.mark.parametrize(
    "change",
    [
        {"layers": [float("inf"), 15, 10]},
        {"layers": [784.9, 15, 10]},
        {"format": float("inf")},
        {"format": 0},
        {"certainty": {"temperature": 0}},
        {"certainty": {"temperature": "warm"}},
        {"certainty": {"threshold": float("nan")}},
        {"normalisation": {"tau_x": "wide"}},
        {"normalisation": {"tau_x": float("nan")}},
        {"normalisation": {"tau_x": float("inf")}},
    ],
    ids=str,
)
def test_numbers_that_make_no_sense_are_refused(model_file: Path, change: dict[str, Any]) -> None:
    with_about(model_file, lambda about: about | change)
    assert message(model_file)[0] == f"{model_file}: these weights cannot be used."


def test_a_text_nested_too_deep_is_refused(model_file: Path) -> None:
    text = "[" * 100_000
    rewrite(model_file, lambda arrays: arrays | {"about": np.array(text)})
    assert message(model_file)[0] == f"{model_file}: these weights cannot be used."
