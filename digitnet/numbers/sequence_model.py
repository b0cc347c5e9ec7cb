"""The sequence model, which reads a line: each layer covers several places of the one below.

It is the essay's network, but a neuron's inputs are several places of the line side by side, and
the same weights serve at every place: a time-delay neural network (Waibel, Hanazawa, Hinton,
Shikano and Lang, IEEE Transactions on Acoustics, Speech, and Signal Processing 37, 1989).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import Final, NamedTuple

import numpy as np

from digitnet.model.npz import read_npz
from digitnet.nn.functions import Activation, Array, ReLU, Softmax
from digitnet.nn.network import Parameters
from digitnet.numbers.features import SIZE


class Layer(NamedTuple):
    """The size of a layer and its receptive field.

    Attributes
    ----------
    neurons : int
    places : int
        Places of the layer below in a neuron's input; an odd number.
    apart : int
        Distance between two of them, in places.
    """

    neurons: int
    places: int = 1
    apart: int = 1


LAYERS: Final = (Layer(96), Layer(144, 5, 2), Layer(192, 5, 2), Layer(11))
"""The layers of the bundled sequence model."""


def unfold(A: Array, layer: Layer) -> Array:
    """Several places side by side: S_t = [A_t, A_(t + apart), …, A_(t + (places - 1) apart)].

    Parameters
    ----------
    A : ndarray, shape (neurons, T)

    Returns
    -------
    ndarray, shape (places · neurons, T - (places - 1) apart)
    """
    _, places, apart = layer
    width = A.shape[1] - (places - 1) * apart
    return np.concatenate([A[:, i * apart :][:, :width] for i in range(places)])


class SequenceModel:
    """A^(n) = f(W^(n) · S^(n) + B^(n)), S^(n) = places of A^(n-1) side by side.

    f is ReLU, and softmax for the output. The weights are 0 until they are read or drawn.

    Parameters
    ----------
    layers : sequence of Layer
        The input of the first is :func:`digitnet.numbers.features.windows`.

    Attributes
    ----------
    W, B : list of ndarray
        W^(n) is (neurons, places · neurons below), B^(n) is (neurons, 1).
    """

    def __init__(self, layers: Sequence[Layer] = LAYERS) -> None:
        self.layers = tuple(layers)
        below = [SIZE, *(layer.neurons for layer in self.layers)]
        self.shapes = [
            (layer.neurons, layer.places * seen)
            for layer, seen in zip(self.layers, below, strict=False)
        ]
        self.parameters = Parameters(self.shapes)
        self.W, self.B = self.parameters.W, self.parameters.B
        self.fs: list[Activation] = [*[ReLU()] * (len(self.W) - 1), Softmax()]

    @property
    def reach(self) -> int:
        """Places on each side that an output depends on."""
        return sum((layer.places - 1) * layer.apart for layer in self.layers) // 2

    def forward(self, X: Array) -> list[Array]:
        """A of every layer.

        Parameters
        ----------
        X : ndarray, shape (SIZE, T)
            A place a column.

        Returns
        -------
        list of ndarray
            The last, shape (11, T - 2 reach), is ŷ of each place but those near the ends.
        """
        A = [X]
        for W, B, f, layer in zip(self.W, self.B, self.fs, self.layers, strict=True):
            Z = W @ unfold(A[-1], layer)
            Z += B
            A.append(f.f(Z, out=Z))
        return A[1:]

    def read(self, X: Array) -> Array:
        """ŷ of every place of a line, with paper beyond its ends: shape (T, 11).

        Parameters
        ----------
        X : ndarray, shape (T, SIZE)
        """
        padded = np.pad(X, ((self.reach, self.reach), (0, 0)))
        outputs: Array = self.forward(padded.T)[-1].T
        return outputs


@cache
def bundled_sequence_model() -> SequenceModel:
    """Load the bundled sequence model, a file of `tools.make_sequence_model`, once."""
    with as_file(files("digitnet") / "assets" / "lines.npz") as path:
        about, arrays = read_npz(path)
    network = SequenceModel([Layer(*layer) for layer in about["layers"]])
    for n, (W, B) in enumerate(zip(network.W, network.B, strict=True)):
        W[:], B[:] = arrays[f"W{n}"], arrays[f"B{n}"]
    return network
