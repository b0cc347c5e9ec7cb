"""The history of a run: what it holds, its file, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitnet.errors import WeightsError
from digitnet.model.history import MOST_REPORTS, EpochReport, History
from digitnet.model.history_file import as_json, history_path, load_history, save_history
from digitnet.model.model import Model
from digitnet.nn.network import Network
from tests.helpers.damage import read_all, rewrite, with_about

EPOCHS = (0, 1 / 16, 1 / 2, 1, 2)


def network(*sizes: int, seed: int = 1) -> Network:
    return Network(sizes or (5, 3, 2), rng=np.random.default_rng(seed))


def history(of: Network, epochs: tuple[float, ...] = EPOCHS) -> History:
    """A run in which every weight grows by 1 from report to report."""
    found = History.of(of, "pixels")
    for n, epoch in enumerate(epochs):
        report = EpochReport(epoch, 1 / (n + 1), None if n % 2 else n / 10, 0.5 * n)
        found = found.seen(report, of.parameters.vector + n)
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "m.history.npz"
    save_history(path, history(network()))
    return path


def test_the_file_is_one_text_and_the_weights_stacked_along_the_moments(path: Path) -> None:
    found = read_all(path)
    about = json.loads(str(found.pop("about")))
    assert found.pop("history") == 1
    assert about == {
        "version": 1,
        "layers": [5, 3, 2],
        "activation": "sigmoid",
        "inputs": "pixels",
        "reports": [
            {"epoch": 0, "cost": 1.0, "validation_accuracy": 0.0, "seconds": 0.0},
            {"epoch": 1 / 16, "cost": 1 / 2, "validation_accuracy": None, "seconds": 0.5},
            {"epoch": 1 / 2, "cost": 1 / 3, "validation_accuracy": 0.2, "seconds": 1.0},
            {"epoch": 1, "cost": 1 / 4, "validation_accuracy": None, "seconds": 1.5},
            {"epoch": 2, "cost": 1 / 5, "validation_accuracy": 0.4, "seconds": 2.0},
        ],
        "weights": "",
    }
    net = network()
    for n, (W, B) in enumerate(zip(net.W, net.B, strict=True)):
        for name, array in ((f"W{n}", W), (f"B{n}", B)):
            stacked = found.pop(name)
            assert stacked.dtype == np.float16
            moments = np.stack([array + moment for moment in range(5)])
            np.testing.assert_array_equal(stacked, moments.astype(np.float16))
    assert not found


def test_what_was_written_is_read(path: Path) -> None:
    made, found = history(network()), load_history(path)
    assert as_json(found) == as_json(made)
    assert found.vectors is not None
    np.testing.assert_array_equal(found.vectors, made.vectors)
    assert [W.shape for W in found.W] == [(5, 3, 5), (5, 2, 3)]
    assert [B.shape for B in found.B] == [(5, 3, 1), (5, 2, 1)]
    assert repr(found) == "History(5-3-2, 5 reports to epoch 2)"


def test_of_a_network_of_more_than_50_000_weights_the_reports_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "m.history.npz"
    save_history(path, history(network(784, 63, 10)))  # 50,095
    found = load_history(path)
    assert (found.vectors, found.W, found.B) == (None, [], [])
    assert len(found.reports) == 5
    assert history(network(784, 62, 10)).vectors is not None  # 49,300


def test_a_report_told_again_replaces_what_came_of_it_before() -> None:
    net = network()
    again = history(net).seen(EpochReport(1 / 2, 9.0, None, 0.0), net.parameters.vector)
    assert [moment.epoch for moment in again.reports] == [0, 1 / 16, 1 / 2]
    assert again.reports[-1] == EpochReport(1 / 2, 9.0, None, 0.0)
    assert again.vectors is not None
    np.testing.assert_array_equal(again.vectors[-1], net.parameters.vector.astype(np.float16))


def test_of_a_long_run_the_beginning_and_the_end_are_kept_and_ever_less_between() -> None:
    epochs = (0, 1 / 16, 1 / 8, 1 / 4, 1 / 2, *range(1, 1001))
    found = history(network(), epochs)
    kept = [moment.epoch for moment in found.reports]
    assert len(kept) <= MOST_REPORTS
    assert kept[:5] == list(epochs[:5])
    assert kept[-3:] == [998, 999, 1000]
    gaps = np.diff(kept[5:])
    assert list(gaps) == sorted(gaps, reverse=True)
    assert found.vectors is not None
    assert len(found.vectors) == len(kept)


def test_weights_beyond_16_bits_are_kept_as_the_largest() -> None:
    net = network()
    net.W[0][0, 0], net.B[1][1, 0] = 1e6, -1e6
    found = history(net, (0,))
    assert (found.W[0][0, 0, 0], found.B[1][0, 1, 0]) == (65504, -65504)


def test_a_history_fits_the_very_weights_it_led_to() -> None:
    net = network()
    model = Model(net)
    found = history(net).led_to(net)
    assert found.fits(model)
    assert not found.fits(Model(net, inputs="orientations"))
    assert not found.fits(Model(network(seed=2)))
    assert not replace(found, weights="").fits(Model(network(5, 4, 2)))


def test_it_lies_beside_the_model() -> None:
    assert history_path(Path("a/digitnet.npz")) == Path("a/digitnet.history.npz")


def refusal(path: Path) -> str:
    # Not pytest.raises, whose record of the exception keeps a file that NumPy left open.
    try:
        load_history(path)
    except WeightsError as error:
        return error.found
    pytest.fail(f"{path} was read")


def moment(**changes: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def change(about: dict[str, Any]) -> dict[str, Any]:
        first, *others = about["reports"]
        return about | {"reports": [first | changes, *others]}

    return change


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda about: about | {"version": 2}, "version 2, not one of 1"),
        (lambda about: about | {"version": True}, "version True, not one of 1"),
        (lambda about: about | {"layers": [5, 4, 2]}, "arrays "),
        (lambda about: about | {"activation": "none"}, "activation 'none', not one of "),
        (lambda about: about | {"inputs": 3}, "inputs 3, not one of "),
        (lambda about: about | {"more": 3}, "more 3, not one of "),
        (lambda about: about | {"reports": about["reports"][:-1]}, "arrays "),
        (lambda about: about | {"reports": about["reports"][::-1]}, "reports "),
        (moment(cost=float("nan")), "reports[0].cost nan, not a number from 0 on"),
        (moment(seconds=-1.0), "reports[0].seconds -1.0, not a number from 0 on"),
        (moment(epoch="1"), "reports[0].epoch '1', not a number from 0 on"),
        (moment(validation_accuracy=2), "reports[0].validation_accuracy 2, not "),
    ],
)
def test_facts_that_cannot_be_are_refused(
    path: Path, change: Callable[[dict[str, Any]], dict[str, Any]], found: str
) -> None:
    with_about(path, change)
    assert refusal(path).startswith(f"Expected a history of a network, found {found}")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda arrays: arrays | {"W0": arrays["W0"].astype(np.float32)}, "float32"),
        (lambda arrays: arrays | {"W0": arrays["W0"][:4]}, "(4, 3, 5)"),
        (lambda arrays: arrays | {"W0": arrays["W0"] * np.inf}, "finite"),
        (lambda arrays: arrays | {"W7": arrays["W0"]}, "arrays "),
        (lambda arrays: {n: a for n, a in arrays.items() if n != "B1"}, "B1"),
        (lambda arrays: {"about": arrays["about"]}, "weights of the reports None"),
    ],
    ids=["dtype", "shape", "infinity", "too many", "too few", "none"],
)
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_arrays_that_do_not_fit_are_refused(
    path: Path, change: Callable[[dict[str, Any]], dict[str, Any]], found: str
) -> None:
    rewrite(path, change)
    assert found in refusal(path)


def test_another_file_is_no_history(model_file: Path) -> None:
    assert refusal(model_file).startswith("Expected a history of a network, found ")


@pytest.mark.parametrize("kept", [0, 1, 100, -1])
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_a_truncated_file_is_refused(path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    assert refusal(path).startswith("Expected a whole .npz file of plain arrays, found ")
