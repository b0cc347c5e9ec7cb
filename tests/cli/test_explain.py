"""digitnet explain: the example, a curve and a picture, as their user sees them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from digitnet.cli.show import console
from digitnet.datasets.mnist import load_sample
from digitnet.nn.worked import CURVES
from tests.helpers.commands import here, process, save_constant
from tests.helpers.pictures import page, png

EXAMPLE = """\
The essay's network: one input, one neuron, one output
  x = 1, target y = 0, f(z) = 1 / (1 + e^-z), c = (ŷ - y)²
  w0 = 0.5, b0 = 1, w1 = 1, b1 = 0

Forward
  z0 = w0 · x + b0 = 0.5 · 1 + 1 = 1.500
  a0 = f(z0) = 0.818
  z1 = w1 · a0 + b1 = 1 · 0.818 + 0 = 0.818
  ŷ = a1 = f(z1) = 0.694
  c = (ŷ - y)² = 0.481

Backward: the chain rule, link by link
  ∂c/∂a1 = 2 (a1 - y) = 1.387
  ∂a1/∂z1 = f'(z1) = a1 (1 - a1) = 0.212
  v1 = ∂c/∂z1 = 0.212 · 1.387 = 0.295
  ∂c/∂w1 = v1 · a0 = 0.241
  ∂c/∂b1 = v1 = 0.295
  ∂a0/∂z0 = f'(z0) = a0 (1 - a0) = 0.149
  v0 = ∂c/∂z0 = 0.149 · w1 · v1 = 0.0440
  ∂c/∂w0 = v0 · x = 0.0440
  ∂c/∂b0 = v0 = 0.0440

The same by central differences: (c(w + h) - c(w - h)) / 2h

  weight   chain rule   difference
 ──────────────────────────────────
      w0   0.04396730   0.04396730
      b0   0.04396730   0.04396730
      w1   0.24101506   0.24101506
      b1   0.29479279   0.29479279

One step: w ← w - α ∂c/∂w, with α = 1
  w0 ← 0.5 - 1 · 0.0440 = 0.456
  b0 ← 1 - 1 · 0.0440 = 0.956
  w1 ← 1 - 1 · 0.241 = 0.759
  b1 ← 0 - 1 · 0.295 = -0.295
  ŷ = 0.578
  c = 0.334, before 0.481

Gradient descent on x² - 2x + 1.5 from x = -1; the minimum is at x = 1
  α = 1:   -1, 3, -1, 3, -1, … for ever
  α = 0.1: -1, -0.6, -0.28, -0.024, 0.181, …
           after 60 steps 0.999997

"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def bare(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def test_alone_it_tells_the_essays_example_in_the_networks_numbers() -> None:
    code, out, err = here("explain")
    assert (code, err) == (0, "")
    assert bare(out) == EXAMPLE


def test_its_json_holds_the_same_numbers() -> None:
    told = json.loads(here("explain", "--json").out)
    assert told["cost"] == pytest.approx(0.481, abs=1e-3)
    assert told["cost_after"] == pytest.approx(0.334, abs=1e-3)
    assert told["gradient"] == pytest.approx(told["differences"], rel=1e-6)
    assert told["after"] == pytest.approx(
        {"w0": 0.456, "b0": 0.956, "w1": 0.759, "b1": -0.295}, abs=1e-3
    )
    assert told["descent"]["1"] == [-1, 3, -1, 3, -1]
    assert told["descent"]["0.1"][-1] == pytest.approx(1, abs=1e-5)


