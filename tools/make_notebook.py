"""Make docs/digitnet.ipynb: the library in a notebook, with the output of each cell.

Run in a clone: python -m tools.make_notebook

The cells are below. They are run here, without Jupyter: what a cell prints and the value of its
last line are its output.
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

Train a small network on handwritten digits, then let it read your own. Install digitnet in
the notebook's environment; no network connection is needed after that. The digits are
MNIST's, © Yann LeCun and Corinna Cortes, CC BY-SA 3.0.""",
    ),
    (
        "markdown",
        """## A trained network

A model displays its card and the weights of each neuron: blue is positive, orange is
negative.""",
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

`evaluate` normalises the digits as the model's training digits were. These 1,000 are from
MNIST's training set, on which the model was trained; of MNIST's test digits it reads 99.2 %.""",
    ),
    (
        "code",
        """digits = digitnet.load_sample()
model.evaluate(digits.test)""",
    ),
    (
        "markdown",
        """## Your own picture

`digitnet.read` takes a path, the bytes of a file, a PIL image or an array. Here it reads a
digit of the sample, inverted to dark ink on light paper.""",
    ),
    (
        "code",
        """reading = digitnet.read(255 - digits.test.images[7])
reading""",
    ),
    ("code", "reading.text, reading.sure, round(reading.certainty, 3)"),
    (
        "markdown",
        """## Train a network

As `digitnet train` does: 784-15-10, sigmoid, quadratic cost, plain gradient descent. The
first report is of the untrained network; most of the learning happens in the first epoch.""",
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

The same network as a scikit-learn classifier, for pipelines, searches and
cross-validation.""",
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
"""Type and source of each cell, in order."""


def run(cell: str, names: dict[str, Any]) -> tuple[str, Any]:
    """Run a cell with the variables of those before; what it printed, and its last value."""
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
    """The outputs of a cell, as a notebook stores them."""
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


def notebook() -> dict[str, Any]:
    """Run all cells and return the notebook (format 4.5)."""
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
    text = json.dumps(notebook(), indent=1, ensure_ascii=False) + "\n"
    NOTEBOOK.write_text(text, encoding="utf-8")
    print(f"{NOTEBOOK}: {len(CELLS)} cells, {len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
