"""The pieces of writing and their lines, on rectangles whose sizes are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from digitnet.images.form.mnist import to_mnist
from digitnet.numbers.pieces import Box, find_lines

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
    # Ink 2,000, 2,000 and 3,000: the middle of it is in the piece of 40 rows, and 19 of 40 rows
    # are enough for a piece of its own; of 100 rows they would not be.
    low, middle, high = (10, 100, 110, 119), (150, 90, 200, 130), (300, 50, 318, 150)
    assert {box for line in boxes_of(page(low, middle, high)) for box in line} == {
        low,
        middle,
        high,
    }
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


def test_lines_are_from_top_to_bottom_by_the_middles_of_their_pieces() -> None:
    # The first piece of the lower line is the leftmost of all, and begins higher than the last.
    lower, upper = [(10, 210, 60, 310), (80, 200, 130, 300)], [(90, 20, 140, 120)]
    assert boxes_of(page(*lower, *upper)) == [upper, lower]


@pytest.mark.parametrize(("frames", "pieces"), [(3, 3), (4, 0)])
def test_pieces_whose_boxes_are_more_than_three_times_the_picture_are_a_pattern(
    frames: int, pieces: int
) -> None:
    # Frames in frames, of 100, 96, 92 and 88 pixels: 27,680 of 10,000 pixels are not too many,
    # 35,424 are.
    ink = np.zeros((100, 100), np.float32)
    for i in range(frames):
        edge = 2 * i
        ink[edge : 100 - edge, edge : 100 - edge] = 1
        ink[edge + 1 : 99 - edge, edge + 1 : 99 - edge] = 0
    assert sum(map(len, find_lines(ink))) == pieces


def test_width_height_and_form_are_those_of_the_box() -> None:
    (piece,) = find_lines(page((10, 20, 40, 80)))[0]
    assert (piece.width, piece.height) == (30, 60)
    np.testing.assert_array_equal(piece.form, to_mnist(np.ones((60, 30), np.float32)))
