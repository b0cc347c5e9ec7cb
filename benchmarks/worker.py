"""A process that keeps one library's data and network, and times an epoch on request.

A process a library, so that no library's threads or allocator disturb another's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from benchmarks.contenders import CONTENDERS, ONE_THREAD
from digitnet.cli.app import BLAS_THREADS


class Worker:
    """One contender in a process of its own, waiting for a request.

    Parameters
    ----------
    name : str
        From `benchmarks.contenders.CONTENDERS`.
    data : Path
    hidden, batch : int
    """

    def __init__(self, name: str, data: Path, hidden: int, batch: int) -> None:
        command = [sys.executable, "-m", "benchmarks.worker", name, data, hidden, batch]
        threads = dict.fromkeys(BLAS_THREADS, "1") if name in ONE_THREAD else {}
        self.name = name
        self.process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            env=os.environ | threads,
        )
        self.available = self._line().startswith("ready")

    def epoch(self) -> float:
        """Seconds that one epoch took."""
        assert self.process.stdin is not None
        self.process.stdin.write("epoch\n")
        return float(self._line())

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"The worker for {self.name} ended; its message is above.")
        return line

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.process.communicate()  # closes its stdin: the loop below ends


def main() -> None:
    name, data, hidden, batch = sys.argv[1:]
    try:
        epoch = CONTENDERS[name](Path(data), int(hidden), int(batch))
    except ModuleNotFoundError as error:
        print(f"missing {error.name}", flush=True)
        return
    epoch()  # compile, touch the pages, settle the threads
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        epoch()
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main()
