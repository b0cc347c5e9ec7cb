"""docs/digitnet.ipynb does what it shows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tools.make_notebook import CELLS, NOTEBOOK, run

KEPT = json.loads(NOTEBOOK.read_text(encoding="utf-8"))


def plain(outputs: list[dict[str, Any]]) -> list[str]:
    """The texts of a cell's outputs."""
    texts = (out["text"] if "text" in out else out["data"]["text/plain"] for out in outputs)
    return ["".join(text) for text in texts]


def test_the_notebook_has_the_cells_of_the_tool_that_makes_it() -> None:
    kept = [(cell["cell_type"], "".join(cell["source"])) for cell in KEPT["cells"]]
    assert kept == CELLS
    assert [kind for kind, _ in CELLS].count("code") == 7


def test_every_cell_runs_and_gives_what_the_notebook_shows() -> None:
    names: dict[str, Any] = {}
    for (kind, cell), kept in zip(CELLS, KEPT["cells"], strict=True):
        if kind != "code":
            continue
        printed, result = run(cell, names)
        said = [text for text in (printed, None if result is None else repr(result)) if text]
        shown = plain(kept["outputs"])
        if "training" in cell or "trained" in cell or "classifier" in cell:
            # Another NumPy or processor adds in another order, and learns a little otherwise.
            assert [len(text.splitlines()) for text in said] == [
                len(text.splitlines()) for text in shown
            ]
        else:
            assert said == shown
        if hasattr(result, "_repr_html_"):
            assert result._repr_html_().startswith("<div")
            assert "text/html" in kept["outputs"][-1]["data"]
    assert names["classifier"].score(names["others"], names["digits"].test.labels) == (
        pytest.approx(0.86, abs=0.06)
    )
    assert names["trained"].certainty.temperature > 0
