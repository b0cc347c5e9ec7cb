"""Reports: the first epoch has several, and to ask for them changes nothing."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from digitnet.errors import TrainingError
from digitnet.learning.engine import Training
from digitnet.learning.progress import next_reports
from digitnet.model.history import EpochReport
from digitnet.nn.evaluation import evaluate
from digitnet.nn.network import Network
from tests.helpers.labelled import Labelled, blobs
from tests.helpers.runs import plain

VALIDATION = blobs(40, seed=2)


def run(count: int = 3200, activation: str = "sigmoid", rate: float = 0.5) -> Training:
    """100 steps an epoch."""
    network = Network((12, 7, 10), activation, rng=np.random.default_rng(1))
    recipe = plain(epochs=3, activation=activation, learning_rate=rate, schedule="linear")
    rng = np.random.default_rng(5)
    return Training(network, blobs(count), recipe, rng=rng, validation=VALIDATION)


def test_there_is_one_before_the_first_step_and_four_within_the_first_epoch() -> None:
    training = run()
    found: list[EpochReport] = []
    taken: list[int] = []
    for report in training.reports():
        assert report.validation_accuracy == evaluate(training.network, VALIDATION).accuracy
        found.append(report)
        taken.append(training.progress.step)
    assert [r.epoch for r in found] == [0, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 3]
    steps = [0, 7, 13, 25, 50, 100, 200, 300]  # the first with which the share is reached
    assert taken == steps
    assert [r.whole for r in found] == [False] * 5 + [True] * 3


def test_the_cost_is_that_of_the_first_thousand_and_then_of_the_epoch_so_far() -> None:
    training = run()
    examples = training.examples
    first = Labelled(examples.images[:1000], examples.labels[:1000])
    untrained = evaluate(training.network, first).cost
    found = [report.cost for report in islice(training.reports(), 6)]
    assert found[0] == untrained
    assert found[1:] == sorted(found[1:], reverse=True)
    assert found[5] == next(run().epochs()).cost


def test_who_asks_for_all_reports_gets_the_weights_of_who_asks_for_epochs() -> None:
    often, seldom = run(), run()
    assert len(list(often.reports())) == 8
    assert [report.epoch for report in seldom.epochs()] == [1, 2, 3]
    one, other = (training.network.parameters.vector for training in (often, seldom))
    assert one.tobytes() == other.tobytes()
    assert often.rng.bit_generator.state == seldom.rng.bit_generator.state


@pytest.mark.parametrize("asked", range(1, 8))
def test_who_stops_asking_may_go_on_with_no_report_left_out_or_told_twice(asked: int) -> None:
    whole, part = run(), run()
    expected = [report.epoch for report in whole.reports()]
    found = [report.epoch for report in islice(part.reports(), asked)]
    if asked == 1:  # before the first step: the same network is there still
        found = []
    found += [report.epoch for report in part.reports()]
    assert found == expected
    one, other = (training.network.parameters.vector for training in (whole, part))
    assert one.tobytes() == other.tobytes()


def test_what_a_reader_does_between_two_reports_takes_no_time_of_the_training() -> None:
    training = run()
    now = 0.0
    training.clock = lambda: now
    seconds = []
    for report in training.reports():
        seconds.append(report.seconds)
        now += 60
    assert seconds == [0.0] * 8


@pytest.mark.parametrize(
    ("step", "steps", "expected"),
    [
        (0, 1600, {100: 1 / 16, 200: 1 / 8, 400: 1 / 4, 800: 1 / 2, 1600: 1}),
        (100, 1600, {200: 1 / 8, 400: 1 / 4, 800: 1 / 2, 1600: 1}),
        (1600, 1600, {3200: 1}),
        (1700, 1600, {3200: 1}),
        (0, 3, {1: 1 / 4, 2: 1 / 2, 3: 1}),
        (0, 1, {1: 1}),
    ],
)
def test_shares_that_end_with_one_step_are_one_report(
    step: int, steps: int, expected: dict[int, float]
) -> None:
    assert next_reports(step, steps) == expected


def test_of_a_first_epoch_without_end_there_is_no_report_but_the_error() -> None:
    training = run(activation="relu", rate=1e30)
    found: list[EpochReport] = []
    with pytest.raises(TrainingError, match=r"The training diverged in epoch 1\."):
        found.extend(training.reports())
    assert [report.epoch for report in found] == [0]
