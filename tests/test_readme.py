"""The README's examples are run as they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from PIL import Image

from digitnet import Plan, load_sample, load_weights, preset

README = Path(__file__).parent.parent / "README.md"


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


def test_the_example_of_the_readme_trains_and_saves_a_network(tmp_path: Path) -> None:
    code = example(0)
    assert len(code.strip().splitlines()) <= 11
    *epochs, accuracy = output(code, tmp_path)
    assert [line.split()[0] for line in epochs] == ["1", "2", "3", "4", "5"]
    assert float(accuracy) > 0.85
    assert (tmp_path / "digits.npz").exists()


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
    saved = load_weights(tmp_path / "mine.npz").network.parameters.vector
    assert saved.tobytes() == whole.network.parameters.vector.tobytes()
    assert (tmp_path / "taught.npz").exists()
