"""The network as a scikit-learn classifier: fit, predict, predict_proba, score."""

from __future__ import annotations

import inspect
import warnings
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digitnet.learning import scikit
from digitnet.learning.engine import Training
from digitnet.learning.scikit import Rows, RowsError, classes_of, rows_of
from digitnet.model.certainty import Certainty
from digitnet.model.recipe import Recipe
from digitnet.nn.batches import Labelled
from digitnet.nn.network import Network


class NetworkClassifier:
    """The essay's network as a classifier for any features, in 64 bits.

    Its defaults are those of `digitnet.Recipe`; small sets have few mini-batches and may need more
    epochs. It works in scikit-learn's pipelines and searches and passes its
    estimator checks; it does not need scikit-learn. For pictures of digits, `digitnet.Plan` and
    `digitnet.read` do more: they normalise position, size and slant.

    Parameters
    ----------
    hidden : tuple of int
        Neurons of each hidden layer.
    activation, cost, optimizer, schedule : str
        As in `digitnet.Recipe`.
    learning_rate : float
        α at the start.
    epochs : int
        Passes over the examples.
    batch_size : int
        Examples whose gradients are averaged for one step.
    l2 : float
        Weight decay per step, times α.
    random_state : int
        Seed of the first weights and of the order of the examples.

    Attributes
    ----------
    classes_ : ndarray, shape (classes,)
        The classes, in order.
    network_ : Network
        The trained network, with an output for each class.
    n_features_in_ : int
        Number of features.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - scikit-learn expects every parameter by itself
        self,
        hidden: tuple[int, ...] = Recipe.hidden,
        activation: str = Recipe.activation,
        cost: str = Recipe.cost,
        optimizer: str = Recipe.optimizer,
        schedule: str = Recipe.schedule,
        learning_rate: float = Recipe.learning_rate,
        epochs: int = Recipe.epochs,
        batch_size: int = Recipe.batch_size,
        l2: float = Recipe.l2,
        random_state: int = 0,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.cost = cost
        self.optimizer = optimizer
        self.schedule = schedule
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size
        self.l2 = l2
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: ArrayLike) -> NetworkClassifier:
        """Train on examples and their classes.

        The features are standardised together, to mean 0 and standard deviation 1.

        Parameters
        ----------
        X : array-like, shape (examples, features)
        y : array-like, shape (examples,)
            Their classes: whole numbers or texts.

        Raises
        ------
        RowsError
            A ValueError, if the examples are invalid.
        TrainingError
            If a parameter is out of its range, or the training diverges.
        """
        rows = rows_of(X)
        self.classes_, places = classes_of(y, len(rows))
        if np.asarray(y).ndim > 1:
            warnings.warn(scikit.column_warning(), stacklevel=2)
        self.n_features_in_ = rows.shape[1]
        self._middle, self._spread = float(rows.mean()), float(rows.std()) or 1.0
        recipe = Recipe(**{k: v for k, v in self.get_params().items() if k != "random_state"})
        rng = np.random.default_rng(self.random_state)
        sizes = (self.n_features_in_, *recipe.hidden, len(self.classes_))
        self.network_ = Network(sizes, recipe.activation, recipe.cost, rng, np.float64)
        examples = Labelled(self._scaled(rows), places)
        for _ in Training(self.network_, examples, recipe, rng=rng).epochs():
            pass
        return self

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The class of each example: that of the largest output, shape (examples,)."""
        places = self._outputs(X).argmax(axis=1)
        classes: NDArray[Any] = self.classes_[places]
        return classes

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """p_i = a_i / Σ_j a_j for the outputs a, shape (examples, classes)."""
        return Certainty().of(self._outputs(X))

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """Accuracy, 0 to 1."""
        return float(np.mean(self.predict(X) == np.asarray(y)))

    def get_params(self, deep: bool = True) -> dict[str, Any]:  # noqa: ARG002 - none is nested
        """Parameters by name."""
        names = inspect.signature(type(self)).parameters
        return {name: getattr(self, name) for name in names}

    def set_params(self, **values: Any) -> NetworkClassifier:
        """Set parameters by name.

        Raises
        ------
        RowsError
            If there is none of that name.
        """
        known = self.get_params()
        for name, value in values.items():
            if name not in known:
                raise RowsError(
                    f"Invalid parameter {name!r} for estimator {type(self).__name__}.",
                    f"Expected one of: {', '.join(known)}.",
                    "Choose one of these.",
                )
            setattr(self, name, value)
        return self

    def __sklearn_tags__(self) -> Any:
        return scikit.classifier_tags()

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        return f"NetworkClassifier({given})"

    def _outputs(self, X: ArrayLike) -> NDArray[np.float64]:
        """Outputs for examples, shape (examples, classes)."""
        if not hasattr(self, "network_"):
            raise scikit.not_fitted(type(self).__name__)
        rows = rows_of(X)
        if rows.shape[1] != self.n_features_in_:
            raise RowsError(
                f"X has {rows.shape[1]} features, but NetworkClassifier is expecting "
                f"{self.n_features_in_} features as input.",
                f"Expected rows as those that were learned, found {rows.shape[1]} numbers in each.",
                "Give the same features, in the same order.",
            )
        return self.network_.forward(self._scaled(rows).T).A[-1].T.astype(np.float64)

    def _scaled(self, rows: Rows) -> Rows:
        return (rows - self._middle) / self._spread
