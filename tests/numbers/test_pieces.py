"""The pieces of writing and their lines, on rectangles whose sizes are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.images.form.mnist import to_mnist
from digitnet.images.measure.components import Box
from digitnet.numbers.pieces import PieceLimits, find_lines

Grey = NDArray[np.float32]


def page(*boxes: Box, size: tuple[int, int] = (400, 600), level: float = 1.0) -> Grey:
    """Filled boxes: left, top, right, bottom."""
    ink = np.zeros(size, np.float32)
    for left, top, right, bottom in boxes:
        ink[top:bottom, left:right] = level
    return ink


def boxes_of(ink: Grey) -> list[list[Box]]:
    return [[piece.box for piece in line] for line in find_lines(ink)]


DIGIT = (100, 100, 160, 200)  # 100 high


def test_a_pixel_of_more_than_three_tenths_of_full_ink_joins_what_it_touches() -> None:
    two = ((10, 10, 30, 60), (40, 10, 60, 60))
    for level, expected in ((0.29, [*two]), (0.31, [(10, 10, 60, 60)])):
        ink = page(*two)
        ink[30:33, 30:40] = level
        assert boxes_of(ink) == [expected]


@pytest.mark.parametrize(("height", "pieces"), [(44, 1), (45, 2)])
def test_what_is_lower_than_45_hundredths_of_the_writing_is_no_piece(
    height: int, pieces: int
) -> None:
    other = (300, 120, 310, 120 + height)
    assert boxes_of(page(DIGIT, other)) == [[DIGIT, other][:pieces]]


def test_the_height_of_the_writing_is_that_of_the_piece_in_the_middle_of_its_ink() -> None:
    # Ink 34, 2,090, 2,000 and 1,800: the middle of 5,924 is in the piece of 40 rows, of which 45
    # hundredths are 18: 17 rows are too low, and 19 would be of 100 rows.
    tiny, low = (400, 100, 402, 117), (10, 100, 120, 119)
    middle, high = (150, 90, 200, 130), (300, 50, 318, 150)
    found = boxes_of(page(tiny, low, middle, high))
    assert {box for line in found for box in line} == {low, middle, high}
    # With ten times the ink in the highest, the others are fragments of nothing.
    assert boxes_of(page(low, middle, (300, 50, 480, 150))) == [[(300, 50, 480, 150)]]


@pytest.mark.parametrize(
    ("fragment", "belongs"),
    [
        ((175, 110, 180, 120), True),  # 15 columns to the right
        ((176, 110, 181, 120), False),
        ((80, 110, 85, 120), True),  # 15 to the left
        ((79, 110, 84, 120), False),
        ((110, 75, 120, 85), True),  # 15 rows above
        ((110, 74, 120, 84), False),
        ((169, 212, 175, 220), True),  # 9 columns and 12 rows: 15
        ((170, 212, 175, 220), False),
    ],
)
def test_a_fragment_no_farther_than_15_hundredths_of_the_height_belongs_to_a_piece(
    fragment: Box, belongs: bool
) -> None:
    left, top = min(DIGIT[0], fragment[0]), min(DIGIT[1], fragment[1])
    right, bottom = max(DIGIT[2], fragment[2]), max(DIGIT[3], fragment[3])
    expected = (left, top, right, bottom) if belongs else DIGIT
    (piece,) = find_lines(page(DIGIT, fragment))[0]
    assert piece.box == expected
    whole = page(DIGIT, fragment) if belongs else page(DIGIT)
    np.testing.assert_array_equal(
        piece.ink, whole[expected[1] : expected[3], expected[0] : expected[2]]
    )


def test_a_fragment_belongs_to_the_nearest_piece() -> None:
    other = (180, 100, 240, 200)
    assert boxes_of(page(DIGIT, other, (166, 120, 172, 130))) == [
        [(100, 100, 172, 200), other],
    ]
    assert boxes_of(page(DIGIT, other, (168, 120, 174, 130))) == [
        [DIGIT, (168, 100, 240, 200)],
    ]


@pytest.mark.parametrize(("lower_by", "lines"), [(64, 1), (65, 2)])
def test_neighbours_with_more_than_35_hundredths_of_their_rows_in_common_are_in_one_line(
    lower_by: int, lines: int
) -> None:
    other = (200, 100 + lower_by, 260, 200 + lower_by)
    found = boxes_of(page(other, DIGIT))
    assert found == ([[DIGIT, other]] if lines == 1 else [[DIGIT], [other]])


def test_the_rows_in_common_are_a_share_of_the_lower_ones_height() -> None:
    low = (200, 180, 260, 230)  # 20 of its 50 rows, and of the other's 100
    assert boxes_of(page(DIGIT, low)) == [[DIGIT, low]]
    low = (200, 185, 260, 235)  # 15
    assert boxes_of(page(DIGIT, low)) == [[DIGIT], [low]]


def test_a_piece_joins_the_line_it_has_most_rows_in_common_with() -> None:
    upper, lower = (10, 50, 60, 150), (20, 160, 70, 260)
    nearer_upper, nearer_lower = (200, 100, 250, 206), (200, 104, 250, 210)
    assert boxes_of(page(upper, lower, nearer_upper)) == [[upper, nearer_upper], [lower]]
    assert boxes_of(page(upper, lower, nearer_lower)) == [[upper], [lower, nearer_lower]]


def test_pieces_of_a_line_are_from_left_to_right_however_the_line_rises() -> None:
    rising = [(10, 160, 60, 260), (70, 100, 110, 200), (120, 40, 160, 140)]
    assert boxes_of(page(*reversed(rising))) == [rising]


def test_lines_are_from_top_to_bottom_by_the_middles_of_their_pieces() -> None:
    # The first piece of the lower line is the leftmost of all, and begins higher than the last.
    lower, upper = [(10, 210, 60, 310), (80, 200, 130, 300)], [(90, 20, 140, 120)]
    assert boxes_of(page(*lower, *upper)) == [upper, lower]
    short, long = (10, 100, 210, 200), (300, 210, 310, 600)
    assert boxes_of(page(short, long, size=(700, 400))) == [[short], [long]]


@pytest.mark.parametrize(("frames", "pieces"), [(4, 4), (5, 0)])
def test_pieces_whose_boxes_are_more_than_three_times_the_picture_are_a_pattern(
    frames: int, pieces: int
) -> None:
    # Frames in frames, of 100, 96, 92, 88 and 84 pixels, in a picture of 100 · 130: of three times
    # 13,000 pixels 35,424 are not too many, 42,480 are.
    ink = np.zeros((100, 130), np.float32)
    for i in range(frames):
        edge = 2 * i
        ink[edge : 100 - edge, 30 + edge : 130 - edge] = 1
        ink[edge + 1 : 99 - edge, 31 + edge : 129 - edge] = 0
    assert sum(map(len, find_lines(ink))) == pieces
    assert len(find_lines(ink, PieceLimits(boxes=5.0))[0]) == frames


def test_width_height_and_form_are_those_of_the_box() -> None:
    (piece,) = find_lines(page((10, 20, 40, 80)))[0]
    assert (piece.width, piece.height) == (30, 60)
    np.testing.assert_array_equal(piece.form, to_mnist(np.ones((60, 30), np.float32)))
