"""How many of the synthetic pictures the models read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import PictureError
from digitnet.model.model import Model
from digitnet.reading.reader import Reader

from .kinds import picture
from .writing import number, sample_digits


@dataclass(frozen=True)
class Score:
    """What became of the pictures of one kind and strength.

    Attributes
    ----------
    kind, strength : str
    count : int
        How many there were.
    misread : dict of str to list of int
        Seeds of the pictures that each model did not read as the digit that was written.
    """

    kind: str
    strength: str
    count: int
    misread: dict[str, list[int]]

    def accuracy(self, model: str) -> float:
        """Share that a model read."""
        return 1 - len(self.misread[model]) / self.count


def chosen(seed: int) -> tuple[NDArray[np.uint8], int]:
    """A digit of the sample's test part and its label: 0 to 9 in turn."""
    test = sample_digits()
    digits = np.flatnonzero(test.labels == seed % 10)
    index = digits[seed // 10 % len(digits)]
    return test.images[index], int(test.labels[index])


def chosen_number(seed: int) -> tuple[NDArray[np.uint8], str]:
    """Two to four digits of the sample's test part side by side, some of which touch."""
    rng = np.random.default_rng(seed)
    parts = [chosen(int(rng.integers(1000))) for _ in range(rng.integers(2, 4, endpoint=True))]
    gaps = rng.integers(-1, 6, len(parts) - 1)
    return number([digit for digit, _ in parts], gaps.tolist()), "".join(str(n) for _, n in parts)


def score(
    models: Mapping[str, Model],
    kind: str,
    strength: str,
    seeds: Sequence[int],
    side: tuple[int, int],
) -> Score:
    """Read a picture for each seed with each model."""
    misread: dict[str, list[int]] = {name: [] for name in models}
    for seed in seeds:
        digit, label = chosen(seed)
        file = picture(kind, strength, digit, side, seed).getvalue()
        for name, model in models.items():
            if digit_of(model, file) != label:
                misread[name].append(seed)
    return Score(kind, strength, len(seeds), misread)


def digit_of(model: Model, file: bytes) -> int | None:
    """The answer, None where several digits or no ink were seen."""
    try:
        reading = Reader(model).read(file)
    except PictureError:
        return None
    return None if reading.several else reading.digits[0].digit


def overall(scores: Sequence[Score], model: str, strength: str) -> float:
    """Share that a model read of all pictures of one strength."""
    some = [score for score in scores if score.strength == strength]
    return 1 - sum(len(score.misread[model]) for score in some) / sum(s.count for s in some)


def table(scores: Sequence[Score]) -> str:
    """Markdown: a line a kind, a column a model and strength, and a line for all kinds."""
    models = list(scores[0].misread)
    strengths = list(dict.fromkeys(score.strength for score in scores))
    columns = [(model, strength) for model in models for strength in strengths]
    heads = [f"{model}, {strength}" for model, strength in columns]
    lines = [["kind", *heads], ["---", *["--:"] * len(heads)]]
    found = {(score.kind, score.strength): score for score in scores}
    for kind in dict.fromkeys(score.kind for score in scores):
        shares = [found[kind, strength].accuracy(model) for model, strength in columns]
        lines.append([kind, *(f"{share:.1%}" for share in shares)])
    shares = [overall(scores, model, strength) for model, strength in columns]
    lines.append(["all", *(f"{share:.1%}" for share in shares)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
