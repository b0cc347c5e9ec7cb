"""digitnet train --watch: one view, whole in any terminal, that changes nothing."""

from __future__ import annotations

import io
import json
import re
import shlex
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console
from rich.segment import Segment

from digitnet.cli.show.mistakes import Mistake, fitted, most_wrong
from digitnet.cli.show.watch import BUDGET, SELDOM, Watch, frame
from digitnet.datasets.digits import Digits
from digitnet.datasets.mnist import load_sample
from digitnet.learning.session import Session
from digitnet.model.model import Model
from digitnet.model.recipe import Recipe
from digitnet.nn.evaluation import Evaluation
from tests.cli.test_terminal import spawned
from tests.helpers.commands import environment, process

QUICK = ("train", "--dataset", "sample", "--seed", "1", "--epochs", "2")
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def watched(cwd: Path, rows: int, *args: str, **env: str) -> tuple[int | None, str]:
    """The exit code, and all that the terminal got."""
    child = spawned(cwd, sys.executable, "-m", "digitnet", *QUICK, "--watch", *args, **env)
    child.setwinsize(rows, int({**environment(), **env}["COLUMNS"]))
    shown = child.read()
    child.close()
    return child.exitstatus, shown


def frames(shown: str) -> Iterator[list[str]]:
    """Lines of each drawing over another, bare, without what comes after the last."""
    for drawing in re.split(r"(?:\x1b\[1A\x1b\[2K)+", shown)[1:]:
        lines = CODES.sub("", drawing).replace("\r", "").split("\n")
        if "epoch" in lines[0] and "digits/s" in lines[0]:
            ends = (n for n, line in enumerate(lines) if "scoring the network" in line)
            yield lines[: next(ends, None)]


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        ("80", 24),
        pytest.param("160", 50, marks=pytest.mark.slow),
        pytest.param("40", 24, marks=pytest.mark.slow),
    ],
)
def test_the_view_is_whole_and_stays_with_the_result_below(
    tmp_path: Path, columns: str, rows: int
) -> None:
    code, shown = watched(tmp_path, rows, COLUMNS=columns, LINES=str(rows))
    assert code == 0
    drawings = list(frames(shown))
    assert all(len(drawing) < rows for drawing in drawings)
    assert all(len(line) <= int(columns) for drawing in drawings for line in drawing)
    view = drawings[-1]
    assert shown.index("network              784-15-10") > shown.rindex("Most wrong")
    assert re.fullmatch(r"2 of 2 epochs done  [\d,]+k? digits/s", view[0])
    accuracy = Model.load(tmp_path / "models" / "digitnet.npz").about["scores"]
    assert re.match(r"cost \d\.\d{4} \(log\)", view[1])
    assert f"validation {accuracy['validation_accuracy']:.2%}" in view[1]
    assert "(blue +, orange −)" in " ".join(view)
    assert "Most wrong" in " ".join(view)
    assert re.search(r"\d read as \d", " ".join(view))
    assert "38;2;" in shown or "38;5;" in shown or "\x1b[9" in shown


@pytest.mark.slow
def test_without_colours_signs_stand_for_them(tmp_path: Path) -> None:
    child = spawned(
        tmp_path, "/usr/bin/env", "NO_COLOR=1", sys.executable, "-m", "digitnet", *QUICK, "--watch"
    )
    shown = child.read()
    assert "(+ # positive, - = negative)" in CODES.sub("", shown)
    assert not re.search(r"\x1b\[[0-9;]*[34]8;|\x1b\[(?:3|4|9)\dm", shown)


