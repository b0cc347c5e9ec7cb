"""A data file that another program cuts short while it is read: a message, not a dead process.

Digits are read from a file that is mapped into memory. Where the file ends too early, the kernel
sends SIGBUS, and Python's own handlers cannot answer it: they run when the instruction that failed
has ended, which it never does. A handler of the C library can.
"""

from __future__ import annotations

import ctypes
import signal
import sys
from typing import Any

from digitnet.cli.stop import end_at_once

_CUT_SHORT = """Error: A data file became shorter while it was read.
  Expected it to stay as it was, found that its end is gone (SIGBUS).
  Run the command again when no other program writes to the data; training can --resume."""

_kept: list[Any] = []
"""The handler, which the C library calls and Python must not clear away."""


def expect_cut_files() -> None:
    """From now on such a file ends the process with three lines and exit code 1."""
    if sys.platform == "win32" or _kept:
        return
    handler = ctypes.CFUNCTYPE(None, ctypes.c_int)(_end)
    _kept.append(handler)
    ctypes.CDLL(None).signal(int(signal.SIGBUS), handler)


def _end(_: int) -> None:
    end_at_once(_CUT_SHORT, 1)
