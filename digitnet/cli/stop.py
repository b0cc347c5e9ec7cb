"""Handle Ctrl-C, SIGTERM and SIGHUP: one line, exit 128 + the signal's number, no lost data.

While it is loading, the program ends at once. A running command is interrupted by an exception, so
that its temporary files are removed; a training run is asked to stop.

SIGBUS comes where a data file that is mapped into memory is cut short by another program. Python's
own handlers cannot answer it: they run when the instruction that failed has ended, which it never
does. A handler of the C library can.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, NoReturn

SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
SAID = "Interrupted."
_CUT_SHORT = """Error: A data file became shorter while it was read.
  Expected it to stay as it was, found that its end is gone (SIGBUS).
  Run the command again when no other program writes to the data; training can --resume."""
_SHOW_CURSOR = "\r\x1b[K\x1b[?25h"
"""Clears the line of a progress display, and shows the cursor."""
_kept: list[Any] = []
"""The handler of SIGBUS, which the C library calls and Python must not clear away."""


class Interrupted(KeyboardInterrupt):
    """A signal, with its number as the argument."""

    @property
    def code(self) -> int:
        """Exit code, as of a process that the signal ended."""
        return 128 + int(self.args[0])


class Stop:
    """Whether a run should stop, and its exit code; a second signal interrupts it."""

    def __init__(self) -> None:
        self.code: int | None = None

    def __call__(self) -> bool:
        """Whether a signal was received."""
        return self.code is not None

    def ask(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal."""
        if self():
            interrupt(number, frame)
        self.code = 128 + number


def leave_quietly() -> None:
    """Let signals end the process at once, even if Python drops the exception."""
    _set(_leave)
    sys.unraisablehook = _unraisable


def _unraisable(dropped: sys.UnraisableHookArgs) -> None:
    if isinstance(dropped.exc_value, Interrupted):
        _leave(dropped.exc_value.args[0], None)
    sys.__unraisablehook__(dropped)


def _leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    end_at_once(SAID, 128 + number)


def end_at_once(words: str, code: int) -> NoReturn:
    """End the process with this text on stderr, whatever it is doing.

    Parameters
    ----------
    words : str
    code : int
        Its exit code.
    """
    with suppress(OSError, ValueError, AttributeError):
        cursor = _SHOW_CURSOR if sys.stderr.isatty() else ""
        os.write(sys.stderr.fileno(), f"{cursor}{words}\n".encode())
    os._exit(code)


def interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    """Handle a signal by raising `Interrupted`; a second one ends the process."""
    leave_quietly()
    raise Interrupted(number)


@contextmanager
def handled_by(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Handle signals by this function in the block."""
    before = _set(handler)
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def _set(handler: Callable[[int, FrameType | None], None]) -> dict[int, Any]:
    """Handle the signals, except those that are ignored, as under nohup."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    kept = {number: old for number, old in before.items() if old not in (signal.SIG_IGN, None)}
    for number in kept:
        signal.signal(number, handler)
    return kept


def expect_cut_files() -> None:
    """From now on a data file that is cut short ends the process with three lines and exit 1."""
    if sys.platform == "win32" or _kept:
        return
    import ctypes

    handler = ctypes.CFUNCTYPE(None, ctypes.c_int)(lambda _: end_at_once(_CUT_SHORT, 1))
    _kept.append(handler)
    ctypes.CDLL(None).signal(int(signal.SIGBUS), handler)
