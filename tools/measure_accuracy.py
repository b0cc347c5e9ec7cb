"""Train several seeds and print the mean, the least and the greatest accuracy.

The table of results in docs/results.md is made by, for each line of it:

    python tools/measure_accuracy.py --data data --seeds 10 [--preset best] [--hidden 100] [--raw]
        [--inputs orientations]
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from digitnet import load_mnist
from digitnet.images.form.inputs import INPUTS
from digitnet.images.form.moments import DEFAULT_TARGETS
from digitnet.learning.presets import PRESETS, preset
from digitnet.learning.session import Session


def main() -> None:
    """Print a line a seed, then the summary as a row of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--preset", choices=PRESETS, default="essay")
    parser.add_argument("--hidden", type=int, default=15)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--raw", action="store_true")
    parser.add_argument("--inputs", choices=INPUTS)
    options = parser.parse_args()

    recipe = preset(options.preset, (options.hidden,))
    if options.epochs:
        recipe = replace(recipe, epochs=options.epochs)
    if options.inputs:
        recipe = replace(recipe, inputs=options.inputs)
    digits = load_mnist(options.data)
    targets = None if options.raw else DEFAULT_TARGETS
    scores = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(1, options.seeds + 1):
            run = Session(digits, recipe, seed=seed, targets=targets, cache=options.data)
            for _ in run.epochs(Path(folder) / "checkpoint.npz"):
                pass
            found = run.model().about["scores"]
            scores.append((found["validation_accuracy"], found["test_accuracy"]))
            print(
                f"seed {seed}: validation {scores[-1][0]:.2%}, test {scores[-1][1]:.2%}", flush=True
            )
    validation, test = np.array(scores).T
    print(
        f"| {run.network.sizes[0]}-{options.hidden}-10 | {options.preset} "
        f"| {'raw' if options.raw else 'normalised'} "
        f"| {recipe.epochs} | {validation.mean():.2%} | {test.mean():.2%} "
        f"| {test.min():.2%} to {test.max():.2%} |"
    )


if __name__ == "__main__":
    main()
