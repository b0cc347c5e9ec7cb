"""Standard input, output and error, however the shell has left them."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress

from digitnet.errors import DigitnetError


def settle() -> None:
    """Make the three streams such that nothing but digitnet's own words gets into them.

    A stream that is closed would give its number to the next file that is opened; its place is
    taken by one that is empty or cannot be written to. Output that a terminal cannot show is
    replaced rather than fatal. What C libraries print of a damaged picture goes nowhere: they
    write to descriptor 2, and digitnet no longer does.
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
    """Say what the system did not do, in three parts."""
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
    """Let what is still to be written go nowhere; say whether somebody reads the reason."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return error.errno != errno.EPIPE  # whoever closed the pipe has seen enough


def _fill() -> None:
    """Open what is closed of 0, 1 and 2: to read only, so that writing fails."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR if number == 2 else os.O_RDONLY)
