"""Early stopping: the best weights so far, and how long ago they were."""

from __future__ import annotations

from digitnet.nn.functions import Array


class Best:
    """The weights of the best validation accuracy (Prechelt, "Early stopping", 1998).

    Parameters
    ----------
    vector : ndarray
        Weights to begin with, as `Parameters.vector`; copied.

    Attributes
    ----------
    vector : ndarray
        The best weights.
    accuracy : float
        Their validation accuracy; -1 before any.
    waited : int
        Epochs since then.
    """

    def __init__(self, vector: Array) -> None:
        self.vector = vector.copy()
        self.accuracy = -1.0
        self.waited = 0

    def see(self, accuracy: float, vector: Array) -> None:
        """Take an epoch's result; of two equals the earlier is kept."""
        if accuracy > self.accuracy:
            self.vector[:] = vector
            self.accuracy, self.waited = accuracy, 0
        else:
            self.waited += 1
