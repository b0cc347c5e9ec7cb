# ruff: noqa: PLC0415 - matplotlib is an extra
"""The results as a picture: seconds an epoch, a group of bars a shape."""

from __future__ import annotations

from pathlib import Path

from benchmarks.table import Results


def draw(results: Results, path: Path) -> None:
    """Write an SVG or PNG, as the path's ending says."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    names = list(dict.fromkeys(name for row in results.values() for name in row))
    figure, axes = plt.subplots(figsize=(9, 4), layout="constrained")
    width = 0.85 / len(names)
    for i, name in enumerate(names):
        at = [g + i * width for g, row in enumerate(results.values()) if name in row]
        seconds = [row[name].seconds for row in results.values() if name in row]
        axes.bar(at, seconds, width, label=name)
    axes.set_xticks(
        [g + 0.425 - width / 2 for g in range(len(results))],
        [f"{s.hidden} hidden\nbatch {s.batch}" for s in results],
    )
    axes.set_yscale("log")
    axes.set_ylabel("seconds an epoch")
    axes.legend(ncols=4, frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1))
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path)
    plt.close(figure)
