"""A trained model: a network with everything that is needed to use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.inputs import INPUTS
from digitnet.images.form.moments import MomentTargets, moment_normalise
from digitnet.model.certainty import Certainty
from digitnet.model.html import confusion_html, neurons_html
from digitnet.model.weights import read_weights, write_weights
from digitnet.nn.batches import Examples, Labelled
from digitnet.nn.evaluation import Evaluation, evaluate
from digitnet.nn.functions import Array
from digitnet.nn.network import Network

BUNDLED: Final = {"small": "digitnet.npz", "large": "large.npz"}
"""File of each bundled model: small has the essay's 15 neurons, large has 300."""


class ModelEvaluation(Evaluation):
    """An evaluation that notebooks show as its confusion matrix."""

    def _repr_html_(self) -> str:
        """Draw it in a notebook."""
        return confusion_html(self)


@dataclass(frozen=True)
class Model:
    """A trained network, with the normalisation of its inputs and the calibration of its outputs.

    Attributes
    ----------
    network : Network
    normalisation : MomentTargets or None
        How digits are normalised; None: MNIST's form without normalisation.
    certainty : Certainty
        Calibration of the outputs, fitted on validation digits.
    about : mapping
        Its provenance, as JSON: recipe, seed, data set with its hash, scores.
    inputs : str
        Kind of input: "pixels" or "orientations".
    """

    network: Network
    normalisation: MomentTargets | None = None
    certainty: Certainty = field(default_factory=Certainty)
    about: Mapping[str, Any] = field(default_factory=dict)
    inputs: str = "pixels"

    @classmethod
    def load(cls, path: Path | str) -> Model:
        """Read a model file, of this version or an older one.

        The whole file is checked before it is used, and no code in it is executed.

        Raises
        ------
        WeightsError
            If the file is missing, damaged, of another program or of a newer version.
        """
        return cls(**read_weights(Path(path)))

    def save(self, path: Path | str) -> None:
        """Write a model file, completely or not at all; its folder is created if needed.

        Raises
        ------
        WeightsError
            If the folder cannot be written, the disk is full, or the existing file is not a model.
        """
        write_weights(Path(path), **vars(self))

    @property
    def accuracy(self) -> float | None:
        """Test accuracy, or else validation accuracy; None without either."""
        scores = self.about.get("scores")
        told = scores if isinstance(scores, Mapping) else {}
        for kind in ("test_accuracy", "validation_accuracy"):
            if isinstance(told.get(kind), (int, float)):
                return float(told[kind])
        return None

    def prepare(self, images: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Normalise pictures in MNIST's form as the training digits were.

        Parameters
        ----------
        images : ndarray of uint8, shape (N, 28, 28)
            Light ink on a dark ground.

        Returns
        -------
        ndarray of uint8, shape (N, 28, 28)
            Normalised by their moments; the same array without normalisation.
        """
        if self.normalisation is None:
            return images
        return moment_normalise(images, self.normalisation)

    def shown(self, images: NDArray[np.uint8]) -> Array:
        """Inputs of the network for prepared pictures, shape (N, inputs)."""
        return INPUTS[self.inputs].of(images)

    def answer(self, images: NDArray[np.uint8]) -> Array:
        """Outputs of the network for prepared pictures, shape (N, 10)."""
        X = self.shown(images).astype(self.network.dtype).T
        outputs: Array = self.network.forward(X).A[-1].T
        return outputs

    def predict(self, images: NDArray[np.uint8]) -> NDArray[np.intp]:
        """The answer to each picture, which is the digit of the largest output: shape (N,).

        Parameters
        ----------
        images : ndarray of uint8, shape (N, 28, 28)
            In MNIST's form: light ink on a dark ground.
        """
        places: NDArray[np.intp] = self.answer(self.prepare(images)).argmax(axis=1)
        return places

    def evaluate(self, digits: Examples, *, prepared: bool = False) -> ModelEvaluation:
        """Answer every digit and compare with its label.

        Parameters
        ----------
        digits : Examples
            N labelled pictures, uint8 of shape (N, 28, 28): light ink on a dark ground.
        prepared : bool
            Whether `prepare` has already been applied to them.

        Raises
        ------
        TrainingError
            If there are no digits or they do not fit.
        """
        images = np.asarray(digits.images)
        seen = Labelled(images if prepared else self.prepare(images), digits.labels)
        return ModelEvaluation(**vars(evaluate(self.network, seen, self.shown)))

    def _repr_html_(self) -> str:
        """Draw its neurons in a notebook."""
        return neurons_html(repr(self), self.network.W, self.inputs)

    def __repr__(self) -> str:
        network = repr(self.network).removeprefix("Network(").removesuffix(")")
        facts = [network, "raw pixels" if self.normalisation is None else "normalised"]
        facts += [self.inputs] * (self.inputs != "pixels")
        scores = self.about.get("scores")
        if isinstance(scores, Mapping) and "test_accuracy" in scores:
            facts.append(
                f"{scores['test_accuracy']:.2%} of {self.about.get('dataset')}'s test digits"
            )
        return f"Model({', '.join(facts)})"


def bundled_model(name: str = "small") -> Model:
    """Load a bundled model.

    Parameters
    ----------
    name : str
        ``small`` or ``large``.

    Raises
    ------
    KeyError
        If there is none of that name.
    """
    with as_file(files("digitnet") / "assets" / BUNDLED[name]) as path:
        return Model.load(path)
