"""The README's examples are run as they stand, and what the documents name is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from digitnet import Model, Plan, load_sample, preset
from tests.helpers.commands import here

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
)
LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\]]*)\]\((?P<target>[^)]+)\)")


def example(n: int) -> str:
    """The n-th example."""
    text = README.read_text(encoding="utf-8")
    found = re.findall(r"<!-- example.*?```python\n(.*?)```", text, re.DOTALL)
    return str(found[n])


def output(code: str, folder: Path) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    return run.stdout.splitlines()


def weights(path: Path) -> bytes:
    return Model.load(path).network.parameters.vector.tobytes()


def test_the_first_example_trains_as_the_command_does_and_reads_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = example(0)
    assert len(code.strip().splitlines()) <= 11
    test = load_sample().test
    Image.fromarray(255 - test.images[7]).resize((280, 280)).save(tmp_path / "seven.png")
    *epochs, accuracy, read = output(code, tmp_path)
    assert [line.split()[0] for line in epochs] == [str(n) for n in range(1, 16)]
    assert float(accuracy) > 0.93
    assert read == str(test.labels[7])
    monkeypatch.chdir(tmp_path)
    options = ("--dataset", "sample", "--seed", "1", "--model", "command.npz")
    done = here("train", "--json", *options)
    assert done.code == 0
    assert f'"test_accuracy": {accuracy}' in done.out
    assert weights(Path("digits.npz")) == weights(Path("command.npz"))


def test_the_second_example_stops_goes_on_and_teaches_ones_own_digits(tmp_path: Path) -> None:
    (tmp_path / "my-digits").mkdir()
    test = load_sample().test
    for n in range(50):
        name = tmp_path / "my-digits" / f"{test.labels[n]}_{n}.png"
        Image.fromarray(255 - test.images[n]).save(name)
    first, *accuracies, own = output(example(1), tmp_path)
    assert first == str(list(range(4, 16)))
    assert all(float(accuracy) > 0.9 for accuracy in accuracies)
    assert len(accuracies) == 2
    assert float(own) >= 0.7
    whole = Plan(preset("essay"), seed=1).start(load_sample())
    assert len(list(whole.epochs())) == 15
    assert weights(tmp_path / "mine.npz") == whole.network.parameters.vector.tobytes()
    assert (tmp_path / "taught.npz").exists()


@pytest.mark.slow
def test_the_third_example_learns_in_a_pipeline_of_scikit_learn(tmp_path: Path) -> None:
    (accuracy,) = output(example(2), tmp_path)
    assert float(accuracy) > 0.85


def test_the_first_screen_has_the_two_commands_and_what_one_will_see() -> None:
    screen = "\n".join(README.read_text(encoding="utf-8").splitlines()[:48])
    assert "digitnet train --watch\n" in screen
    assert "digitnet predict image.png\n" in screen
    pictures = [link["target"] for link in LINK.finditer(screen) if link["image"]]
    assert pictures == [
        "docs/views/watch-80x24.png",
        "docs/views/inspect.png",
        "docs/views/mistakes.png",
        "docs/draw-1280-light.png",
        "docs/draw-1280-dark.png",
    ]
    assert {"make_views", "make_page_pictures"} == set(re.findall(r"-m tools\.(\w+)", screen))


def heads(path: Path) -> list[str]:
    """What links may call the heads of a document, as GitHub names them."""
    found = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in found]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_links_to_is_there_and_every_picture_is_told_in_words(name: str) -> None:
    document = ROOT / name
    for link in LINK.finditer(document.read_text(encoding="utf-8")):
        assert link["text"].strip()
        path, _, head = link["target"].partition("#")
        if path.startswith("https:"):
            continue
        target = document.parent / path if path else document
        assert target.exists(), path
        assert not head or head in heads(target), link["target"]
        assert not link["image"] or len(link["text"].split()) >= 3 or path.startswith("pipeline/")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_tool_that_a_document_names_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    tools = re.findall(r"python (?:-m tools\.(\w+)|tools/(\w+)\.py)", text)
    missing = {a or b for a, b in tools if not (ROOT / "tools" / f"{a or b}.py").exists()}
    assert missing == set()
