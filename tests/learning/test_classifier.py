"""The network as scikit-learn's classifiers are used, with scikit-learn and without."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_digits
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator

from digitnet import NetworkClassifier
from digitnet.errors import DigitnetError, TrainingError
from digitnet.learning.scikit import RowsError
from tests.helpers.commands import environment

X, Y = load_digits(return_X_y=True)


@pytest.mark.filterwarnings("ignore:Estimator NetworkClassifier does not inherit:UserWarning")
def test_it_passes_the_estimator_checks_of_scikit_learn() -> None:
    done = check_estimator(NetworkClassifier(), on_skip=None, on_fail=None)
    failed = {one["check_name"]: one["exception"] for one in done if one["status"] == "failed"}
    assert failed == {}
    passed = [one["check_name"] for one in done if one["status"] == "passed"]
    assert len(passed) >= 40
    assert {"check_classifiers_train", "check_estimators_pickle"} <= set(passed)


def test_it_reads_scikit_learns_digits() -> None:
    classifier = NetworkClassifier().fit(X[:1200], Y[:1200])
    assert classifier.score(X[1200:], Y[1200:]) > 0.91
    shares = classifier.predict_proba(X[1200:])
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert np.array_equal(shares.argmax(axis=1), classifier.predict(X[1200:]))
    assert classifier.network_.sizes == (64, 15, 10)


def test_classes_may_be_words() -> None:
    words = np.array(["even", "odd"])[Y % 2]
    classifier = NetworkClassifier(hidden=(20,)).fit(X[:600], words[:600])
    assert classifier.classes_.tolist() == ["even", "odd"]
    assert classifier.score(X[600:900], words[600:900]) > 0.85


def test_the_same_seed_gives_the_same_weights_and_another_gives_others() -> None:
    few = X[:200], Y[:200]
    one, again, other = (
        NetworkClassifier(epochs=3, random_state=seed).fit(*few) for seed in (1, 1, 2)
    )
    assert np.array_equal(one.network_.parameters.vector, again.network_.parameters.vector)
    assert not np.array_equal(one.network_.W[0], other.network_.W[0])
    kept = pickle.loads(pickle.dumps(one))
    assert np.array_equal(kept.predict_proba(X), one.predict_proba(X))


def test_it_stands_in_pipelines_searches_and_cross_validation() -> None:
    pipeline = make_pipeline(StandardScaler(), NetworkClassifier(epochs=5))
    assert cross_val_score(pipeline, X[:600], Y[:600], cv=3).mean() > 0.7
    search = GridSearchCV(NetworkClassifier(epochs=5), {"hidden": [(2,), (30,)]}, cv=2)
    assert search.fit(X[:400], Y[:400]).best_params_ == {"hidden": (30,)}


def test_parameters_are_read_set_and_copied() -> None:
    classifier = NetworkClassifier(hidden=(7, 5)).set_params(epochs=2)
    assert clone(classifier).get_params() == classifier.get_params()
    assert repr(classifier).startswith("NetworkClassifier(hidden=(7, 5), activation='sigmoid', ")
    with pytest.raises(RowsError, match="Invalid parameter 'neurons' for estimator"):
        classifier.set_params(neurons=3)
    with pytest.raises(TrainingError, match="activation sinus cannot be used"):
        NetworkClassifier(activation="sinus").fit(X[:20], Y[:20])


@pytest.mark.parametrize(
    ("rows", "classes", "said"),
    [
        (X[:20, 0], Y[:20], "found an array of 1 dimensions"),
        (X[:20].reshape(20, 8, 8), Y[:20], "found an array of 3 dimensions"),
        (X[:0], Y[:0], "found 0 sample"),
        (np.where(X[:20] == 5, np.nan, X[:20]), Y[:20], "found NaN or infinity"),
        (X[:20], Y[:19], "Expected 20 classes, one for each example, found shape"),
        (X[:20], Y[:20] + 0.5, "Expected classes, found numbers with a fraction"),
        (X[:20], Y[:20] * 0, "Expected two classes or more, found one class: 0"),
    ],
)
def test_rows_that_cannot_be_learned_are_refused_in_three_parts(
    rows: Any, classes: Any, said: str
) -> None:
    with pytest.raises(ValueError, match=said) as caught:
        NetworkClassifier().fit(rows, classes)
    assert isinstance(caught.value, DigitnetError)
    assert len(str(caught.value).splitlines()) == 3


def test_what_has_not_learned_gives_no_answer() -> None:
    with pytest.raises(NotFittedError, match="This NetworkClassifier instance is not fitted yet"):
        NetworkClassifier().predict(X)


def test_it_works_where_there_is_no_scikit_learn(tmp_path: Path) -> None:
    code = """
import sys, warnings
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "sklearn":
            raise ImportError(name)
sys.meta_path.insert(0, Refuse())
import numpy as np
from digitnet import NetworkClassifier, load_sample
test = load_sample().test
rows = test.images.reshape(len(test), -1)
classifier = NetworkClassifier(epochs=10)
try:
    classifier.predict(rows)
except ValueError as error:
    print(str(error).splitlines()[0])
with warnings.catch_warnings(record=True) as told:
    classifier.fit(rows, test.labels[:, np.newaxis])
print(told[0].category.__name__, classifier.score(rows, test.labels) > 0.8)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == [
        "This NetworkClassifier instance is not fitted yet.",
        "UserWarning True",
    ]
