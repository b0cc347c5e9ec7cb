"""The README's example is run as it stands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def test_the_example_of_the_readme_trains_and_saves_a_network(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    found = re.search(r"<!-- example.*?```python\n(.*?)```", text, re.DOTALL)
    assert found
    assert len(found[1].strip().splitlines()) <= 11
    run = subprocess.run(
        [sys.executable, "-c", found[1]], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    *epochs, accuracy = run.stdout.splitlines()
    assert [line.split()[0] for line in epochs] == ["1", "2", "3", "4", "5"]
    assert float(accuracy) > 0.85
    assert (tmp_path / "digits.npz").exists()
    assert run.stderr == ""
