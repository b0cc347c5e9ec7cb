"""Plots of a run and of an evaluation, drawn by the extra matplotlib."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from digitnet.errors import PictureError, printable
from digitnet.files import Mark, check_ending, check_writable, replacing
from digitnet.images.colours import LIGHT
from digitnet.images.png import PNG
from digitnet.model.history import EpochReport

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MARKS: Final = {
    ".png": PNG,
    ".svg": Mark("a drawing that digitnet wrote", b"<?xml", b"<dc:title>digitnet</dc:title>"),
    ".pdf": Mark("a drawing that digitnet wrote", b"%PDF", b"(digitnet)"),
}
"""The suffixes of plots, and the marks of digitnet's files."""
_SAYS: Final[dict[str, dict[str, Any]]] = {
    ".png": {"Software": "digitnet"},
    ".svg": {"Title": "digitnet", "Date": None},
    ".pdf": {"Creator": "digitnet", "CreationDate": None},
}
_BINS: Final = 10
"""Bars of a reliability diagram."""
_GREY = "#8a8a8a"


def check_plot(path: Path) -> None:
    """Refuse a plot that cannot be drawn or written, before the computation.

    Raises
    ------
    PictureError
        If matplotlib is missing, the suffix is unknown, or the file cannot be written.
    """
    check_ending(path, MARKS, "a plot", PictureError)
    try:
        import matplotlib.figure  # noqa: F401
    except ImportError as error:
        raise PictureError(
            "A plot needs matplotlib.",
            "Expected it to be installed, found no such package.",
            "Install it: pip install digitnet[plot]",
        ) from error
    check_writable(path, PictureError, MARKS[path.suffix.lower()])


def plot_history(path: Path, moments: Sequence[EpochReport], name: str) -> None:
    """Plot cost and validation accuracy at each report, with a stretched first epoch.

    Parameters
    ----------
    path : Path
    moments : sequence of EpochReport
    name : str
        Title: the network.

    Raises
    ------
    PictureError
        If it cannot be written.
    """
    from matplotlib.ticker import LogLocator

    figure = _figure(8, 3.6)
    told = [moment for moment in moments if moment.validation_accuracy is not None]
    axes = figure.subplots(1, 2 if told else 1, squeeze=False)[0]
    epochs = [moment.epoch for moment in moments]
    costs = axes[0]
    costs.plot(epochs, [moment.cost for moment in moments], "o-", color=LIGHT.orange, markersize=3)
    costs.set(title="Cost", yscale="log", ylabel="mean cost of a digit")
    costs.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))  # more than one tick in one decade
    costs.yaxis.set_major_formatter("{x:g}")
    if told:
        shares = [100 * (moment.validation_accuracy or 0) for moment in told]
        axes[1].plot(
            [moment.epoch for moment in told], shares, "o-", color=LIGHT.blue, markersize=3
        )
        axes[1].set(title="Validation accuracy", ylim=(0, 101), ylabel="right answers in %")
    for each in axes:
        # Linear to 1/16, then each step doubles the examples.
        each.set_xscale("symlog", base=2, linthresh=1 / 16, linscale=0.5)
        ticks = [0, 1 / 16, 1 / 4, *(2**n for n in range(int(np.log2(max(1, epochs[-1]))) + 1))]
        each.set_xticks(ticks, ["0", "1/16", "1/4", *(f"{tick:g}" for tick in ticks[3:])])
        each.minorticks_off()
        each.set_xlim(-1 / 64, 1.15 * max(1, epochs[-1]))
        each.set_xlabel("epochs")
        each.grid(alpha=0.3)
    _save(figure, path, name)


def plot_answers(
    path: Path,
    confusion: NDArray[np.intp],
    certainties: NDArray[np.float64],
    labels: NDArray[np.integer[Any]],
    name: str,
) -> None:
    """Plot the confusion matrix and the reliability diagram.

    Parameters
    ----------
    path : Path
    confusion : ndarray of int, shape (10, 10)
    certainties : ndarray, shape (N, 10)
    labels : ndarray of int, shape (N,)
    name : str
        Title: what was scored.

    Raises
    ------
    PictureError
        If it cannot be written.
    """
    figure = _figure(10, 4.8)
    matrix, reliability = figure.subplots(1, 2, width_ratios=(1.15, 1))
    _draw_confusion(matrix, confusion)
    _draw_reliability(reliability, certainties, labels)
    _save(figure, path, name)


def _draw_confusion(axes: Any, confusion: NDArray[np.intp]) -> None:
    wrong = confusion - np.diag(np.diag(confusion))
    axes.imshow(wrong, cmap="Oranges", vmin=0, vmax=max(1, int(wrong.max())) * 1.4)
    for shown, row in enumerate(confusion.tolist()):
        for answered, count in enumerate(row):
            style = {"weight": "bold", "color": LIGHT.blue} if shown == answered else {}
            axes.text(answered, shown, count or "", ha="center", va="center", fontsize=7.5, **style)
    digits = range(len(confusion))
    axes.set(title="Confusion", xlabel="answer", ylabel="digit shown", xticks=digits, yticks=digits)


def _draw_reliability(
    axes: Any, certainties: NDArray[np.float64], labels: NDArray[np.integer[Any]]
) -> None:
    largest = certainties.max(axis=1)
    right = certainties.argmax(axis=1) == labels
    which = np.minimum((largest * _BINS).astype(np.intp), _BINS - 1)
    count = np.bincount(which, minlength=_BINS)
    shares = np.bincount(which, weights=right, minlength=_BINS) / np.maximum(count, 1)
    middles = (np.arange(_BINS) + 0.5) / _BINS
    axes.bar(middles, shares, width=0.9 / _BINS, color=LIGHT.blue, alpha=0.8)
    for middle, share, n in zip(middles, shares, count.tolist(), strict=True):
        if n:
            axes.text(middle, share + 0.015, f"{n:,}", ha="center", fontsize=7.5)
    axes.plot([0, 1], [0, 1], "--", color=_GREY)
    axes.set(
        title="Reliability",
        xlabel="confidence of the answer",
        ylabel="accuracy",
        xlim=(0, 1),
        ylim=(0, 1.08),
    )


def _figure(width: float, height: float) -> Figure:
    """Make an empty figure of so many inches, without a window."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained", dpi=150)


def _save(figure: Figure, path: Path, title: str) -> None:
    import matplotlib as mpl

    figure.suptitle(printable(title), parse_math=False)
    ending = path.suffix.lower()
    content = io.BytesIO()
    # The same plot gives the same file; text in an SVG stays text.
    same = mpl.rc_context({"svg.hashsalt": "digitnet", "svg.fonttype": "none"})
    with same, warnings.catch_warnings():
        # A path may have any letters; those that the font lacks are boxes.
        warnings.filterwarnings("ignore", "Glyph .* missing")
        figure.savefig(content, format=ending[1:], metadata=_SAYS[ending])
    with replacing(path, PictureError, MARKS[ending]) as file:
        file.write(content.getvalue())
