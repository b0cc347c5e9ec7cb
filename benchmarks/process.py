"""A whole command: its seconds from start to exit, and its peak memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes in ru_maxrss


@dataclass(frozen=True)
class Usage:
    """What a process took.

    Attributes
    ----------
    seconds : float
        Wall time.
    megabytes : float
        Largest resident set, file pages that it mapped included.
    """

    seconds: float
    megabytes: float


def run(command: Sequence[str]) -> Usage:
    """Run it once, by way of `main`.

    Raises
    ------
    subprocess.CalledProcessError
        If it fails; what it said is on stderr.
    """
    launcher = [sys.executable, "-m", "benchmarks.process", *command]
    output = subprocess.run(launcher, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Usage(*json.loads(output))


def alternate(commands: dict[str, Sequence[str]], runs: int) -> dict[str, Usage]:
    """Medians of `runs` rounds in which each command ran once."""
    rounds = [{name: run(c) for name, c in commands.items()} for _ in range(runs)]
    return {
        name: Usage(
            median(r[name].seconds for r in rounds), median(r[name].megabytes for r in rounds)
        )
        for name in commands
    }


def main() -> None:
    """Run the arguments as a command and print its usage.

    Linux counts what a process was before it became the command, so it must be as small
    a process as this one that starts it.
    """
    with tempfile.TemporaryFile("w+") as said:
        start = time.perf_counter()
        process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(said.read())
    print(json.dumps([seconds, usage.ru_maxrss * _UNIT / 1e6]))


if __name__ == "__main__":
    main()
