"""Read mutated files: python -m tests.fuzz COUNT [--seed N] [--keep FOLDER]."""

from __future__ import annotations

import argparse
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from digitnet.errors import DigitnetError
from tests.fuzz.targets import targets


def fuzz(count: int, seed: int, keep: Path | None = None) -> tuple[Counter[tuple[str, str]], float]:
    """Mutate and read so many files, evenly of all kinds.

    Returns
    -------
    outcomes : Counter
        By kind of file and outcome: ``read``, ``refused``, or an exception's name, which is a bug;
        the file is then kept.
    slowest : float
        Seconds of processor time.
    """
    rng = np.random.default_rng(seed)
    outcomes: Counter[tuple[str, str]] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as name, np.errstate(all="ignore"):
        folder = Path(name)
        kinds = [*targets(folder).items()]
        for i in range(count):
            kind, target = kinds[i % len(kinds)]
            whole = target.files[int(rng.integers(len(target.files)))]
            mutation = target.mutations[int(rng.integers(len(target.mutations)))]
            data = mutation(whole, rng)
            start = time.process_time()
            outcome = _outcome(lambda: target.read(data, folder))  # noqa: B023 - called at once
            slowest = max(slowest, time.process_time() - start)
            outcomes[kind, outcome] += 1
            if keep is not None and outcome not in {"read", "refused"}:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{kind.replace(' ', '-')}-{seed}-{i}").write_bytes(data)
    return outcomes, slowest


def _outcome(read: Callable[[], object]) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            read()
    except DigitnetError as error:
        told = str(error).replace("\n", "")
        return "refused" if told.isprintable() and len(told) < 3000 else "not fit to print"
    except Exception as error:
        return type(error).__name__
    return "read"


def main() -> None:
    """Print how often each kind of file had each outcome."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"))
    given = parser.parse_args()
    outcomes, slowest = fuzz(given.count, given.seed, given.keep)
    for (kind, outcome), times in sorted(outcomes.items()):
        print(f"{kind:<16} {outcome:<28} {times:>8,}")
    print(f"slowest: {slowest:.2f} s of processor time")


if __name__ == "__main__":
    main()
