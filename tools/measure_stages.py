"""Measure what each stage of the pipeline is worth: leave it out, and read again.

Run in a clone: python -m tools.measure_stages [--count 15]

Pictures of every kind of tests/synthetic, moderate and strong, and numbers on paper of many of
these kinds, are read by both bundled models: once by all stages, and once without each stage.
Where a stage cannot be left out, its plainest form takes its place. docs/stages.md is the output.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from multiprocessing import Pool
from time import process_time
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import PictureError
from digitnet.images.page import Page
from digitnet.images.picture import open_picture
from digitnet.images.pipeline import INK, ContrastLimits, Pipeline, find_ink
from digitnet.model.model import BUNDLED, Model, bundled_model
from digitnet.reading.pipeline import PIPELINE
from digitnet.reading.reader import Reader
from tests.synthetic.kinds import KINDS, picture
from tests.synthetic.score import chosen, chosen_number

SIDE = (160, 400)
STRENGTHS = ("moderate", "strong")
NUMBERS: Final = "numbers"
_ALL = 1e6  # more widths of a stroke than any picture has
# No kind of drawing or tiny picture is wide enough for a number.
WIDE: Final = [kind for kind in KINDS if "drawing" not in kind and kind != "tiny"]


def plainest() -> dict[str, dict[str, Any]]:
    """For each stage that cannot be left out, the limits of its plainest form."""
    limits = {stage.name: stage.limits for stage in INK.stages}
    contrast: ContrastLimits = limits["contrast"]
    light, threshold = contrast.light, contrast.threshold
    unclean = replace(threshold, clean=threshold.cut, least=threshold.least_even)
    followed = replace(light, widths=_ALL)
    return {
        "polarity, looked at again in doubt": {"polarity": replace(limits["polarity"], plain=0.0)},
        "light, of one level here": {
            "contrast": replace(contrast, light=replace(followed, widest=2.0))
        },
        "light, followed closely": {"contrast": replace(contrast, light=followed)},
        "grain of the paper": {
            "contrast": replace(contrast, threshold=replace(threshold, grain=0.0))
        },
        "clean paper": {"contrast": replace(contrast, threshold=unclean)},
        "soft edges": {"ink": replace(limits["ink"], reach=0.0)},
    }


STAGES: Final = [
    stage.name for stage in INK.stages if stage.name not in ("size", "polarity", "contrast", "ink")
]
VARIATIONS: Final[dict[str, Callable[[Pipeline], Pipeline]]] = {
    **{name: partial(lambda name, pipeline: pipeline.without(name), name) for name in STAGES},
    **{
        name: partial(lambda limits, pipeline: pipeline.with_limits(**limits), limits)
        for name, limits in plainest().items()
    },
}


@cache
def models() -> list[Model]:
    """The bundled models, loaded once in each process."""
    return [bundled_model(name) for name in BUNDLED]


@dataclass
class Found:
    """What became of one picture.

    Attributes
    ----------
    kind : str
    read : dict of str to list of bool
        Whether each model read it, by variation; that of all stages is "".
    changed : set of str
        The variations that changed its ink.
    seconds : dict of str to float
        By stage.
    """

    kind: str
    read: dict[str, list[bool]] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    seconds: dict[str, float] = field(default_factory=dict)


def measure(task: tuple[str, str, int]) -> Found:
    """Read one picture by all stages, and with every variation that may change it."""
    kind, strength, seed = task
    found = Found(kind)
    if kind == NUMBERS:
        digits, label = chosen_number(seed)
        kind = WIDE[seed % len(WIDE)]
    else:
        digits, number = chosen(seed)
        label = str(number)
    grey = open_picture(picture(kind, strength, digits, SIDE, seed))
    whole = timed(grey, found.seconds)
    found.read[""] = [read(model, grey, PIPELINE) == label for model in models()]
    for name, varied in VARIATIONS.items():
        found.read[name] = found.read[""]
        if name in whole.found and not whole.found[name]:
            continue  # it changed nothing
        if not np.array_equal(find_ink(grey, varied(INK)).pixels, whole.pixels):
            found.changed.add(name)
            found.read[name] = [read(model, grey, varied(PIPELINE)) == label for model in models()]
    return found


def timed(grey: NDArray[np.uint8], seconds: dict[str, float]) -> Page:
    """Find the ink, and note how long each stage takes."""
    start = process_time()

    def watch(name: str, _: NDArray[Any]) -> None:
        nonlocal start
        seconds[name] = process_time() - start
        start = process_time()

    return find_ink(grey, watch=watch)


def read(model: Model, grey: NDArray[np.uint8], pipeline: Pipeline) -> str:
    """The answer; empty where the picture is refused."""
    try:
        return Reader(model, pipeline=pipeline).read(grey).text
    except PictureError:  # without a stage, paper may be a pattern of too many pieces
        return ""


def tasks(count: int) -> Iterator[tuple[str, str, int]]:
    """Kind, strength and seed of every picture: other digits for each kind."""
    for number, kind in enumerate([*KINDS, NUMBERS]):
        for place, strength in enumerate(STRENGTHS):
            first = (2 * number + place) * count
            several = count if kind != NUMBERS else 3 * count  # of many kinds
            yield from ((kind, strength, seed) for seed in range(first, first + several))


def accuracy(found: Sequence[Found], variation: str) -> NDArray[np.float64]:
    """Share that each model read."""
    return np.asarray(np.mean([one.read[variation] for one in found], axis=0))


def summary(found: Sequence[Found]) -> Iterator[list[str]]:
    """A line a stage: what it changes, and what all pictures lose without it."""
    yield ["without", "ink changed", *(f"{name} reads" for name in BUNDLED), "ms a picture"]
    yield ["---", *["--:"] * (2 + len(BUNDLED))]
    for name in ("", *VARIATIONS):
        changed = np.mean([name in one.changed for one in found])
        times = [
            one.seconds[name] if name else sum(one.seconds.values())
            for one in found
            if not name or name in one.seconds
        ]
        took = f"{1000 * np.mean(times):.1f}" if times else ""
        shares = [f"{share:.1%}" for share in accuracy(found, name)]
        yield [name or "(nothing)", f"{changed:.1%}" if name else "", *shares, took]


def losses(found: Sequence[Found], names: Sequence[str]) -> Iterator[list[str]]:
    """A line a kind: what the models read, and the points that they lose without each stage."""
    yield ["kind", "reads", *names]
    yield ["---", *["--:"] * (1 + len(names))]
    for kind in dict.fromkeys(one.kind for one in found):
        some = [one for one in found if one.kind == kind]
        whole = accuracy(some, "")
        line = [kind, " / ".join(f"{100 * share:.0f}" for share in whole)]
        for name in names:
            lost = 100 * (accuracy(some, name) - whole)
            line.append(" / ".join(f"{points:+.0f}" for points in lost) if lost.any() else "")
        yield line


def main() -> None:
    """Print the tables in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=15, help="pictures a kind and strength")
    options = parser.parse_args()
    with Pool() as pool:
        found = pool.map(measure, list(tasks(options.count)), chunksize=8)
    plain = [name for name in VARIATIONS if name not in STAGES]
    for table in (summary(found), losses(found, STAGES), losses(found, plain)):
        print("\n".join(f"| {' | '.join(line)} |" for line in table), end="\n\n")


if __name__ == "__main__":
    main()
