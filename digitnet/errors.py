"""The errors of digitnet, and their messages.

::

    DigitnetError            what went wrong; what was expected and found; what to do
    ├── DataError            a data set is invalid
    │   └── DownloadError    no mirror sent a valid file
    ├── PictureError         a picture cannot be read, or contains no digit
    ├── WeightsError         a model file cannot be used
    └── TrainingError        the training cannot start or continue

Every message has three parts: *what* went wrong, what was *expected and found*, and what
*to do* next. The command line prints them as three lines and exits with 1. A message names a
parameter by its name in Python, and by its option on the command line.
"""

from __future__ import annotations

import re
from typing import Final

_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, those that reverse the direction of text, and bytes that are not text."""
_LONGEST: Final = 1000
"""Most characters of a line of a message: a long path."""


class DigitnetError(Exception):
    """An error that the user can correct.

    Parameters
    ----------
    what : str
        What went wrong, naming the file or value.
    found : str
        What was expected and what was found.
    advice : str
        What to do next.
    parameter : str, optional
        The parameter concerned, such as ``learning_rate``; the three parts refer to it as
        ``{parameter}``.
    """

    def __init__(self, what: str, found: str, advice: str, parameter: str | None = None) -> None:
        super().__init__(what, found, advice, parameter)
        self.parameter = parameter
        self.what, self.found, self.advice = self.told(parameter)

    def told(self, name: str | None) -> tuple[str, str, str]:
        """Return the three parts, safe to print, with this name for the parameter, if any.

        Only the second part may have several lines, each indented by four spaces.
        """
        what, found, advice, _ = self.args
        if name is not None:
            what, found, advice = (s.replace("{parameter}", name) for s in (what, found, advice))
        lines = "\n".join(one_line(line, _LONGEST) for line in re.split("\n(?= {4})", found))
        return one_line(what, _LONGEST), lines, one_line(advice, _LONGEST)

    def __str__(self) -> str:
        return f"{self.what}\n{self.found}\n{self.advice}"


class DataError(DigitnetError):
    """A data set, or a file of one, is invalid."""


class DownloadError(DataError):
    """No mirror sent a valid file."""


class PictureError(DigitnetError):
    """A picture cannot be read, or contains no digit."""


class WeightsError(DigitnetError):
    """A model file cannot be used."""


class TrainingError(DigitnetError):
    """The training cannot start or continue."""


def one_line(text: str, most: int = 200) -> str:
    """Text from outside, safe to print: control characters escaped, truncated to a line.

    Parameters
    ----------
    text : str
        From a server, a file or a library.
    most : int
        Most characters to show.

    Returns
    -------
    str
        At most that many characters; the last one is … if the text is longer.
    """
    return printable(text if len(text) <= most else f"{text[: most - 1]}…")


def printable(text: str) -> str:
    """Text from outside with all control characters escaped, including newlines."""
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
