"""A number is a claim: the limits of the package are few, and each has a sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import digitnet

MOST = 160
"""Limits of the whole package."""


def limits() -> Iterator[tuple[str, bool]]:
    """Each limit by its class and name, and whether something is said of it; no nested ones."""
    for module in sorted(Path(digitnet.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Limits"):
                described = f"{ast.get_docstring(node)}"
                for one, then in pairwise([*node.body, ast.Pass()]):
                    if isinstance(one, ast.AnnAssign) and "Limits" not in ast.dump(one.annotation):
                        name = ast.unparse(one.target)
                        below = isinstance(then, ast.Expr) and isinstance(then.value, ast.Constant)
                        yield f"{node.name}.{name}", below or f"\n{name} : " in described


def test_the_package_decides_by_fewer_than_160_limits() -> None:
    assert len(list(limits())) < MOST


def test_every_limit_has_a_sentence() -> None:
    assert [name for name, has_sentence in limits() if not has_sentence] == []
