"""python -m benchmarks: measure, print the tables, and write them to docs/."""

from __future__ import annotations

import argparse
import tempfile
from importlib.util import find_spec
from itertools import product
from pathlib import Path

from benchmarks import epochs, process, scaling
from benchmarks.commands import commands
from benchmarks.picture import draw
from benchmarks.table import Results, epochs_table, page


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of MNIST's files")
    parser.add_argument("--out", type=Path, default=Path("docs"), help="folder to write to")
    parser.add_argument("--runs", type=int, default=5, help="rounds to take the median of")
    parser.add_argument("--hidden", type=int, nargs="+", default=[15, 100, 300])
    parser.add_argument("--batch", type=int, nargs="+", default=[10, 32, 128])
    parser.add_argument("--epochs-only", action="store_true", help="no whole processes, no scaling")
    return parser.parse_args()


def main() -> None:
    asked = options()
    results: Results = {}
    for hidden, batch in product(asked.hidden, asked.batch):
        shape = epochs.Shape(hidden, batch)
        results[shape] = epochs.measure(shape, asked.data, asked.runs)
        print(epochs_table({shape: results[shape]}), flush=True)
    usages, growth = {}, None
    if not asked.epochs_only:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            usages = process.alternate(commands(asked.data, folder), asked.runs)
            growth = scaling.measure(asked.data, folder, asked.runs)
    asked.out.mkdir(parents=True, exist_ok=True)
    text = page(results, usages, growth, asked.runs)
    (asked.out / "benchmarks.md").write_text(text, encoding="utf-8")
    print(text)
    if find_spec("matplotlib"):
        draw(results, asked.out / "benchmarks.svg")
    else:
        print("No picture: matplotlib is missing; pip install 'digitnet[plot]'")


if __name__ == "__main__":
    main()
