"""digitnet eval, as its user sees it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sklearn import metrics

from digitnet.datasets.mnist import load_sample
from digitnet.model.digit import read_forms
from digitnet.model.model import Model
from tests.helpers.commands import here, process, read_by, save_constant

SCORES = """\
                                                  
  digit   precision    recall       F1   support  
 ──────────────────────────────────────────────── 
      0       0.00%     0.00%    0.00%       100  
      1       0.00%     0.00%    0.00%       100  
      2       0.00%     0.00%    0.00%       100  
      3      10.00%   100.00%   18.18%       100  
      4       0.00%     0.00%    0.00%       100  
      5       0.00%     0.00%    0.00%       100  
      6       0.00%     0.00%    0.00%       100  
      7       0.00%     0.00%    0.00%       100  
      8       0.00%     0.00%    0.00%       100  
      9       0.00%     0.00%    0.00%       100  
                                                  
Rows: the digit shown. Columns: the answer.
     0   1   2   3   4   5   6   7   8   9
0    ·   ·   · 100   ·   ·   ·   ·   ·   ·
1    ·   ·   · 100   ·   ·   ·   ·   ·   ·
2    ·   ·   · 100   ·   ·   ·   ·   ·   ·
3    ·   ·   · 100   ·   ·   ·   ·   ·   ·
4    ·   ·   · 100   ·   ·   ·   ·   ·   ·
5    ·   ·   · 100   ·   ·   ·   ·   ·   ·
6    ·   ·   · 100   ·   ·   ·   ·   ·   ·
7    ·   ·   · 100   ·   ·   ·   ·   ·   ·
8    ·   ·   · 100   ·   ·   ·   ·   ·   ·
9    ·   ·   · 100   ·   ·   ·   ·   ·   ·

The worst mistakes
"""  # noqa: W291, W293

# The cost by hand: Σ a² is 0.66, and on average Σ (a - y)² = 0.66 + 1 - 2 · Σ a / 10 = 1.46.
HEAD = """\
model        [m].npz
test digits  1,000 of sample
accuracy     10.00%
cost         1.4600
mistakes     900, 0 of them called unsure
unsure       0 of all 1,000 answers
"""

NOTE = "The sample is from MNIST's training set: the model may have been trained on it.\n"


@pytest.mark.parametrize("columns", ["60", "80"])
def test_scores_confusion_and_mistakes_are_shown(tmp_path: Path, columns: str) -> None:
    save_constant(tmp_path / "[m].npz")
    labels = load_sample().test.labels
    mistakes = "".join(
        f"  test digit {i:>5}: {'an' if labels[i] == 8 else 'a'} {labels[i]} "
        "read as 3, 80.0% confidence\n"
        for i in np.flatnonzero(labels != 3)[:5]
    )
    args = ("eval", "--dataset", "sample", "--model", "[m].npz")
    done = process(tmp_path, *args, COLUMNS=columns)
    assert done == (0, HEAD + SCORES + mistakes, read_by("[m].npz") + NOTE)


def test_an_ascii_terminal_gets_ascii(tmp_path: Path) -> None:
    save_constant(tmp_path / "m.npz")
    args = ("eval", "--dataset", "sample", "--model", "m.npz")
    code, out, err = process(tmp_path, *args, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (code, err) == (0, read_by("m.npz") + NOTE)
    assert out.isascii()
    assert "?" not in out


def test_json_agrees_with_scikit_learn_to_the_last_digit(
    model_file: Path, sample_model: Model
) -> None:
    code, out, err = here("eval", "--dataset", "sample", "--model", str(model_file), "--json")
    assert (code, err.count("\n"), out.count("\n")) == (0, 2, 1)  # which model reads
    found = json.loads(out)
    test = load_sample().test
    digits = read_forms(sample_model, test.images)
    answers = [digit.digit for digit in digits]
    wrong = test.labels != np.array(answers)
    unsure = np.array([digit.why is not None for digit in digits])
    precision, recall, f1, support = metrics.precision_recall_fscore_support(test.labels, answers)
    assert found.pop("cost") > 0
    per_digit = found.pop("per_digit")
    assert found == {
        "accuracy": metrics.accuracy_score(test.labels, answers),
        "count": 1000,
        "dataset": "sample",
        "confusion": metrics.confusion_matrix(test.labels, answers).tolist(),
        "mistakes": sum(wrong),
        "mistakes_unsure": sum(wrong & unsure),
        "unsure": sum(unsure),
    }
    assert [score["digit"] for score in per_digit] == list(range(10))
    assert [score["precision"] for score in per_digit] == precision.tolist()
    assert [score["recall"] for score in per_digit] == recall.tolist()
    assert [score["f1"] for score in per_digit] == pytest.approx(f1.tolist(), abs=1e-15)
    assert [score["support"] for score in per_digit] == support.tolist()


def test_the_score_is_the_one_that_the_training_told(model_file: Path, sample_model: Model) -> None:
    _, out, err = here("eval", "--dataset", "sample", "--model", str(model_file))
    accuracy = sample_model.about["scores"]["test_accuracy"]
    assert re.search(rf"^accuracy +{accuracy:.2%} *$", out, re.MULTILINE)
    assert err.startswith(
        f"Read by {model_file} (784-15-10, {accuracy:.2%} of sample's test digits)."
    )


def test_without_a_mirror_the_sample_stands_in_with_a_warning(tmp_path: Path) -> None:
    save_constant(tmp_path / "m.npz")
    code, out, err = process(tmp_path, "eval", "--model", "m.npz", "--json")
    assert (code, json.loads(out)["dataset"]) == (0, "sample")
    assert err.startswith(
        f"{read_by('m.npz')}MNIST is missing: train-images-idx3-ubyte could not be downloaded"
    )
    assert err.endswith(NOTE)


def test_a_perfect_model_shows_no_mistakes(tmp_path: Path, model_file: Path) -> None:
    folder = tmp_path / "own"
    (folder / "3").mkdir(parents=True)
    image = load_sample().test.images[int(np.flatnonzero(load_sample().test.labels == 3)[0])]
    Image.fromarray(image).save(folder / "3" / "[a].png")
    save_constant(model_file)
    code, out, _ = here("eval", str(folder), "--model", str(model_file))
    assert code == 0
    assert "accuracy     100.00%" in out
    assert "mistakes     0, 0 of them called unsure" in out
    assert "worst mistakes" not in out
