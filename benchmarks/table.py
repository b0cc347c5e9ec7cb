"""The results as Markdown."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version

from benchmarks.blas import blas
from benchmarks.contenders import CONTENDERS
from benchmarks.epochs import Shape, Timing
from benchmarks.process import Usage
from benchmarks.scaling import TIMES, Growth

PACKAGES = ("numpy", "torch", "scikit-learn", "jax", "neural-network-digits")

Results = dict[Shape, dict[str, Timing]]


def epochs_table(results: Results) -> str:
    """Seconds an epoch, and in brackets the multiple of digitnet's."""
    names = [name for name in CONTENDERS if any(name in row for row in results.values())]
    lines = [_line(["hidden", "batch", *names]), _line(["--:"] * (2 + len(names)))]
    for shape, row in results.items():
        cells = [_timing(row[name]) if name in row else "" for name in names]
        lines.append(_line([str(shape.hidden), str(shape.batch), *cells]))
    return "\n".join(lines)


def _timing(timing: Timing) -> str:
    return f"{timing.seconds * 1e3:,.0f} ms ({timing.ratio:.2f})"


def commands_table(usages: dict[str, Usage]) -> str:
    """Seconds and peak memory of whole processes."""
    lines = [_line(["command", "seconds", "peak memory"]), _line(["---", "--:", "--:"])]
    for name, usage in usages.items():
        lines.append(_line([f"`{name}`", f"{usage.seconds:.2f}", f"{usage.megabytes:,.0f} MB"]))
    return "\n".join(lines)


def page(results: Results, usages: dict[str, Usage], growth: Growth | None, runs: int) -> str:
    """docs/benchmarks.md."""
    parts = [
        "# Benchmarks",
        f"Written by `python -m benchmarks`. {_machine()}. Medians of {runs} rounds, in each of "
        "which every library ran once, in turn.",
        "## An epoch of 60,000 digits",
        "784-h-10, sigmoid, plain gradient descent, quadratic cost (scikit-learn and "
        "neural-network-digits: log-loss and softmax, they have no other). The floor is the "
        "two matrix products of each step, W0 @ X and v0 @ X.T, and nothing else. Both the "
        "floor and digitnet run with one BLAS thread, as `digitnet train` does. In brackets: as a "
        "multiple of digitnet.",
        epochs_table(results),
    ]
    floors = [
        f"{s.hidden} hidden, batch {s.batch}: {1 / row['floor'].ratio:.2f}"
        for s, row in results.items()
    ]
    parts += ["digitnet as a multiple of the floor: " + "; ".join(floors) + "."]
    if usages:
        parts += ["## Whole processes", commands_table(usages)]
    if growth:
        parts += [
            "## A larger set",
            f"On MNIST repeated {TIMES} times, an epoch takes {growth.seconds:.2f} times as long; "
            f"the process's own memory is {growth.own:.2f} times as large, its resident set, "
            f"which counts the mapped file, {growth.resident:.2f} times.",
        ]
    return "\n\n".join(parts) + "\n"


def _machine() -> str:
    versions = [f"Python {platform.python_version()}"]
    for package in PACKAGES:
        try:
            versions.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            versions.append(f"no {package}")
    versions.append(f"NumPy's BLAS {blas()}")
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    return f"{platform.machine()}, {os.cpu_count()} cores{load}; {', '.join(versions)}"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
