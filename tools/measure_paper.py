"""Measure how many synthetic pictures the bundled models read, by kind and strength.

Run in a clone: python -m tools.measure_paper [--count 200] [--kinds pencil blur …]

The digits are the bundled sample's test part. They are from MNIST's training set, on which the
bundled models were trained: what is measured is the paper, the pen and the camera, not the hand.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from digitnet.model.model import BUNDLED, bundled_model
from tests.synthetic.kinds import KINDS, STRENGTHS, picture
from tests.synthetic.score import Score, chosen, score, table

SIDE = (300, 700)


def save_misread(found: Score, folder: Path) -> None:
    """Write the pictures that a model misread: KIND-STRENGTH-SEED-LABEL.png or .jpg."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in sorted(set().union(*found.misread.values())):
        digit, label = chosen(seed)
        file = picture(found.kind, found.strength, digit, SIDE, seed).getvalue()
        ending = "png" if file.startswith(b"\x89PNG") else "jpg"
        name = f"{found.kind}-{found.strength}-{seed}-{label}.{ending}".replace(" ", "-")
        (folder / name).write_bytes(file)


def main() -> None:
    """Print the table in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=100, help="pictures a kind and strength")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, metavar="KIND")
    parser.add_argument("--strengths", nargs="+", choices=STRENGTHS, default=STRENGTHS)
    parser.add_argument("--first", type=int, default=0, help="the first picture's seed")
    parser.add_argument("--misread", type=Path, metavar="FOLDER", help="save what was misread")
    options = parser.parse_args()

    models = {name: bundled_model(name) for name in BUNDLED}
    seeds = range(options.first, options.first + options.count)
    scores = []
    for kind in options.kinds:
        for strength in options.strengths:
            scores.append(score(models, kind, strength, seeds, SIDE))
            if options.misread:
                save_misread(scores[-1], options.misread)
    print(table(scores))


if __name__ == "__main__":
    main()
