"""No value is lost, however narrow the terminal is."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.cli.show import console
from digitnet.cli.show.console import show_facts
from digitnet.cli.show.mistakes import worst
from digitnet.cli.show.scores import show_confusion, show_mistakes, show_scores
from digitnet.datasets.mnist import load_sample
from digitnet.nn.evaluation import Evaluation
from tests.cli.test_terminal import terminal
from tests.helpers.commands import here, read_by, save_constant
from tests.helpers.pictures import page, png

COUNT = 30_000

FACTS_20 = """\
model
  /a/long-path/of-a/model
  file.npz
time   2.0 s
"""

PREDICTED_20 = """\
picture answer
  confidence
  the 2 best
d/0.png 3 80.0%
  3 80.0%, 5 10.0%
d/1.png 3 80.0%
  3 80.0%, 5 10.0%
d/2.png 3 80.0%
  3 80.0%, 5 10.0%
d/3.png 3 80.0%
  3 80.0%, 5 10.0%
"""

BARS_20 = """\
a.png: 3  80.0% confidence
  3 ███████    80.0%
  5 █          10.0%
"""


@pytest.fixture(params=[20, 30, 40, 60, 80])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(console.out, "_width", request.param)
    return int(request.param)


@pytest.fixture
def evaluation(rng: np.random.Generator) -> Evaluation:
    """Thousands of answers, nine in ten of them right."""
    labels = rng.integers(0, 10, COUNT)
    answers = np.where(rng.random(COUNT) < 0.9, labels, rng.integers(0, 10, COUNT))
    return Evaluation(labels, answers, np.eye(10)[answers], 0.5)


def confusion_of(shown: str) -> NDArray[np.intp]:
    """The matrix that was printed, as a table or as a list."""
    if shown.startswith("Rows"):
        rows = [line.split() for line in shown.splitlines()[2:]]
        return np.array([[int(cell.replace("·", "0")) for cell in row[1:]] for row in rows])
    found = np.zeros((10, 10), np.intp)
    for digit, row in re.findall(r"^(\d): ((?:.|\n  )*)$", shown, re.MULTILINE):
        for answer, count in re.findall(r"(\d) \(([\d,]+)\)", row):
            found[int(digit), int(answer)] = int(count.replace(",", ""))
    return found


def test_every_count_of_the_confusion_matrix_is_shown(
    width: int, evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    show_confusion(evaluation.confusion)
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= width
    assert (confusion_of(shown) == evaluation.confusion).all()


def test_every_score_is_shown(
    width: int, evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    show_scores(evaluation)
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= width
    expected = [
        value
        for score in evaluation.per_digit()
        for value in (
            f"{score.digit}",
            f"{score.precision:.2%}",
            f"{score.recall:.2%}",
            f"{score.f1:.2%}",
            f"{score.support:,}",
        )
    ]
    assert re.findall(r"(?<!F)\b\d[\d.,]*%?", shown) == expected


def test_the_worst_mistakes_are_told_in_words_that_are_not_broken(
    width: int, evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = evaluation.labels > 6
    labels, answers = evaluation.labels[kept], evaluation.answers[kept]
    evaluation = Evaluation(labels, answers, np.eye(10)[answers], 0.5)
    wrong = np.flatnonzero(answers != labels)[:5]
    images = np.zeros((len(labels), 28, 28), np.uint8)
    sure = [True] * len(labels)
    show_mistakes(worst(evaluation, np.eye(10)[answers], sure, images, lambda i: f"digit {i}"))
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= width
    articles = ["an" if labels[i] == 8 else "a" for i in wrong]
    assert "an" in articles
    told = [
        f"digit {i}: {article} {labels[i]} read as {answers[i]}, 100.0% confidence"
        for i, article in zip(wrong, articles, strict=True)
    ]
    assert " ".join(shown.split()) == " ".join(["The worst mistakes", *told])


def test_a_path_that_does_not_fit_stands_whole_below_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console.out, "_width", 20)
    show_facts([("model", "/a/long-path/of-a/model file.npz"), ("time", "2.0 s")])
    assert capsys.readouterr().out == FACTS_20


def test_answers_and_bars_fit_twenty_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_constant(tmp_path / "m.npz")
    (tmp_path / "d").mkdir()
    for path in (*(tmp_path / "d" / f"{n}.png" for n in range(4)), tmp_path / "a.png"):
        path.write_bytes(png(load_sample().test.images[0], True).getvalue())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(console.out, "_width", 20)
    by = read_by("m.npz")
    assert here("predict", "d", "--model", "m.npz", "--top", "2") == (0, PREDICTED_20, by)
    assert here("predict", "a.png", "--model", "m.npz", "--top", "2") == (0, BARS_20, by)


def test_stages_are_drawn_no_wider_than_the_terminal(
    width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_constant(tmp_path / "m.npz")
    (tmp_path / "a.png").write_bytes(page(4, 0, 7).read())
    monkeypatch.chdir(tmp_path)
    for options in ((), ("--number",)):
        code, out, _ = here("predict", "a.png", "--model", "m.npz", "--show", *options)
        drawn = out[out.index("ink") :].splitlines()
        assert code == 0
        assert "seen" in out
        assert max(map(len, drawn)) <= width
        assert len([line for line in drawn if line.strip(" .:-=+*#%@") == ""]) >= 10


def test_the_bar_and_the_line_above_it_tell_the_same_epoch(tmp_path: Path) -> None:
    args = ("train", "--dataset", "sample", "--hidden", "2", "--seed", "1", "--epochs", "4")
    code, out, _ = terminal(tmp_path, *args)
    assert code == 0
    bare = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out)
    told = re.findall(r"epoch +([1-9])  cost [^\n]*\n\S+ epoch (\d) of 4 done", bare)
    assert told[:3] == [("1", "1"), ("2", "2"), ("3", "3")]