def test_without_utf_8_the_letters_are_ascii(folder: Path) -> None:
    done = process(folder, "explain", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert done.code == 0
    assert done.out.isascii()
    assert "?" not in done.out
    assert "  v1 = dc/dz1 = 0.212 * 1.387 = 0.295\n" in done.out
    assert "  alpha = 0.1: -1, -0.6" in done.out


@pytest.mark.parametrize("columns", [30, 40])
def test_on_narrow_terminals_lines_break_between_words(
    monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    seven = load_sample().test.images[np.flatnonzero(load_sample().test.labels == 7)[3]]
    Path("7.png").write_bytes(png(seven, True).getvalue())
    monkeypatch.setattr(console.out, "_width", columns)
    for args in ((), ("2^x",), ("7.png", "--model", "small")):
        code, out, _ = here("explain", *args)
        assert code == 0
        # A picture of 28 pixels is drawn whole.
        widest = max(columns, 28) if len(args) == 3 else columns
        assert max(len(line.rstrip()) for line in out.splitlines()) <= widest


@pytest.mark.parametrize("name", ["2^x", "abs"])
def test_a_curve_is_drawn_before_it_is_learned_and_after(name: str) -> None:
    code, out, err = here("explain", name)
    assert (code, err) == (0, "")
    words, before, after = out.split(f"· {name}  ● ")
    assert " ".join(words.split()).startswith(
        f"A network of 1 input, 8 neurons and 1 output learns {name} from 41 points."
    )
    assert before.startswith("the network after 10 steps\n")
    assert after.startswith("the network after 5,000 steps\n")
    # Where the network lies on the curve, its mark covers the curve's.
    assert before.count("·") > 30
    assert after.count("·") < 12
    assert before.count("●") == after.count("●") == 72
    errors = re.findall(r"^ +([\d,]+) +(\d\.\d{3}) *$", out, re.MULTILINE)
    assert [step for step, _ in errors] == ["0", "10", "100", "1,000", "5,000"]
    assert float(errors[-1][1]) < float(errors[0][1]) / 10


def test_its_json_holds_the_largest_errors() -> None:
    told = json.loads(here("explain", "sin", "--json").out)
    assert (told["curve"], told["neurons"]) == ("sin", 8)
    errors = list(told["largest_error"].values())
    assert list(told["largest_error"]) == ["0", "10", "100", "1000", "5000"]
    assert errors == sorted(errors, reverse=True)


def test_the_help_names_every_curve() -> None:
    assert f"Curves: {', '.join(CURVES)}." in " ".join(here("explain", "--help").out.split())


def test_a_picture_is_explained_by_its_neurons_and_its_strokes() -> None:
    seven = load_sample().test.images[np.flatnonzero(load_sample().test.labels == 7)[3]]
    Path("seven.png").write_bytes(png(seven, True).getvalue())
    code, out, err = here("explain", "seven.png")
    assert code == 0
    assert "Read by the bundled small model" in err
    words = " ".join(out.split())
    assert re.search(r"seven\.png: 7 \d+\.\d% confidence", words)
    assert "its activation a times its weight." in words
    heads = re.search(r"neuron +a +for 7 +for (\d) +lead", out)
    assert heads
    rows = re.findall(r"^ +(\d+|bias)(?: +-?\d+\.\d\d)? +([-+]?\d+\.\d\d) +\S+ +\S+ *$", out, re.M)
    assert [name for name, _ in rows][-1] == "bias"
    assert sorted(int(name) for name, _ in rows[:-1]) == list(range(15))
    z = re.search(r"z of 7 is (-?\d+\.\d\d), z of \d is -?\d+\.\d\d: \d+\.\d\d more\.", words)
    assert z
    assert sum(float(number) for _, number in rows) == pytest.approx(float(z[1]), abs=0.1)
    assert f"+ # for 7, - = for {heads[1]}. By occlusion: a square of 5 × 5" in words
    told = json.loads(here("explain", "seven.png", "--model", "small", "--json").out)
    assert (told["file"], told["digit"], told["runner_up"]) == ("seven.png", 7, int(heads[1]))
    assert f"{told['z'][0]:.2f}" == z[1]
    assert len(told["neurons"]) == 15
    assert np.shape(told["strokes"]) == (28, 28)


def test_a_model_without_hidden_neurons_and_one_of_300(monkeypatch: pytest.MonkeyPatch) -> None:
    digit = load_sample().test.images[0]
    Path("a.png").write_bytes(png(digit, True).getvalue())
    _, out, _ = here("explain", "a.png", "--model", "large")
    assert "285 others" in out
    monkeypatch.setattr(console.out, "_width", 40)
    _, out, _ = here("explain", "a.png", "--model", "large")
    assert re.search(r"^285 others\n  for \d .*\n  for \d .*\n  lead .*\nbias\n  for", out, re.M)
    save_constant(Path("m.npz"))
    code, out, _ = here("explain", "a.png", "--model", "m.npz")
    assert code == 0
    assert "z of 3 is 1.39, z of " in " ".join(out.split())


def test_what_is_neither_a_picture_nor_a_curve_is_told() -> None:
    done = here("explain", "3^x")
    assert done == (
        1,
        "",
        "Error: There is no picture 3^x, and no curve of that name.\n"
        "  Expected a file, or one of 2^x, x^2-2x+1.5, sin, abs, x^3; found neither.\n"
        "  Check the name.\n",
    )


def test_several_digits_are_not_explained_at_once() -> None:
    Path("three.png").write_bytes(page(7, 1, 4).getvalue())
    done = here("explain", "three.png")
    assert (done.code, done.out) == (1, "")
    assert "three.png holds several digits, and one is explained at a time." in done.err


@pytest.mark.parametrize("args", [(), ("2^x",)])
def test_a_model_where_there_is_no_picture_is_wrong_usage(args: tuple[str, ...]) -> None:
    done = here("explain", *args, "--model", "small")
    assert (done.code, done.out) == (2, "")
    assert "A model explains a picture." in done.err
