"""Writing a file: whole or not at all, where a link leads, and never over something else."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitnet.datasets.idx import write_idx
from digitnet.errors import DataError, DigitnetError
from digitnet.files import check_writable, replacing
from digitnet.images.png import save_png
from digitnet.learning.checkpoint import save_checkpoint
from digitnet.model.history import History
from digitnet.model.history_file import save_history
from digitnet.model.model import Model
from digitnet.nn.network import Network
from digitnet.sheet.page import save_sheet
from tests.helpers.pipes import make_pipe, make_socket
from tests.helpers.rights import superuser
from tests.helpers.runs import session

SMALL = Model(Network((784, 1, 10)))
HISTORY = History.of(SMALL.network, "pixels")
WRITERS: dict[str, Callable[[Path], object]] = {
    "m.npz": SMALL.save,
    "m.checkpoint.npz": lambda path: save_checkpoint(path, session().training, {}, HISTORY),
    "m.history.npz": lambda path: save_history(path, HISTORY),
    "sheet.pdf": lambda path: save_sheet(path, "A4"),
    "sheet.png": lambda path: save_sheet(path, "A4"),
    "ink.png": lambda path: save_png(path, Image.new("L", (3, 3))),
    "images": lambda path: write_idx(path, np.zeros(3, np.uint8)),
    "images.gz": lambda path: write_idx(path, np.zeros(3, np.uint8)),
}
HOLDS_OPEN = """
import sys
from pathlib import Path
from digitnet.files import replacing
with replacing(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("writing", flush=True)
    sys.stdin.readline()
"""


def write(path: Path, content: bytes) -> None:
    with replacing(path) as file:
        file.write(content)


def contents_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def holding_open(path: Path) -> subprocess.Popen[str]:
    """A process that has written half of a file."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS_OPEN, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    return process


@pytest.mark.posix
@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to none yet"])
def test_a_link_stays_and_the_file_that_it_leads_to_is_written(tmp_path: Path, there: bool) -> None:
    real, link, chain = tmp_path / "real" / "v1", tmp_path / "latest", tmp_path / "chain"
    real.parent.mkdir()
    if there:
        real.write_bytes(b"old")
    link.symlink_to(Path("real") / "v1")
    chain.symlink_to("latest")
    write(chain, b"new")
    assert (chain.readlink(), link.readlink()) == (Path("latest"), Path("real") / "v1")
    assert contents_of(real.parent) == {"v1": b"new"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chain", "latest", "real"]


@pytest.mark.posix
@pytest.mark.parametrize("mode", [0o600, 0o664, 0o751])
def test_the_mode_and_the_owner_stay(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(mode)
    if superuser():
        os.chown(path, 12345, 12346)
    before = path.stat()
    write(path, b"new")
    after = path.stat()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(after.st_mode) == mode
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)


def test_another_hard_link_keeps_the_old_content_as_a_backup_should(tmp_path: Path) -> None:
    (tmp_path / "backup").write_bytes(b"old")
    (tmp_path / "file").hardlink_to(tmp_path / "backup")
    write(tmp_path / "file", b"new")
    assert contents_of(tmp_path) == {"backup": b"old", "file": b"new"}


@pytest.mark.posix
@pytest.mark.parametrize(
    ("make", "found"),
    [
        (make_pipe, "a named pipe"),
        (make_socket, "a socket"),
        (lambda path: path.symlink_to("/dev/null"), "a device"),
        (Path.mkdir, "a folder of that name"),
    ],
)
def test_what_is_no_regular_file_is_refused_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], object], found: str
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    path = Path("out")
    make(path)
    before = path.lstat()
    with pytest.raises(DataError) as caught:
        write(path, b"new")
    assert str(caught.value) == (
        "out cannot be written.\n"
        f"Expected a regular file or none, found {found}.\n"
        "Choose another name."
    )
    assert path.lstat() == before
    assert Path("/dev/null").is_char_device()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize(
    "other", [b"a text\n", b"\x89PNG\r\n\x1a\nof somebody", b"%PDF-1.7\n", b"PK\x03\x04 a zip"]
)
def test_each_writer_leaves_other_files_alone(tmp_path: Path, name: str, other: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(other)
    with pytest.raises(DigitnetError) as caught:
        WRITERS[name](path)
    assert caught.value.what.startswith(f"{path} is not ")
    assert caught.value.what.endswith(", and stays as it is.")
    assert caught.value.found.endswith(f"found another file of {len(other)} bytes.")
    assert contents_of(tmp_path) == {name: other}


@pytest.mark.parametrize("name", WRITERS)
def test_each_writer_replaces_an_empty_file_and_its_own(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    WRITERS[name](path)
    first = path.stat()
    assert first.st_size > 0
    WRITERS[name](path)
    assert path.stat().st_ino != first.st_ino
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_models_checkpoints_and_histories_are_not_taken_for_each_other(tmp_path: Path) -> None:
    for first, second in permutations(("m.npz", "m.checkpoint.npz", "m.history.npz"), 2):
        WRITERS[first](tmp_path / first)
        with pytest.raises(DigitnetError, match=r"is not a .* of digitnet, and stays as it is"):
            WRITERS[second](tmp_path / first)


@pytest.mark.posix
def test_what_a_killed_process_left_goes_with_the_next_file_that_is_written(tmp_path: Path) -> None:
    process = holding_open(tmp_path / "big")
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    (left,) = contents_of(tmp_path).items()
    assert left[0].startswith(".big.")
    assert left[1] == b"half"
    (tmp_path / ".theirs.part").write_bytes(b"another program's")
    write(tmp_path / "other", b"new")
    assert contents_of(tmp_path) == {"other": b"new", ".theirs.part": b"another program's"}


def test_what_a_living_process_is_writing_stays(tmp_path: Path) -> None:
    process = holding_open(tmp_path / "big")
    write(tmp_path / "other", b"new")
    assert sorted(contents_of(tmp_path).values()) == [b"half", b"new"]
    _, errors = process.communicate("go on\n", timeout=30)
    assert errors is None
    assert contents_of(tmp_path) == {"big": b"half", "other": b"new"}


def test_a_folder_that_was_made_and_stayed_empty_is_removed(tmp_path: Path) -> None:
    check_writable(tmp_path / "a" / "b" / "file")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "a").mkdir()
    check_writable(tmp_path / "a" / "b" / "file")
    assert list(tmp_path.rglob("*")) == [tmp_path / "a"]


def test_processes_that_make_and_remove_one_folder_do_no_harm(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from digitnet.files import check_writable\n"
        "for _ in range(300): check_writable(Path(sys.argv[1]))"
    )
    path = tmp_path / "a" / "b" / "file"
    both = [subprocess.Popen([sys.executable, "-c", program, path]) for _ in range(2)]
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
