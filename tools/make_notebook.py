"""Make docs/digitnet.ipynb: the library in a notebook, with what each cell shows.

Run in a checkout: python -m tools.make_notebook

The cells are below. They are run here, without Jupyter, as a notebook runs them: what a cell prints
and what its last line is are kept as its output.
"""

from __future__ import annotations

import ast
import io
import json
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, Final

NOTEBOOK: Final = Path(__file__).parent.parent / "docs" / "digitnet.ipynb"

CELLS: Final[list[tuple[str, str]]] = [
    (
        "markdown",
        """# digitnet in a notebook

See a small network learn handwritten digits, then let it read your own. Everything here
works without a network: `pip install digitnet` in the notebook's environment is all it
needs. The digits are MNIST's, © Yann LeCun and Corinna Cortes, CC BY-SA 3.0.""",
    ),
    (
        "markdown",
        """## A trained network

A model shows itself: what it is, and what each of its neurons looks for. A stroke where it
is blue excites the neuron, where it is orange calms it.""",
    ),
    (
        "code",
        """import digitnet

model = digitnet.bundled_model()
model""",
    ),
    (
        "markdown",
        """## How well it reads

Digits are prepared as the model was trained to see them. These 1,000 are of MNIST's
training set, which it has learned: of new ones it reads 99.2 %.""",
    ),
    (
        "code",
        """digits = digitnet.load_sample()
digitnet.evaluate(model, digits.test)""",
    ),
    (
        "markdown",
        """## Your own picture

A path, the bytes of a file, a PIL picture or an array: `digitnet.read("seven.jpg")`. Here
it is a digit of the sample, dark on light as on paper.""",
    ),
    (
        "code",
        """reading = digitnet.read(255 - digits.test.images[7])
reading""",
    ),
    ("code", "reading.text, reading.sure, round(reading.certainty, 3)"),
    (
        "markdown",
        """## Train one

As `digitnet train` does it: 784-15-10, sigmoid, quadratic cost, plain gradient descent. It
begins untrained, and most of what it learns it learns in its first epoch.""",
    ),
    (
        "code",
        """run = digitnet.Plan(digitnet.preset("essay"), seed=1).start(digits)
for report in run.training.reports():
    print(f"{report.epoch:>6.2f}  cost {report.cost:.3f}  {report.validation_accuracy:.1%}")""",
    ),
    (
        "code",
        """trained = run.model()
trained""",
    ),
    (
        "markdown",
        """## In scikit-learn

The same network as a classifier of rows of numbers, for pipelines, searches and cross-
validation.""",
    ),
    (
        "code",
        """rows = digits.train.images[:2000].reshape(2000, -1)
classifier = digitnet.NetworkClassifier(hidden=(30,)).fit(rows, digits.train.labels[:2000])
others = digits.test.images.reshape(1000, -1)
round(classifier.score(others, digits.test.labels), 2)""",
    ),
    (
        "markdown",
        """The commands do more: `digitnet train --watch`, `digitnet inspect`,
`digitnet explain`, and `digitnet draw`, a page to draw on.""",
    ),
]
"""Cells in order: of which type, and what is in them."""


def run(cell: str, names: dict[str, Any]) -> tuple[str, Any]:
    """Run a cell among the names of those before; what it printed, and what its last line is."""
    *before, last = ast.parse(cell).body
    printed = io.StringIO()
    with redirect_stdout(printed):
        if not isinstance(last, ast.Expr):
            exec(compile(cell, "cell", "exec"), names)
            return printed.getvalue(), None
        exec(compile(ast.Module(before, []), "cell", "exec"), names)
        result = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    return printed.getvalue(), result


def outputs(printed: str, result: Any, number: int) -> list[dict[str, Any]]:
    """What a notebook keeps of them."""
    kept: list[dict[str, Any]] = []
    if printed:
        text = printed.splitlines(keepends=True)
        kept.append({"output_type": "stream", "name": "stdout", "text": text})
    if result is not None:
        data = {"text/plain": repr(result).splitlines(keepends=True)}
        if hasattr(result, "_repr_html_"):
            data["text/html"] = [result._repr_html_()]
        kept.append(
            {
                "output_type": "execute_result",
                "execution_count": number,
                "data": data,
                "metadata": {},
            }
        )
    return kept


def made() -> dict[str, Any]:
    """Run all cells, and put the notebook together (format 4.5)."""
    names: dict[str, Any] = {}
    cells: list[dict[str, Any]] = []
    number = 0
    for n, (kind, text) in enumerate(CELLS):
        source = text.splitlines(keepends=True)
        cell = {"cell_type": kind, "id": f"cell-{n}", "metadata": {}, "source": source}
        if kind == "code":
            number += 1
            shown = outputs(*run(text, names), number)
            cell |= {"execution_count": number, "outputs": shown}
        cells.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def main() -> None:
    """Make docs/digitnet.ipynb."""
    text = json.dumps(made(), indent=1, ensure_ascii=False) + "\n"
    NOTEBOOK.write_text(text, encoding="utf-8")
    print(f"{NOTEBOOK}: {len(CELLS)} cells, {len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