@pytest.mark.slow
def test_without_utf_8_it_is_ascii(tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    code, shown = watched(tmp_path, 24, PYTHONIOENCODING="ascii", **plain)
    assert code == 0
    assert shown.isascii()
    assert "?" not in CODES.sub("", shown)


@pytest.mark.slow
def test_without_a_terminal_there_are_the_plain_lines(tmp_path: Path) -> None:
    def said(*args: str) -> list[str]:
        done = process(tmp_path, *QUICK, *args, "--model", f"{len(args)}.npz")
        assert done.code == 0
        return [re.sub(r"\S+ digits/s|\d\.npz", "", line) for line in done.err.splitlines()]

    assert said("--watch") == said()


@pytest.mark.slow
def test_to_watch_changes_no_weight(tmp_path: Path) -> None:
    assert watched(tmp_path, 24, "--model", "seen.npz")[0] == 0
    assert process(tmp_path, *QUICK, "--model", "unseen.npz").code == 0
    seen, unseen = (Model.load(tmp_path / f"{name}.npz").network for name in ("seen", "unseen"))
    assert seen.parameters.vector.tobytes() == unseen.parameters.vector.tobytes()


@pytest.mark.slow
def test_json_goes_to_a_file_while_the_terminal_is_drawn(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "digitnet", *QUICK, "--watch", "--json"]
    child = spawned(tmp_path, "/bin/sh", "-c", f"{shlex.join(command)} > told.jsonl")
    shown = child.read()
    lines = [json.loads(line) for line in (tmp_path / "told.jsonl").read_text().splitlines()]
    assert [line.get("epoch") for line in lines] == [1, 2, None]
    assert "Most wrong now" in shown


@pytest.mark.slow
def test_ctrl_c_leaves_the_view_and_what_can_go_on(tmp_path: Path) -> None:
    args = ("--watch", "--epochs", "500")
    child = spawned(tmp_path, sys.executable, "-m", "digitnet", *QUICK[:-2], *args)
    child.expect(r"epoch \d+ of 500")
    child.sendintr()
    said = child.read()
    child.close()
    assert child.exitstatus == 130
    assert "go on with: digitnet train --resume" in " ".join(CODES.sub("", said).split())
    assert "\x1b[?25h" in said  # the cursor is back


def session(*, validation: int | None = None, **recipe: Any) -> Session:
    run = Session(load_sample(), Recipe(**recipe), seed=1, validation=validation)
    list(islice(run.reports(), 3))
    return run


def drawn(lines: list[list[Segment]]) -> list[str]:
    return ["".join(segment.text for segment in line) for line in lines]


@pytest.mark.parametrize(
    "recipe",
    [
        {"hidden": (15,)},
        {"hidden": ()},
        {"hidden": (20, 5, 3)},
        {"hidden": (300,)},
        {"hidden": (15,), "validation": 0},
        {"hidden": (15,), "inputs": "orientations"},
        {"hidden": (), "inputs": "orientations"},
    ],
    ids=[
        "15",
        "none",
        "three layers",
        "300",
        "no validation",
        "orientations",
        "orientations alone",
    ],
)
def test_any_network_fits_any_terminal(recipe: dict[str, Any]) -> None:
    run = session(**recipe)
    for width in (20, 40, 80, 160):
        for height in (5, 24, 50):
            for colours in ("truecolor", None):
                console = Console(
                    file=io.StringIO(),
                    force_terminal=True,
                    width=width,
                    height=height,
                    color_system=colours,
                    no_color=colours is None,
                )
                lines = frame(run, 0.001, 5.0, console)
                assert len(lines) < height
                assert max(map(Segment.get_line_length, lines)) <= width


def test_beside_the_neurons_the_head_of_the_mistakes_is_whole() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=80, height=24)
    for recipe in ({"inputs": "orientations", "hidden": (15,)}, {"hidden": (15,)}):
        heads = drawn(frame(session(**recipe), 0.001, 5.0, console))
        assert sum(head.rstrip().endswith("  Most wrong now") for head in heads) == 1


def test_before_the_first_report_only_what_is_known_is_drawn() -> None:
    run = Session(load_sample(), Recipe(), seed=1)
    console = Console(file=io.StringIO(), force_terminal=True, width=80, height=24)
    first, second, *_ = drawn(frame(run, None, None, console))
    assert first == "untrained (epoch 0 of 15)"
    assert second == "Weights of the 15 neurons (blue +, orange −)"


def test_drawing_takes_no_more_than_its_share_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now, drawn = 0.0, []

    def slow_frame(*_: object) -> list[str]:
        nonlocal now
        now += 0.05
        drawn.append(now)
        return []

    monkeypatch.setattr("digitnet.cli.show.watch.frame", slow_frame)
    watch = Watch(session(), clock=lambda: now)
    stop = watch.beside(lambda: False)
    while now < 30:
        now += 0.001
        assert stop() is False
    gaps = np.diff(drawn)
    assert gaps.min() >= max(SELDOM, 0.05 / BUDGET)
    assert 0.9 * BUDGET < 0.05 * len(drawn) / now < 1.05 * BUDGET


def test_the_most_wrong_are_those_whose_right_answer_was_furthest_behind() -> None:
    outputs = np.zeros((4, 10), np.float32)
    outputs[0, 3] = outputs[1, 5] = outputs[2, 7] = outputs[3, 9] = 0.6
    outputs[1, 4], outputs[2, 1] = 0.5, 0.1
    labels = np.array([3, 4, 1, 8])
    images = np.arange(4, dtype=np.uint8)[:, None, None] * np.ones((4, 28, 28), np.uint8)
    evaluation = Evaluation(labels, outputs.argmax(axis=1), outputs, 0.0)
    found = most_wrong(evaluation, Digits(images, labels.astype(np.uint8)))
    assert [str(mistake) for mistake in found] == ["8 read as 9", "1 read as 7", "4 read as 5"]
    assert [int(mistake.image[0, 0]) for mistake in found] == [3, 2, 1]
    assert most_wrong(None, Digits(images, labels.astype(np.uint8))) == []


def test_mistakes_are_drawn_as_large_as_four_fit_or_named_where_none_does() -> None:
    images = np.full((28, 28), 255, np.uint8)
    mistakes = [Mistake(images, n, n + 1) for n in range(6)]

    def told(width: int, height: int) -> list[str]:
        console = Console(file=io.StringIO(), width=width)
        options = console.options.update(no_wrap=True)
        found = fitted(mistakes, width, height, plain=True)
        return drawn(console.render_lines(found, options, pad=False))

    assert told(26, 15) == [
        "Most wrong now",
        *["@@@@@@@@@@@@ @@@@@@@@@@@@"] * 6,
        "0 read as 1  1 read as 2 ",
        *["@@@@@@@@@@@@ @@@@@@@@@@@@"] * 6,
        "2 read as 3  3 read as 4 ",
    ]
    assert told(13, 15)[7::7] == ["0 read as 1 ", "1 read as 2 "]
    assert told(40, 4) == ["Most wrong: 0 read as 1, 1 read as 2"]
    assert told(23, 4) == ["Most wrong: 0 read as 1"]
    assert told(80, 0) == []
