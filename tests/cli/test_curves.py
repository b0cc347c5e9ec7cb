"""Curves in block characters, compared whole."""

from __future__ import annotations

from digitnet.cli.show.curves import axis, columns, curve, place
from digitnet.model.history import EpochReport

EPOCHS = (0, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 3)


def moments(count: int) -> list[EpochReport]:
    return [EpochReport(epoch, 1.0, None, 0.0) for epoch in EPOCHS[:count]]


def test_each_report_has_a_place_of_the_same_width() -> None:
    assert [place(epoch) for epoch in EPOCHS] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert place(0.01) == 0


def test_a_column_has_the_value_of_the_last_report_until_then() -> None:
    values = [float(n) for n in range(8)]
    assert columns(moments(8), values, 3, 8) == values
    assert columns(moments(8), values, 3, 16) == [float(n // 2) for n in range(16)]
    assert columns(moments(8), values, 3, 4) == [1.0, 3.0, 5.0, 7.0]


def test_what_has_not_come_yet_is_empty() -> None:
    assert columns(moments(2), [5.0, 6.0], 3, 8) == [5.0, 6.0, *[None] * 6]
    assert columns(moments(1), [5.0], 3, 16) == [5.0, 5.0, *[None] * 14]
    assert columns([], [], 3, 2) == [None, None]


def test_a_column_is_as_high_as_its_share_and_what_is_not_nothing_is_seen() -> None:
    shares = [None, 0.0, 0.001, 0.25, 0.5, 0.8, 1.0, 7.0]
    assert curve(shares, 2, ascii_only=False) == ["     ▅██", " ▁▁▄████"]
    assert curve(shares, 2, ascii_only=True) == ["     :##", " ..:####"]


def test_the_axis_names_the_first_the_last_and_where_the_first_epoch_ends() -> None:
    assert axis(15, 40) == "0         1                           15"
    assert axis(3, 8) == "0    1 3"
    assert axis(1, 12) == "0         1 "
    assert axis(1000, 8) == "0   1000"
