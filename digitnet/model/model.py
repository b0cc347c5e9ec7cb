"""A trained network with all that must be known to use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitnet.images.form.inputs import INPUTS
from digitnet.images.form.moments import MomentTargets, moment_normalise
from digitnet.model.certainty import Certainty
from digitnet.model.html import neurons_html
from digitnet.nn.functions import Array
from digitnet.nn.network import Network


@dataclass(frozen=True)
class Model:
    """A trained network, and how a picture is prepared for it and its answer understood.

    Attributes
    ----------
    network : Network
    normalisation : MomentTargets or None
        How a picture is prepared; None: MNIST's form as it is.
    certainty : Certainty
        How outputs become certainties, fitted on validation digits.
    about : mapping
        Where it comes from, as JSON: recipe, seed, data set with its hash, scores.
    inputs : str
        What the network sees of a prepared picture: "pixels" or "orientations".
    """

    network: Network
    normalisation: MomentTargets | None = None
    certainty: Certainty = field(default_factory=Certainty)
    about: Mapping[str, Any] = field(default_factory=dict)
    inputs: str = "pixels"

    @property
    def accuracy(self) -> float | None:
        """Share of right test digits, or of validation digits; None: nothing was ever scored."""
        scores = self.about.get("scores")
        told = scores if isinstance(scores, Mapping) else {}
        for kind in ("test_accuracy", "validation_accuracy"):
            if isinstance(told.get(kind), (int, float)):
                return float(told[kind])
        return None

    def prepare(self, images: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Bring pictures in MNIST's form to what the network sees, as it was trained.

        Parameters
        ----------
        images : ndarray of uint8, shape (N, 28, 28)
            Light ink on a dark ground.

        Returns
        -------
        ndarray of uint8, shape (N, 28, 28)
            Normalised by their moments; the same array for a model of raw pixels.
        """
        if self.normalisation is None:
            return images
        return moment_normalise(images, self.normalisation)

    def shown(self, images: NDArray[np.uint8]) -> Array:
        """Numbers that the network is shown of prepared pictures, shape (N, inputs)."""
        return INPUTS[self.inputs].of(images)

    def answer(self, images: NDArray[np.uint8]) -> Array:
        """Outputs of the network for prepared pictures, shape (N, 10)."""
        X = self.shown(images).astype(self.network.dtype).T
        outputs: Array = self.network.forward(X).A[-1].T
        return outputs

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
