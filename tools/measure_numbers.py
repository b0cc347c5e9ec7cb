"""Measure how many synthetic numbers the bundled models read exactly, by kind.

Run in a clone: python -m tools.measure_numbers [--count 50] [--kinds cheque touching …]

The digits are the bundled sample's test part, which are from MNIST's training set, and of these
those that the model of single digits still reads when a pen has redrawn them: what is measured is
the paper, the camera and the finding of the digits, not the hand.
"""

from __future__ import annotations

import argparse

from digitnet.model.model import BUNDLED, bundled_model
from tests.synthetic.numbers import NUMBERS, read_kind, table


def main() -> None:
    """Print the table in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=50, help="pictures a kind")
    parser.add_argument("--kinds", nargs="+", choices=NUMBERS, default=NUMBERS, metavar="KIND")
    parser.add_argument("--first", type=int, default=0, help="the first picture's seed")
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.count)
    found = {
        name: {kind: read_kind(bundled_model(name), kind, seeds) for kind in options.kinds}
        for name in BUNDLED
    }
    print(table(found))


if __name__ == "__main__":
    main()
