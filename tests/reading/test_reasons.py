"""Why a digit was read so: sums that come out, and ink that is known to matter."""

from __future__ import annotations

import numpy as np
import pytest

from digitnet.datasets.mnist import load_sample
from digitnet.model.digit import read_forms
from digitnet.model.model import Model, bundled_model
from digitnet.nn.network import Network
from digitnet.reading.reasons import Voice, reasons


@pytest.mark.parametrize("name", ["small", "large"])
def test_what_the_neurons_say_adds_up_to_z_of_the_two_best_answers(name: str) -> None:
    model = bundled_model(name)
    for digit in read_forms(model, load_sample().test.images[:5]):
        found = reasons(model, digit)
        best = np.argsort(digit.certainties)[::-1]
        assert (found.winner, found.runner_up) == tuple(best[:2])
        assert len(found.voices) == model.network.sizes[1]
        for place in (0, 1):
            total = sum(voice[2 + place] for voice in found.voices) + found.biases[place]
            assert total == pytest.approx(found.z[place], abs=1e-3)
        leads = [abs(voice.lead) for voice in found.voices]
        assert leads == sorted(leads, reverse=True)


def test_ink_that_speaks_for_the_winner_is_above_0_and_against_it_below() -> None:
    """Output 3 looks for ink on the left, 5 on the right, and the left of the picture has more."""
    network = Network((784, 10), "sigmoid")
    network.parameters.vector[:] = 0
    weights = network.W[0].reshape(10, 28, 28)
    weights[3, :, :14] = weights[5, :, 14:] = 0.01
    model = Model(network)
    form = np.zeros((28, 28), np.uint8)
    form[4:24, 5] = 255
    form[8:20, 22] = 255
    (digit,) = read_forms(model, form[np.newaxis])
    found = reasons(model, digit)
    assert (found.winner, found.runner_up, found.voices) == (3, 5, [])
    assert found.z == pytest.approx((0.2, 0.12))
    strokes = found.strokes
    assert strokes.shape == (28, 28)
    # The middle of a stroke: a square of 5 hides 5 of its pixels, each worth 0.01.
    assert strokes[14, 5] == pytest.approx(0.05, abs=1e-6)
    assert strokes[14, 22] == pytest.approx(-0.05, abs=1e-6)
    assert strokes[4, 7] == pytest.approx(0.03, abs=1e-6)  # at its end, and at the square's
    assert (strokes[:, 8:20] == 0).all()
    assert (strokes[:2] == 0).all()


def test_the_model_and_the_digit_stay_as_they_are() -> None:
    model = bundled_model("small")
    (digit,) = read_forms(model, load_sample().test.images[:1])
    vector, seen = model.network.parameters.vector.copy(), digit.seen.copy()
    reasons(model, digit)
    np.testing.assert_array_equal(model.network.parameters.vector, vector)
    np.testing.assert_array_equal(digit.seen, seen)


def test_the_lead_of_a_neuron_is_what_it_adds_to_the_winner_more_than_to_the_runner_up() -> None:
    assert Voice(3, 0.5, winner=2.0, runner_up=0.75).lead == 1.25
    assert Voice(3, 0.5, winner=-1.0, runner_up=0.5).lead == -1.5
