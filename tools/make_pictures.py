"""Make docs/train.svg: the command as a terminal shows it.

Run in a clone with MNIST in data/: python tools/make_pictures.py
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path

import pexpect
from rich.console import Console
from rich.text import Text

DOCS = Path(__file__).parent.parent / "docs"
WIDTH = 80


def picture(command: list[str], folder: str, target: Path) -> None:
    """Run a command in a terminal and draw what it shows at the end."""
    output = io.StringIO()
    shown = f"$ digitnet {' '.join(command)}\n"
    child = pexpect.spawn(
        sys.executable,
        ["-m", "digitnet", *command],
        cwd=folder,
        dimensions=(60, WIDTH),
        encoding="utf-8",
        timeout=120,
    )
    child.logfile_read = output
    child.expect(pexpect.EOF)
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text(shown, style="bold") + Text.from_ansi(last_frames(output.getvalue())))
    target.write_text(console.export_svg(title="digitnet"), encoding="utf-8")


def last_frames(output: str) -> str:
    """Keep of a live display what is on the screen when it ends."""
    lines: list[str] = []
    for line in output.replace("\r\n", "\n").split("\n"):
        lines.append(line.split("\r")[-1].replace("\x1b[2K", "").replace("\x1b[?25h", ""))
    return "\n".join(lines)


def main() -> None:
    """Make docs/train.svg."""
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DIGITNET_MODEL"] = "models/digitnet.npz"  # not in the folder of whoever runs it
        os.environ["DIGITNET_DATA"] = str(Path("data").resolve())
        picture(["train", "--seed", "1"], folder, DOCS / "train.svg")


if __name__ == "__main__":
    main()
