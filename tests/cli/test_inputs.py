"""digitnet with a network that sees orientation features."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitnet.datasets.mnist import load_sample
from digitnet.errors import TrainingError
from digitnet.images.form.inputs import orientations_drawn
from digitnet.learning.plan import teach
from digitnet.model.model import Model
from digitnet.model.recipe import Recipe
from tests.helpers.commands import here

RUN = (
    "train", "--dataset", "sample", "--seed", "1", "--preset", "best", "--inputs", "orientations",
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
    model = Model.load(trained)
    assert (model.inputs, model.network.sizes) == ("orientations", (392, 15, 10))
    assert model.about["recipe"]["inputs"] == "orientations"
    assert "392-15-10" in repr(model)
    assert "orientations" in repr(model)
    model.save(tmp_path / "again.npz")
    images = model.prepare(load_sample().test.images[:50])
    again = Model.load(tmp_path / "again.npz")
    assert np.array_equal(again.answer(images), model.answer(images))
    scored = here("eval", "--dataset", "sample", "--model", str(trained), "--json")
    accuracy = json.loads(scored.out)["accuracy"]
    assert accuracy == pytest.approx(model.accuracy)
    assert accuracy > 0.9


def test_what_is_shown_and_saved_as_seen_is_orientations(trained: Path, tmp_path: Path) -> None:
    digit = load_sample().test.images[3]
    picture = tmp_path / "digit.png"
    Image.fromarray(255 - digit).resize((140, 140)).save(picture)
    model = str(trained)
    stages = str(tmp_path / "stages")
    done = here("predict", str(picture), "--model", model, "--show", "--save-stages", stages)
    assert done.code == 0
    seen = np.asarray(Image.open(tmp_path / "stages" / "digit-seen.png"))
    form = np.asarray(Image.open(tmp_path / "stages" / "digit-form.png"))
    assert np.array_equal(seen, orientations_drawn(Model.load(trained).prepare(form[None])[0]))


def test_a_network_of_orientations_is_not_taught_pixels(trained: Path) -> None:
    with pytest.raises(TrainingError) as refused:
        teach(Model.load(trained), inputs="pixels")
    assert (refused.value.what, refused.value.found) == (
        "A trained network cannot go on with other inputs.",
        "Expected orientations, found pixels.",
    )


def test_inputs_of_no_known_name_are_refused() -> None:
    with pytest.raises(TrainingError) as refused:
        Recipe(inputs="colours")
    assert str(refused.value) == (
        "inputs colours cannot be used.\n"
        "Expected one of pixels, orientations, found colours.\n"
        "Choose another value for inputs."
    )


@pytest.mark.parametrize("older", [True, False])
def test_options_are_taken_by_their_older_names_too(tmp_path: Path, older: bool) -> None:
    path = tmp_path / "model.npz"
    names = (
        ("--continental", "--written", "--coarse", "--nothing", "directions")
        if older
        else ("--european", "--drawn", "--low-resolution", "--non-digits", "orientations")
    )
    given = [word for name in names[:-1] for word in (name, "0.1")]
    done = here(
        "train", "--dataset", "sample", "--epochs", "1", *given, "--inputs", names[-1],
        "--model", str(path),
    )  # fmt: skip
    assert done.code == 0
    recipe = Recipe.of(Model.load(path).about["recipe"])
    assert recipe == Recipe(
        epochs=1,
        european=0.1,
        drawn=0.1,
        low_resolution=0.1,
        non_digits=0.1,
        inputs="orientations",
    )


def test_older_names_are_not_shown() -> None:
    shown = here("train", "--help").out
    assert "--low-resolution" in shown
    assert not {"--coarse", "--written", "--continental", "--nothing"} & set(shown.split())


def test_robust_learns_on_the_command_line_what_others_write_and_what_is_no_digit(
    tmp_path: Path,
) -> None:
    path = tmp_path / "model.npz"
    done = here(
        "train", "--dataset", "sample", "--seed", "1", "--preset", "robust", "--epochs", "1",
        "--drawn", "0.1", "--model", str(path),
    )  # fmt: skip
    assert done.code == 0
    # 3,500 of the sample and a tenth as many that are drawn from strokes.
    assert done.err.startswith("Training 392-15-10 on 3,850 digits of sample for 1 epoch;")
    assert "Works on digits as people of many countries write them.\n" in done.err
    recipe = Model.load(path).about["recipe"]
    assert (recipe["drawn"], recipe["non_digits"]) == (0.1, 0.2)
    resumed = here("train", "--resume", "--epochs", "2", "--model", str(path))
    assert (resumed.code, Model.load(path).about["epochs"]) == (0, 2)
    refused = here("train", "--non-digits", "0.1", "--preset", "best", "--model", str(path))
    assert (refused.code, refused.err) == (
        1,
        "Error: --non-digits 0.1 cannot be used.\n"
        "  Expected 0 with a softmax: its outputs sum to 1, found 0.1.\n"
        "  Choose another value for --non-digits.\n",
    )
