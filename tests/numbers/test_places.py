"""Where a line is, and which neighbours may be one, of boxes whose middles are known."""

from __future__ import annotations

import numpy as np
import pytest

from digitnet.images.measure.components import Box
from digitnet.numbers.lines import Place, gap_between, place_of, place_of_all, stacked
from digitnet.numbers.pieces import Line, Piece


def of_boxes(*boxes: Box) -> Line:
    """Pieces that fill their boxes."""
    return [Piece(box, np.ones((box[3] - box[1], box[2] - box[0]), np.float32)) for box in boxes]


def test_a_place_is_told_by_the_medians_of_the_boxes() -> None:
    # Middles 50, 52 and 57; heights 40, 44 and 38. Four heights of 40 are left on both sides.
    line = of_boxes((10, 30, 30, 70), (50, 30, 70, 74), (90, 38, 100, 76))
    assert place_of(line) == Place(52.0, 40.0, 0.0, 10 - 160, 100 + 160)


def test_a_piece_lower_than_six_tenths_of_the_median_height_tells_nothing() -> None:
    tall = of_boxes((0, 0, 10, 40), (20, 0, 30, 40))
    assert place_of([*tall, *of_boxes((40, 30, 50, 53))]).middle == 20  # 23 of 40 rows
    low = of_boxes((40, 30, 50, 54))  # 24
    assert place_of([*tall, *low]) == Place(20.0, 40.0, 0.0, -160.0, 50 + 160)
    assert place_of([tall[0], *low, *low]).height == 24


@pytest.mark.parametrize(("last", "slope"), [(120, 0.0), (122, 0.1)])
def test_a_slope_is_told_by_three_pieces_over_more_than_two_heights(
    last: int, slope: float
) -> None:
    # Middles of columns 10, 40 and 90 or 92: 80 or 82 apart, of 40 rows.
    across = (10, 40, last - 30)
    line = of_boxes(*((x - 10, 2 * (x // 20), x + 10, 40 + 2 * (x // 20)) for x in across))
    place = place_of(line)
    assert place.height == 40
    if not slope:
        assert place.slope == 0
    else:
        expected = np.polyfit(across, [20.0 + 2 * (x // 20) for x in across], 1)[0]
        assert place.slope == pytest.approx(expected)
        middles = [20 + 2 * (x // 20) - expected * x for x in across]
        assert place.middle == pytest.approx(np.median(middles))


def test_two_pieces_tell_no_slope_however_far_apart() -> None:
    place = place_of(of_boxes((0, 0, 20, 40), (200, 20, 220, 60)))
    assert (place.slope, place.middle) == (0.0, 30.0)


def test_no_writing_is_lower_than_six_pixels() -> None:
    assert place_of(of_boxes((0, 10, 4, 15))) == Place(12.5, 6.0, 0.0, -24.0, 4 + 24)
    assert place_of(of_boxes((0, 10, 4, 17))).height == 7


def test_the_place_of_a_single_digit_is_that_of_all_the_ink() -> None:
    ink = np.zeros((100, 90), np.float32)
    ink[20, 30], ink[59, 41] = 0.1, 1
    assert place_of_all(ink) == Place(40.0, 40.0, 0.0, 30 - 160, 42 + 160)
    ink[21:] = 0
    assert place_of_all(ink) == Place(20.5, 6.0, 0.0, 30 - 24, 31 + 24)


def test_the_gap_between_lines_is_in_heights_of_the_smaller_one() -> None:
    # Median rows 0 to 40, and 50 to 70.
    upper = of_boxes((0, 0, 20, 40), (30, 0, 50, 44), (60, 0, 80, 40))
    lower = of_boxes((0, 48, 20, 70), (30, 50, 50, 70), (60, 50, 80, 70))
    assert gap_between(upper, lower) == gap_between(lower, upper) == pytest.approx(10 / 20)
    assert gap_between(upper, of_boxes((0, 30, 20, 50))) == pytest.approx(-10 / 20)


def test_a_piece_whose_middle_is_among_anothers_columns_is_joined_with_it() -> None:
    wide, inside, outside = (10, 0, 50, 20), (40, 30, 58, 50), (41, 30, 59, 50)
    joined, apart = stacked(of_boxes(wide, inside)), stacked(of_boxes(wide, outside))
    assert [piece.box for piece in joined] == [(10, 0, 58, 50)]
    assert [piece.box for piece in apart] == [wide, outside]
    left = (2, 30, 18, 50)  # its middle is at the first column, not among them
    assert [piece.box for piece in stacked(of_boxes(wide, left))] == [left, wide]
    np.testing.assert_array_equal(joined[0].ink[:20, :40], 1)
    np.testing.assert_array_equal(joined[0].ink[30:, 30:], 1)
    assert joined[0].ink.sum() == 40 * 20 + 18 * 20
