"""Early stopping: the best weights so far, and how many epochs ago they were found."""

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
    epoch : int
        The epoch that gave them, counted from 1.
    waited : int
        Epochs since then.
    """

    def __init__(self, vector: Array) -> None:
        self.vector = vector.copy()
        self.accuracy = -1.0
        self.epoch = 0
        self.waited = 0

    def see(self, accuracy: float, vector: Array, epoch: int) -> None:
        """Take an epoch's result; of two that are equal, the earlier is kept."""
        if accuracy > self.accuracy:
            self.vector[:] = vector
            self.accuracy, self.epoch, self.waited = accuracy, epoch, 0
        else:
            self.waited += 1
