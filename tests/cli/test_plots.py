"""--plot of train and eval: a whole file, and what is missing is told before the work."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.helpers.commands import here, refused, save_constant

TRAIN = ("train", "--dataset", "sample", "--epochs", "2", "--seed", "1")
EVAL = ("eval", "--dataset", "sample", "--model", "model.npz")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save_constant(Path("model.npz"))


@pytest.fixture
def _matplotlib() -> None:
    pytest.importorskip("matplotlib", reason="pip install digitnet[plot]")


@pytest.mark.usefixtures("_matplotlib")
@pytest.mark.parametrize(
    ("args", "ending", "begins"),
    [
        pytest.param(TRAIN, "png", b"\x89PNG", marks=pytest.mark.slow),
        pytest.param(TRAIN, "svg", b"<?xml", marks=pytest.mark.slow),
        pytest.param(TRAIN, "pdf", b"%PDF", marks=pytest.mark.slow),
        (EVAL, "png", b"\x89PNG"),
        pytest.param(EVAL, "svg", b"<?xml", marks=pytest.mark.slow),
        pytest.param(EVAL, "pdf", b"%PDF", marks=pytest.mark.slow),
    ],
)
def test_a_plot_is_written_and_written_again_over_its_own(
    args: tuple[str, ...], ending: str, begins: bytes
) -> None:
    path = Path(f"plot.{ending}")
    for _ in range(2):
        assert here(*args, "--plot", str(path)).code == 0
        assert path.read_bytes().startswith(begins)
    path.write_bytes(begins + b" of somebody")
    done = here(*args, "--plot", str(path))
    assert done.code == 1
    assert f"{path} is not a " in done.err
    assert path.read_bytes() == begins + b" of somebody"


@pytest.mark.usefixtures("_matplotlib")
def test_the_plot_of_a_run_says_what_it_shows() -> None:
    assert here(*TRAIN, "--plot", "learned.svg").code == 0
    learned = Path("learned.svg").read_text(encoding="utf-8")
    for words in ("784-15-10 on sample", "Cost", "Validation accuracy", "1/16", "epochs"):
        assert f">{words}<" in learned, words
    assert ">0.5<" in learned  # a tick between the powers of ten


@pytest.mark.usefixtures("_matplotlib")
def test_the_plot_of_answers_says_what_it_shows_and_again_the_same() -> None:
    for name in ("answered.svg", "again.svg"):
        assert here(*EVAL, "--plot", name).code == 0
    answered = Path("answered.svg").read_text(encoding="utf-8")
    title = "model.npz: 10.00% of 1,000 digits of sample"
    for words in (title, "Confusion", "Reliability", "digit shown", "confidence of the answer"):
        assert f">{words}<" in answered, words
    assert answered.count(">100<") == 10  # every digit was answered as 3
    assert Path("again.svg").read_text(encoding="utf-8") == answered


@pytest.mark.usefixtures("_matplotlib")
def test_without_validation_digits_there_is_the_cost_alone() -> None:
    assert here(*TRAIN, "--validation", "0", "--plot", "alone.svg").code == 0
    alone = Path("alone.svg").read_text(encoding="utf-8")
    assert ">Cost<" in alone
    assert "Validation accuracy" not in alone


@pytest.mark.usefixtures("_matplotlib")
def test_a_name_in_another_script_or_of_signs_is_a_name() -> None:
    save_constant(Path("$x_0$ 数字.npz"))
    done = here(*EVAL[:3], "--model", "$x_0$ 数字.npz", "--plot", "a.svg")
    assert done.code == 0
    assert "$x_0$ 数字.npz: 10.00%" in Path("a.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("args", [TRAIN, EVAL], ids=["train", "eval"])
def test_without_matplotlib_it_is_said_before_the_work_what_to_install(
    monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    for name in ("matplotlib", "matplotlib.figure"):
        monkeypatch.setitem(sys.modules, name, None)
    assert refused(*args, "--plot", "plot.png") == [
        "Error: A plot needs matplotlib.",
        "  Expected it to be installed, found no such package.",
        "  Install it: pip install digitnet[plot]",
    ]
    assert not Path("models").exists()


@pytest.mark.parametrize(("name", "found"), [("plot.gif", ".gif"), ("plot", "no ending")])
@pytest.mark.parametrize("args", [TRAIN, EVAL], ids=["train", "eval"])
def test_an_unknown_ending_is_refused_before_the_work(
    args: tuple[str, ...], name: str, found: str
) -> None:
    assert refused(*args, "--plot", name) == [
        f"Error: {name}: a plot cannot be written under this name.",
        f"  Expected a name that ends in .png or .svg or .pdf, found {found}.",
        f"  Choose another name, such as {Path(name).stem}.png.",
    ]


@pytest.mark.usefixtures("_matplotlib")
def test_a_folder_that_cannot_be_made_is_told_before_the_work() -> None:
    Path("file").touch()
    first, *_ = refused(*TRAIN, "--plot", "file/plot.png")
    assert first == "Error: file/plot.png cannot be written."
