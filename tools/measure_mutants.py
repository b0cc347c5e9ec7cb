"""Change one operator or number at a time, and count how many of these mutants a test notices.

Run in a checkout, on Linux or macOS: python -m tools.measure_mutants [--count 40] [nn numbers …]

Cosmic Ray makes the mutants (https://cosmic-ray.readthedocs.io): a number becomes one more or less,
`<` becomes `<=`, `+` becomes `-`, `and` becomes `or`, and so on. Of each package a random sample of
places is taken, with one mutant each, and only that package's quick tests are run. The mutants
are written to copies of the checkout, one for each process. A survivor is either something that no
test looks at, or equivalent: no input can tell it from the original.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB, use_db

# Of each package: what is mutated, and the tests that should notice.
PACKAGES = {
    "nn": ("digitnet/nn", "tests/nn"),
    "numbers": ("digitnet/numbers", "tests/numbers"),
    "certainty": ("digitnet/model/certainty.py", "tests/model/test_certainty.py"),
    "reading": ("digitnet/reading", "tests/reading"),
}
# CPython keeps small integers once, and a decorator declares what mypy checks.
EQUIVALENT = re.compile("core/(ReplaceComparisonOperator_(Eq_Is|NotEq_IsNot)|RemoveDecorator)$")
LEFT_OUT = shutil.ignore_patterns(".*", "data", "build", "dist", "*.egg-info")


class Survivor(NamedTuple):
    """A mutant that no test noticed: its place, and the line before and after."""

    place: str
    before: str
    after: str


def declarations(path: Path) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where annotations, decorators and `strict=True` begin and end: no input tells them apart."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        declared = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        if isinstance(node, ast.keyword) and node.arg == "strict":
            declared.append(node.value)
        for part in declared + getattr(node, "decorator_list", []):
            if isinstance(part, ast.expr):
                end = (part.end_lineno or part.lineno, part.end_col_offset or part.col_offset)
                yield (part.lineno, part.col_offset), end


def sample(source: str, count: int, rng: random.Random) -> list[Any]:
    """Draw `count` places of a package, or all that it has, and one mutant of each."""
    files = sorted(Path(source).rglob("*.py")) if Path(source).is_dir() else [Path(source)]
    with use_db(":memory:", WorkDB.Mode.create) as database:
        init(files, database, {})
        mutants = [item.mutations[0] for item in database.work_items]
    left_out = {file: list(declarations(file)) for file in files}
    mutants = [
        mutant
        for mutant in mutants
        if not EQUIVALENT.match(mutant.operator_name)
        and not any(a <= mutant.start_pos < b for a, b in left_out[mutant.module_path])
    ]

    def place(mutant: Any) -> tuple[str, tuple[int, int]]:
        return str(mutant.module_path), mutant.start_pos

    mutants.sort(key=lambda mutant: (*place(mutant), mutant.operator_name, mutant.occurrence))
    places = [list(group) for _, group in groupby(mutants, place)]
    return [rng.choice(group) for group in rng.sample(places, min(count, len(places)))]


def tried(mutant: Any, command: str, timeout: float) -> Survivor | None:
    """Run the tests on one mutant in the working folder."""
    result = mutate_and_test([mutant], command, timeout)
    if result.test_outcome is None or result.test_outcome.value == "incompetent":
        raise RuntimeError(f"{mutant} could not be tried: {result.output}")
    if result.test_outcome.value == "killed":
        return None
    changes = result.diff.splitlines()[3:]  # below the names of the files
    before, after = (
        " ".join(line[1:].strip() for line in changes if line.startswith(sign)) for sign in "-+"
    )
    return Survivor(f"{mutant.module_path}:{mutant.start_pos[0]}", before, after)


def enter_copy(copies: Any) -> None:
    """Make a copy of the checkout this process's working folder."""
    os.chdir(copies.get())


def survivors_of(mutants: list[Any], tests: str, processes: int) -> Iterator[Survivor]:
    """Try the mutants, each process in a copy of the checkout of its own."""
    # Without the plug-ins that these tests do not need, a run takes a third of the time.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    options = "-x -q -p no:cacheprovider -p pytest_timeout"
    command = f"{shlex.quote(sys.executable)} -m pytest {options} {tests}"
    context = get_context("spawn")
    copies = context.Queue()
    with tempfile.TemporaryDirectory() as folder:
        first = shutil.copytree(".", Path(folder) / "0", ignore=LEFT_OUT)
        start = time.perf_counter()
        subprocess.run(shlex.split(command), cwd=first, check=True, stdout=subprocess.DEVNULL)
        timeout = 20 + 4 * (time.perf_counter() - start)
        copies.put(str(first))
        for i in range(1, processes):
            copies.put(str(shutil.copytree(first, Path(folder) / str(i))))
        with ProcessPoolExecutor(processes, context, enter_copy, (copies,)) as pool:
            n = len(mutants)
            found = pool.map(tried, mutants, [command] * n, [timeout] * n)
            yield from (survivor for survivor in found if survivor)


def main() -> None:
    """Print the survivors of each package, and the share of its mutants that is noticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help=", ".join(PACKAGES))
    parser.add_argument("--count", type=int, default=40, help="mutants a package")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()

    for name in options.packages or PACKAGES:
        source, tests = PACKAGES[name]
        mutants = sample(source, options.count, random.Random(options.seed))
        noticed = len(mutants)
        for place, before, after in survivors_of(mutants, tests, options.processes):
            print(f"{place}\n    {before}\n    {after}", flush=True)
            noticed -= 1
        share = noticed / len(mutants)
        print(f"{name}: {noticed} of {len(mutants)} noticed, {share:.0%}", flush=True)


if __name__ == "__main__":
    main()
