"""The house: names agree, and imports go one way."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import digitnet
from tests.helpers.commands import environment

ROOT = Path(digitnet.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))

# What each room may import of digitnet, beside itself; the rest of the package may not be met.
ALLOWED = {
    "errors": set(),
    "places": set(),
    "temporary": set(),
    "files": {"errors", "temporary"},
    "nn": {"errors"},
    "images": {"errors", "files"},
    "datasets": {"errors", "files", "images", "places"},
    "sheet": {"errors", "files", "images"},
    "model": {"errors", "files", "nn", "images"},
    "numbers": {"errors", "files", "images", "model", "nn"},
    "synthesis": {"errors", "images", "datasets", "nn", "model"},
    "learning": {
        *("version", "errors", "files", "nn", "images", "datasets", "model", "synthesis"),
    },
    "reading": {"errors", "files", "images", "numbers", "model", "sheet"},
    "page": {"errors", "files", "images", "datasets", "model", "numbers", "reading"},
}


def imported(module: Path) -> Iterator[str]:
    """Every module that this one imports anywhere, also inside its functions."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(module: Path) -> str:
    return module.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(module: Path) -> None:
    here = room(module)
    names = set(imported(module))
    rooms = {name.split(".")[1] for name in names if name.startswith("digitnet.")}
    others = {name.split(".")[0] for name in names} - {"digitnet", "__future__"}
    foreign = others - sys.stdlib_module_names
    if here in ALLOWED:
        assert rooms <= ALLOWED[here] | {here}
    if here == "nn":
        assert foreign <= {"numpy"}
    if here != "cli":
        assert not foreign & {"typer", "rich"}
        assert here == "__main__" or "cli" not in rooms
    if module.name == "formats.py":  # an extra, imported where it is needed
        foreign -= {"pillow_heif"}
    if module.name == "scikit.py":  # imported only where it already is, or by itself
        foreign -= {"sklearn"}
    if module.name == "plots.py":  # another extra
        foreign -= {"matplotlib"}
    assert foreign <= {"numpy", "typer", "rich", "requests", "urllib3", "PIL"}


def test_no_modules_import_each_other_in_a_circle() -> None:
    named = {
        ".".join(("digitnet", *path.relative_to(ROOT).with_suffix("").parts)): path
        for path in MODULES
        if path.name != "__init__.py"
    }
    graph = {name: set(imported(path)) & named.keys() - {name} for name, path in named.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(named)


@pytest.mark.parametrize("args", ["import digitnet", "import digitnet.cli.app"])
def test_the_command_line_starts_without_numpy(tmp_path: Path, args: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {args}; print(*sys.modules)"],
        check=True,
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert not {"numpy", "PIL", "requests"} & set(done.stdout.split())


@pytest.mark.parametrize(("said", "found"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "3"}, "3")])
def test_the_command_line_takes_one_thread_unless_the_user_says_otherwise(
    tmp_path: Path, said: dict[str, str], found: str
) -> None:
    code = """
import contextlib, os, sys
from digitnet.cli.app import main
sys.argv = ["digitnet", "--version"]
with contextlib.suppress(SystemExit):
    main()
print(os.environ["OPENBLAS_NUM_THREADS"])
"""
    env = environment()
    del env["OPENBLAS_NUM_THREADS"]
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        cwd=tmp_path,
        env=env | said,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == [f"digitnet {digitnet.__version__}", found]


def test_every_public_name_is_found_and_another_is_not() -> None:
    assert set(digitnet.__all__) <= set(dir(digitnet))
    for name in digitnet.__all__:
        assert getattr(digitnet, name) is not None
    with pytest.raises(AttributeError, match="module 'digitnet' has no attribute 'none'"):
        _ = digitnet.none
