"""What scikit-learn expects of a classifier: which rows and classes it takes, and which errors.

Nothing of scikit-learn is imported before it, or someone who has it, asks for it.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digitnet.errors import DigitnetError

Rows = NDArray[np.float64]


class RowsError(DigitnetError, ValueError):
    """Invalid features or classes."""


def rows_of(X: ArrayLike) -> Rows:
    """Finite features as float64, shape (examples, features); copied only if needed.

    Raises
    ------
    RowsError
        If they are sparse, complex, of another shape, empty, or not finite.
    """
    if hasattr(X, "tocsr"):
        raise _not_rows("a sparse matrix", "Make it dense: X.toarray().")
    found = np.asarray(X)
    if np.iscomplexobj(found):
        raise _not_rows("complex data. Complex data not supported", "Give real numbers.")
    if found.ndim != 2:
        advice = "Reshape your data: X.reshape(len(X), -1) for pictures, (-1, 1) for one feature."
        raise _not_rows(f"an array of {found.ndim} dimensions", advice)
    examples, features = found.shape
    if not examples:
        none = f"0 sample(s) (shape={found.shape}) while a minimum of 1 is required"
        raise _not_rows(none, "Give an example or more.")
    if not features:
        none = f"0 feature(s) (shape={found.shape}) while a minimum of 1 is required"
        raise _not_rows(none, "Give a feature or more.")
    rows = found.astype(np.float64, copy=False)
    if not np.isfinite(rows).all():
        raise _not_rows("NaN or infinity (inf) among them", "Replace them, or leave them out.")
    return rows


def classes_of(y: ArrayLike | None, examples: int) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """The sorted classes, and the index of each example's class.

    Raises
    ------
    RowsError
        If there are none, only one, not one for each example, or they are not classes.
    """
    if y is None:
        raise RowsError(
            "A classifier requires y to be passed, but the target y is None.",
            "Expected the class of each example, found none.",
            "Give as many classes as examples: fit(X, y).",
        )
    found = np.asarray(y)
    if found.shape == (examples, 1):
        found = found.ravel()
    if found.shape != (examples,):
        raise RowsError(
            "Examples and classes do not belong together.",
            f"Expected {examples} classes, one for each example, found shape {found.shape}.",
            "Give as many classes as examples.",
        )
    if found.dtype.kind == "f" and not (np.isfinite(found).all() and (found % 1 == 0).all()):
        raise RowsError(
            "Unknown label type: continuous.",
            "Expected classes, found numbers with a fraction, NaN or infinity.",
            "Give whole numbers or texts; a network that fits a curve is digitnet.Network.",
        )
    classes, places = np.unique(found, return_inverse=True)
    if len(classes) < 2:
        raise RowsError(
            "There is only one class to learn.",
            f"Expected two classes or more, found one class: {classes[0]}.",
            "Give examples of another class, too.",
        )
    return classes, places


def _not_rows(found: str, advice: str) -> RowsError:
    return RowsError(
        "X cannot be used.",
        f"Expected 2D array of finite numbers, an example a row, found {found}.",
        advice,
    )


def classifier_tags() -> Any:
    """scikit-learn 1.6's tags: a classifier of dense, finite features."""
    from sklearn.utils import ClassifierTags, Tags, TargetTags  # noqa: PLC0415

    return Tags(
        estimator_type="classifier",
        target_tags=TargetTags(required=True),
        classifier_tags=ClassifierTags(),
    )


def not_fitted(kind: str) -> Exception:
    """Make the error for an unfitted classifier: scikit-learn's own, if that is imported."""
    what = f"This {kind} instance is not fitted yet."
    if "sklearn" in sys.modules:
        from sklearn.exceptions import NotFittedError  # noqa: PLC0415

        error: Exception = NotFittedError(f"{what} Call 'fit' with examples first.")
        return error
    return RowsError(what, "Expected a network that has learned, found none.", "Call fit first.")


def column_warning() -> Warning:
    """Warn of classes in a column: as scikit-learn does, if that is imported."""
    message = "A column-vector y was passed when a 1d array was expected: give y.ravel()."
    if "sklearn" in sys.modules:
        from sklearn.exceptions import DataConversionWarning  # noqa: PLC0415

        warning: Warning = DataConversionWarning(message)
        return warning
    return UserWarning(message)
