"""Neurons' weights as small pictures: in two colours, or in signs."""

from __future__ import annotations

import io

import numpy as np
import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style

from digitnet.cli.show.neurons import Sheet, head
from digitnet.cli.show.pixels import signed, signed_strokes
from digitnet.images.colours import DARK
from digitnet.images.form.inputs import orientations
from digitnet.images.form.weights import strokes, weights_drawn

ROWS, COLUMNS = np.indices((28, 28))
LINES = {
    0: np.abs(COLUMNS - 13.5) < 1,
    1: np.abs(ROWS + COLUMNS - 27) < 2,
    2: np.abs(ROWS - 13.5) < 1,
    3: np.abs(ROWS - COLUMNS) < 2,
}


@pytest.mark.parametrize("run", LINES)
def test_weights_that_are_the_orientations_of_a_line_are_drawn_as_that_line(run: int) -> None:
    """A neuron is excited most by what its weights are like."""
    weights = orientations(LINES[run][None].astype(np.uint8) * 255)[0]
    found = strokes(weights)
    strong = found.weight > found.weight.max() / 3
    assert strong.sum() >= 5
    assert set(found.runs[strong].tolist()) == {run}
    opposite = strokes(-weights)
    np.testing.assert_array_equal(opposite.weight, -found.weight)
    drawn = weights_drawn(weights)
    assert drawn.shape == (28, 28)
    # Most of what is drawn lies on the line.
    assert drawn[LINES[run]].sum() > drawn[~LINES[run]].sum() / 2


def test_strokes_in_cells_of_three_pixels_and_four() -> None:
    weights = np.zeros((8, 7, 7), np.float32)
    for run in range(4):
        weights[run, 0, run] = run + 1.0
    weights[4, 0, 4] = -2.0  # the other edge of an upright stroke
    three = weights_drawn(weights.reshape(-1), 3)
    assert three.shape == (21, 21)
    np.testing.assert_array_equal(
        three[:3, :15],
        [
            [0, 1, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, -2, 0],
            [0, 1, 0, 0, 2, 0, 3, 3, 3, 0, 4, 0, 0, -2, 0],
            [0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 4, 0, -2, 0],
        ],
    )
    assert weights_drawn(weights.reshape(-1))[0, :4].tolist() == [0, 1, 1, 0]


def test_weights_of_pixels_are_drawn_as_they_are() -> None:
    weights = np.arange(784, dtype=np.float32)
    np.testing.assert_array_equal(weights_drawn(weights), weights.reshape(28, 28))


def test_two_rows_of_pixels_are_a_line_and_what_is_alike_is_one_piece() -> None:
    picture = np.array([[1, 1, -1], [0, 0, 9], [0, -0.5, 0]], np.float32)
    first, second = signed(picture, 1.0, plain=False).split("\n")
    assert (first.plain, second.plain) == ("▀▀▀", "▀▀▀")
    blue, orange, black = DARK.blue, DARK.orange, "#000000"
    styles = [str(span.style) for span in first.spans]
    assert styles == [f"{blue} on {black}", f"{orange} on {blue}"]
    dim = second.spans[1].style
    assert isinstance(dim, Style)
    assert dim.bgcolor is None  # there is no picture below
    assert [str(span.style) for span in second.spans][::2] == [black, black]


def test_without_colours_signs_stand_for_the_stronger_of_two_pixels() -> None:
    picture = np.array([[1, 0.4, 0, -1], [0, -0.1, 0.1, 0.2], [0.5, 0, 0, -0.5]], np.float32)
    assert signed(picture, 1.0, plain=True).plain == "#+ =\n+  -"


def test_without_colours_a_stroke_that_calms_is_a_round_sign_and_a_faint_one_none() -> None:
    weights = np.zeros((8, 7, 7), np.float32)
    for run in range(4):
        weights[run, 0, run] = 1.0
    weights[0, 0, 4], weights[0, 0, 5] = -1.0, 0.1
    drawn = signed_strokes(strokes(weights.reshape(-1)), 1.0, " ", plain=True).plain
    assert drawn.split("\n") == ["| / - \\ o    ", *[" " * 13] * 6]
    coloured = signed_strokes(strokes(weights.reshape(-1)), 1.0, "", plain=False)
    assert coloured.plain.split("\n")[0] == "│╱─╲│  "


@pytest.mark.parametrize(
    ("neurons", "inputs", "width", "height", "expected"),
    [
        (15, 784, 52, 15, (15, 5, 9)),
        (15, 784, 116, 37, (15, 5, 22)),
        (15, 784, 40, 14, (15, 5, 7)),
        (300, 784, 52, 15, (15, 5, 9)),
        (10, 784, 80, 40, (10, 4, 19)),
        (1, 784, 80, 40, (1, 1, 28)),
        (15, 392, 65, 15, (15, 8, 7)),
        (15, 392, 116, 37, (15, 5, 21)),
        (15, 392, 40, 16, (10, 5, 7)),
        (15, 392, 20, 7, (2, 2, 7)),
    ],
)
def test_the_largest_pictures_of_all_neurons_that_fit_are_chosen(
    neurons: int, inputs: int, width: int, height: int, expected: tuple[int, int, int]
) -> None:
    W = np.random.default_rng(0).normal(size=(neurons, inputs)).astype(np.float32)
    sheet = Sheet.fitting(W, width, height)
    assert sheet is not None
    assert (sheet.shown, sheet.columns, sheet.look.width) == expected
    for plain in (False, True):
        console = Console(file=io.StringIO(), width=width)
        lines = console.render_lines(sheet.drawn(W, plain=plain), pad=False)
        assert len(lines) <= height
        assert max(map(Segment.get_line_length, lines)) <= width


def test_where_nothing_fits_there_is_no_sheet() -> None:
    assert Sheet.fitting(np.zeros((15, 784), np.float32), 4, 20) is None
    assert Sheet.fitting(np.zeros((15, 392), np.float32), 80, 6) is None


def test_the_head_says_what_the_colours_mean() -> None:
    def said(shown: int, neurons: int, inputs: int, *, hidden: bool = True) -> str:
        return " ".join(head(shown, neurons, inputs, hidden=hidden, plain=False))

    assert said(15, 15, 784) == "Weights of the 15 neurons (blue +, orange −)"
    assert said(15, 300, 392) == ("Weights of 15 of 300 neurons as strokes (blue +, orange −)")
    assert said(10, 10, 784, hidden=False) == "Weights of the outputs 0 to 9 (blue +, orange −)"
    assert head(15, 15, 392, hidden=True, plain=True)[1] == "(lines positive, o negative)"
