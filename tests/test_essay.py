"""docs/essay.md quotes the code as it is, and tells the numbers that it gives."""

from __future__ import annotations

import doctest
import inspect
import re
from importlib import import_module
from pathlib import Path
from textwrap import dedent

import pytest

ESSAY = Path(__file__).parent.parent / "docs" / "essay.md"
QUOTED = re.compile(
    r"^\[`(?P<name>[\w.]+)`\]\(\.\./(?P<path>digitnet/[\w/]+)\.py\):\n\n```python\n(?P<code>.*?)```\n",
    re.DOTALL | re.MULTILINE,
)
QUOTES = list(QUOTED.finditer(ESSAY.read_text(encoding="utf-8")))


@pytest.mark.parametrize("quote", QUOTES, ids=lambda quote: quote["name"])
def test_every_quoted_line_is_in_the_function_that_is_named(quote: re.Match[str]) -> None:
    found = import_module(quote["path"].replace("/", "."))
    for name in quote["name"].split("."):
        found = getattr(found, name)
    lines = inspect.getsource(found).splitlines()
    wanted = quote["code"].splitlines()
    parts = (lines[i : i + len(wanted)] for i in range(len(lines)))
    assert wanted in [dedent("\n".join(part)).splitlines() for part in parts]


def test_every_block_of_code_names_the_function_that_it_is_of() -> None:
    text = ESSAY.read_text(encoding="utf-8")
    assert text.count("```python") == len(QUOTES) >= 12
    formulas = ("Z = W · A + B", "c = Σ (ŷ - y)²", "W ← W - α ∂c/∂W", "v = ∂c/∂z")
    heads = " ".join(re.findall("^## (.*)$", text, re.MULTILINE))
    assert all(formula in heads for formula in formulas)


def test_the_numbers_are_those_that_the_code_gives() -> None:
    failed, tried = doctest.testfile(str(ESSAY), module_relative=False, encoding="utf-8")
    assert (failed, tried > 25) == (0, True)
