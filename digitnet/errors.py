"""What can go wrong, and how a person is told.

::

    DigitnetError            what went wrong; what was expected and found; what to do
    ├── DataError            a data set is not what it should be
    │   └── DownloadError    no mirror gave a file that could be used
    ├── PictureError         a picture cannot be read, or holds no digit
    ├── WeightsError         a file of weights cannot be used
    └── TrainingError        the training cannot start, or cannot go on

Every message has three parts, so that nobody has to guess: *what* went wrong,
what was *expected and found*, and what *to do* next. The command line prints
them as three lines and exits with 1. A parameter is called by its name in Python,
and by its option on the command line.
"""

from __future__ import annotations

import re
from typing import Final

_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, those that turn the direction of a line, and bytes that are no text."""
_LONGEST: Final = 1000
"""Characters of a line of a message: those of a long path."""


class DigitnetError(Exception):
    """Something a person can put right.

    Parameters
    ----------
    what : str
        What went wrong, naming the file or value.
    found : str
        What was expected and what was found.
    advice : str
        What to do next.
    parameter : str, optional
        The parameter that it is about, such as ``learning_rate``; the three parts call it
        ``{parameter}``.
    """

    def __init__(self, what: str, found: str, advice: str, parameter: str | None = None) -> None:
        super().__init__(what, found, advice, parameter)
        self.parameter = parameter
        self.what, self.found, self.advice = self.told(parameter)

    def told(self, name: str | None) -> tuple[str, str, str]:
        """Return the three parts, safe to print, with the parameter called by this name, if any.

        Only the second may have several lines, each indented by four spaces.
        """
        what, found, advice, _ = self.args
        if name is not None:
            what, found, advice = (s.replace("{parameter}", name) for s in (what, found, advice))
        lines = "\n".join(one_line(line, _LONGEST) for line in re.split("\n(?= {4})", found))
        return one_line(what, _LONGEST), lines, one_line(advice, _LONGEST)

    def __str__(self) -> str:
        return f"{self.what}\n{self.found}\n{self.advice}"


class DataError(DigitnetError):
    """A data set, or a file of one, is not what it should be."""


class DownloadError(DataError):
    """No mirror gave a file that could be used."""


class PictureError(DigitnetError):
    """A picture cannot be read, or holds no digit."""


class WeightsError(DigitnetError):
    """A file of weights cannot be used."""


class TrainingError(DigitnetError):
    """The training cannot start, or cannot go on."""


def one_line(text: str, most: int = 200) -> str:
    """Text from outside, safe to print: control characters escaped, and cut to a line.

    Parameters
    ----------
    text : str
        What a server, a file or a library said.
    most : int
        How many characters to show.

    Returns
    -------
    str
        At most that many characters, the last one … where more was said.
    """
    return printable(text if len(text) <= most else f"{text[: most - 1]}…")


def printable(text: str) -> str:
    """Text from outside, all of it, with control characters escaped: also that of a new line."""
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
