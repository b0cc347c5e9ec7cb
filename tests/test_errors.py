from __future__ import annotations

import pytest

from digitnet.errors import one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Größe × 7 – 数字 🙂", "Größe × 7 – 数字 🙂"),
        ("\x1b[2J\x07\r\n\ttab", r"\x1b[2J\x07\r\n\ttab"),
        ("seven\u202egnp.exe", r"seven\u202egnp.exe"),  # would be shown backwards
        ("\udcff.png", r"\udcff.png"),  # a byte of a file's name that is not UTF-8
        ("12345678", "12345678"),
        ("123456789", "1234567…"),
        ("", ""),
    ],
)
def test_text_from_outside_is_shown_without_control_characters_and_cut(
    text: str, shown: str
) -> None:
    assert one_line(text, most=8 if text.startswith("12") else 200) == shown
