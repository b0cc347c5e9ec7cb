"""Evaluation equals scikit-learn's metrics to the last digit."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    log_loss,
    precision_recall_fscore_support,
)

from digitnet.errors import DigitnetError
from digitnet.nn import evaluation
from digitnet.nn.evaluation import DigitScore, Evaluation, evaluate
from digitnet.nn.network import Network
from tests.helpers.labelled import Labelled, blobs


def answered(labels: list[int], answers: list[int], outputs: int = 10) -> Evaluation:
    return Evaluation(
        np.array(labels, np.intp),
        np.array(answers, np.intp),
        np.zeros((len(labels), outputs), np.float32),
        0.0,
    )


def random_answers(shown: list[int], given: list[int], seed: int) -> Evaluation:
    rng = np.random.default_rng(seed)
    labels = rng.choice(shown, 997)
    guesses = rng.choice(given, 997)
    right = (rng.random(997) < 0.7) & np.isin(labels, given)
    return answered(labels.tolist(), np.where(right, labels, guesses).tolist())


DIGITS = list(range(10))


@pytest.mark.parametrize(
    "result",
    [
        pytest.param(random_answers(DIGITS, DIGITS, 1), id="all digits"),
        pytest.param(
            random_answers(DIGITS, [0, 1, 2, 3, 5, 6, 7, 8], 2), id="4 and 9 never answered"
        ),
        pytest.param(random_answers([0, 1, 2, 3, 4, 6, 7, 8], DIGITS, 3), id="5 and 9 never shown"),
        pytest.param(random_answers([1, 2], [1, 2], 4), id="8 digits neither shown nor answered"),
        pytest.param(answered(DIGITS, DIGITS), id="all right"),
        pytest.param(answered(DIGITS, DIGITS[::-1]), id="all wrong"),
        pytest.param(answered([9], [9]), id="one digit"),
    ],
)
def test_every_score_equals_that_of_scikit_learn_to_the_last_digit(result: Evaluation) -> None:
    labels, answers = result.labels, result.answers
    scores = precision_recall_fscore_support(labels, answers, labels=DIGITS, zero_division=0)
    expected = [
        DigitScore(d, float(p), float(r), float(f1), int(n))
        for d, (p, r, f1, n) in enumerate(zip(*scores, strict=True))
    ]
    assert result.accuracy == accuracy_score(labels, answers)
    assert result.confusion.tolist() == confusion_matrix(labels, answers, labels=DIGITS).tolist()
    assert result.per_digit() == expected


def test_a_row_of_the_confusion_matrix_is_a_true_digit_and_a_column_an_answer() -> None:
    result = answered([0, 0, 0, 1, 2], [0, 1, 1, 1, 0], outputs=3)
    assert result.confusion.tolist() == [[1, 2, 0], [0, 1, 0], [1, 0, 0]]


def test_a_digit_never_answered_and_never_shown_scores_0_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        scores = answered([0, 1], [0, 0], outputs=3).per_digit()
    assert scores == [
        DigitScore(0, precision=0.5, recall=1.0, f1=2 / 3, support=1),
        DigitScore(1, precision=0.0, recall=0.0, f1=0.0, support=1),
        DigitScore(2, precision=0.0, recall=0.0, f1=0.0, support=0),
    ]


def test_an_evaluation_says_in_one_line_how_many_were_right() -> None:
    assert (
        repr(answered([0, 0, 1], [0, 1, 1])) == "Evaluation(66.67% of 3 digits right, cost 0.0000)"
    )


@pytest.fixture
def network() -> Network:
    return Network((12, 7, 10), cost="softmax-cross-entropy", rng=np.random.default_rng(1))


def outputs_of(network: Network, examples: Labelled) -> NDArray[np.floating]:
    return network.forward((examples.images / 255).astype(network.dtype).T).A[-1].T


def test_evaluate_gives_outputs_answers_labels_and_mean_cost(network: Network) -> None:
    examples = blobs(1234)
    result = evaluate(network, examples)
    outputs = outputs_of(network, examples)
    np.testing.assert_allclose(result.outputs, outputs, rtol=1e-5)
    np.testing.assert_array_equal(result.answers, result.outputs.argmax(axis=1))
    np.testing.assert_array_equal(result.labels, examples.labels)
    certainties = outputs / outputs.sum(axis=1, keepdims=True, dtype=np.float64)
    expected = log_loss(examples.labels, certainties, labels=DIGITS)
    assert result.cost == pytest.approx(expected, rel=1e-6)
    assert 0 < result.accuracy < 1


@pytest.mark.parametrize("batch", [1, 7, 1234, 5000])
def test_the_result_does_not_depend_on_how_many_are_evaluated_at_once(
    network: Network, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = blobs(1234)
    expected = evaluate(network, examples)
    monkeypatch.setattr(evaluation, "BATCH", batch)
    found = evaluate(network, examples)
    np.testing.assert_allclose(found.outputs, expected.outputs, rtol=1e-5)
    np.testing.assert_array_equal(found.answers, expected.answers)
    assert found.cost == pytest.approx(expected.cost, rel=1e-6)


def test_evaluating_moves_no_weight(network: Network) -> None:
    before = network.parameters.vector.copy()
    evaluate(network, blobs(50))
    np.testing.assert_array_equal(network.parameters.vector, before)


def test_a_network_in_float64_is_evaluated_in_float64() -> None:
    network = Network((12, 10), rng=np.random.default_rng(1), dtype=np.float64)
    examples = blobs(20)
    result = evaluate(network, examples)
    assert result.outputs.dtype == np.float64
    np.testing.assert_allclose(result.outputs, outputs_of(network, examples), rtol=1e-13)


def test_labels_without_an_output_are_refused_with_the_range() -> None:
    network = Network((12, 3), rng=np.random.default_rng(0))
    for labels, found in (([0, 3, 1], "0 to 3"), ([-1, 2, 1], "-1 to 2")):
        with pytest.raises(DigitnetError) as caught:
            evaluate(network, Labelled(blobs(3).images, np.array(labels)))
        assert str(caught.value) == (
            "The labels do not fit the network.\n"
            f"Expected labels from 0 to 2, found {found}.\n"
            "Make the network with an output for each label."
        )


@pytest.mark.parametrize("misfit", [blobs(0), blobs(5, pixels=784)])
def test_digits_that_do_not_fit_the_network_are_refused(network: Network, misfit: Labelled) -> None:
    with pytest.raises(DigitnetError):
        evaluate(network, misfit)
