"""Prepare standard input, output and error."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress

from digitnet.errors import DigitnetError


def settle() -> None:
    """Make the three streams safe for digitnet's own output only.

    A closed stream would give its number to the next opened file; it is replaced by one that is
    empty or cannot be written to. Characters that a terminal cannot show are replaced. Messages of
    C libraries about damaged pictures are dropped: they write to descriptor 2, and digitnet writes
    to another.
    """
    _fill()
    sys.stdin = sys.stdin or open(0)  # noqa: SIM115 - a descriptor has no path
    sys.stdout = sys.stdout or open(1, "w")  # noqa: SIM115
    own = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    encoding = getattr(sys.stderr, "encoding", None)
    sys.stderr = open(own, "w", 1, encoding)  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def refused(error: OSError) -> DigitnetError:
    """Describe an error of the system in three parts."""
    found = error.strerror or str(error)
    if error.filename is None:
        return DigitnetError(
            "The results cannot be written.",
            f"Expected standard output to be open and to have room, found: {found}.",
            "Send them somewhere else, such as > FILE.",
        )
    return DigitnetError(
        f"{error.filename} cannot be used.",
        f"Expected a file or folder that is there for you, found: {found}.",
        "Check the name, the folder and its permissions.",
    )


def give_up_output(error: OSError) -> bool:
    """Drop pending output; return whether the reason can still be printed."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return error.errno != errno.EPIPE  # the reader closed the pipe on purpose


def _fill() -> None:
    """Open closed descriptors among 0, 1 and 2 for reading, so that writing fails."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR if number == 2 else os.O_RDONLY)
