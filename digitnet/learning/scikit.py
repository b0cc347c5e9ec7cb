"""What scikit-learn wants to know of a classifier, without needing scikit-learn.

Nothing here is imported before scikit-learn, or someone who has it, asks for it.
"""

from __future__ import annotations

import inspect
import sys
from typing import Any, Protocol

from digitnet.learning.rows import RowsError


class Parametrised(Protocol):
    """What has its parameters as attributes of the same names."""

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Parameters by name."""


def parameters_of(estimator: object) -> dict[str, Any]:
    """Return the parameters of the constructor and what they are now."""
    names = inspect.signature(type(estimator)).parameters
    return {name: getattr(estimator, name) for name in names}


def set_parameters(estimator: object, values: dict[str, Any]) -> None:
    """Set parameters of the constructor anew.

    Raises
    ------
    RowsError
        If there is none of that name.
    """
    known = parameters_of(estimator)
    for name, value in values.items():
        if name not in known:
            kind = type(estimator).__name__
            raise RowsError(
                f"Invalid parameter {name!r} for estimator {kind}.",
                f"Expected one of: {', '.join(known)}.",
                "Choose one of these.",
            )
        setattr(estimator, name, value)


def classifier_tags() -> Any:
    """Say that it is a classifier of dense rows of finite numbers, as scikit-learn 1.6 asks."""
    from sklearn.utils import ClassifierTags, Tags, TargetTags  # noqa: PLC0415

    return Tags(
        estimator_type="classifier",
        target_tags=TargetTags(required=True),
        classifier_tags=ClassifierTags(),
    )


def not_fitted(kind: str) -> Exception:
    """Make the error of asking before fitting: scikit-learn's own, where that is in use."""
    what = f"This {kind} instance is not fitted yet."
    if "sklearn" in sys.modules:
        from sklearn.exceptions import NotFittedError  # noqa: PLC0415

        error: Exception = NotFittedError(f"{what} Call 'fit' with examples first.")
        return error
    return RowsError(what, "Expected a network that has learned, found none.", "Call fit first.")


def column_warning() -> Warning:
    """Warn of classes in a column: as scikit-learn does, where that is in use."""
    said = "A column-vector y was passed when a 1d array was expected: give y.ravel()."
    if "sklearn" in sys.modules:
        from sklearn.exceptions import DataConversionWarning  # noqa: PLC0415

        warning: Warning = DataConversionWarning(said)
        return warning
    return UserWarning(said)
