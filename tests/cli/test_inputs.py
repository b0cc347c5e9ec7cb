"""digitnet with a network that sees the directions of strokes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.errors import TrainingError
from digitnet.images.form.inputs import directions_drawn
from digitnet.learning.plan import teach
from digitnet.learning.session import Session
from digitnet.model.weights import load_weights, save_weights
from digitnet.nn.recipe import Recipe
from tests.helpers.commands import here

RUN = (
    "train", "--dataset", "sample", "--seed", "1", "--preset", "best", "--inputs", "directions",
    "--epochs", "2",
)  # fmt: skip


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("trained") / "model.npz"
    done = here(*RUN, "--model", str(path))
    assert done.code == 0
    assert done.err.startswith("Training 392-15-10 on 3,500 digits of sample for 2 epochs;")
    return path


def test_a_file_says_what_its_network_sees_and_is_read_so(trained: Path, tmp_path: Path) -> None:
    model = load_weights(trained)
    assert (model.inputs, model.network.sizes) == ("directions", (392, 15, 10))
    assert model.about["recipe"]["inputs"] == "directions"
    assert "392-15-10" in repr(model)
    assert "directions" in repr(model)
    save_weights(tmp_path / "again.npz", model)
    images = model.prepare(load_sample().test.images[:50])
    again = load_weights(tmp_path / "again.npz")
    assert np.array_equal(again.answer(images), model.answer(images))
    scored = here("eval", "--dataset", "sample", "--model", str(trained), "--json")
    accuracy = json.loads(scored.out)["accuracy"]
    assert accuracy == pytest.approx(model.accuracy)
    assert accuracy > 0.9


def test_what_is_shown_and_saved_as_seen_are_the_directions(trained: Path, tmp_path: Path) -> None:
    digit = load_sample().test.images[3]
    picture = tmp_path / "digit.png"
    Image.fromarray(255 - digit).resize((140, 140)).save(picture)
    model = str(trained)
    stages = str(tmp_path / "stages")
    done = here("predict", str(picture), "--model", model, "--show", "--save-stages", stages)
    assert done.code == 0
    seen = np.asarray(Image.open(tmp_path / "stages" / "digit-seen.png"))
    form = np.asarray(Image.open(tmp_path / "stages" / "digit-form.png"))
    assert np.array_equal(seen, directions_drawn(load_weights(trained).prepare(form[None])[0]))


def test_a_network_of_directions_is_not_taught_pixels(trained: Path) -> None:
    with pytest.raises(TrainingError) as refused:
        teach(load_weights(trained), inputs="pixels")
    assert (refused.value.what, refused.value.found) == (
        "A trained network cannot go on with other inputs.",
        "Expected directions, found pixels.",
    )


def test_inputs_of_no_known_name_are_refused() -> None:
    with pytest.raises(TrainingError) as refused:
        Session(load_sample(), Recipe(inputs="colours"), seed=1)
    assert refused.value.what == "There is no kind of input named 'colours'."


def test_robust_learns_on_the_command_line_what_other_hands_write_and_what_is_no_digit(
    tmp_path: Path,
) -> None:
    path = tmp_path / "model.npz"
    done = here(
        "train", "--dataset", "sample", "--seed", "1", "--preset", "robust", "--epochs", "1",
        "--written", "0.1", "--model", str(path),
    )  # fmt: skip
    assert done.code == 0
    # 3,500 of the sample and a tenth as many that are written stroke by stroke.
    assert done.err.startswith("Training 392-15-10 on 3,850 digits of sample for 1 epoch;")
    assert "It is good for digits as people of many countries write them.\n" in done.err
    recipe = load_weights(path).about["recipe"]
    assert (recipe["written"], recipe["nothing"]) == (0.1, 0.2)
    resumed = here("train", "--resume", "--epochs", "2", "--model", str(path))
    assert (resumed.code, load_weights(path).about["epochs"]) == (0, 2)
    refused = here("train", "--nothing", "0.1", "--preset", "best", "--model", str(path))
    assert (refused.code, refused.err) == (
        1,
        "Error: --nothing 0.1 cannot be used.\n"
        "  Expected 0 with a softmax: its outputs sum to 1, found 0.1.\n"
        "  Choose another value for --nothing.\n",
    )
