"""Weights written over others: whole, or not at all; and random damage."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from digitnet.errors import WeightsError
from digitnet.model.model import Model
from digitnet.nn.network import Network
from tests.helpers.rights import superuser

SMALL = Network((784, 2, 10), rng=np.random.default_rng(0))

# A child may write 4 KiB to a file and no more, as on a full disk.
CRAMPED = """
import resource, signal, sys
import numpy as np
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
from digitnet.nn.network import Network
from digitnet.model.model import Model
network = Network((784, 2000, 10), rng=np.random.default_rng(0))
Model(network).save(sys.argv[1])
"""


@pytest.mark.posix
def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(model_file: Path) -> None:
    before = model_file.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", CRAMPED, str(model_file)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-3:] == [
        f"digitnet.errors.WeightsError: {model_file} cannot be written.",
        "Expected a folder that can be written to and has room, found: File too large.",
        "Choose another folder, make room, or change its permissions.",
    ]
    assert model_file.read_bytes() == before
    assert [path.name for path in model_file.parent.iterdir()] == [model_file.name]


@pytest.mark.parametrize("exception", [KeyboardInterrupt, MemoryError])
def test_whatever_ends_the_writing_leaves_the_old_file(
    model_file: Path, monkeypatch: pytest.MonkeyPatch, exception: type[BaseException]
) -> None:
    before = model_file.read_bytes()

    def half(file: object, **arrays: object) -> None:
        file.write(before[: len(before) // 2])  # type: ignore[attr-defined]
        raise exception

    monkeypatch.setattr(np, "savez_compressed", half)
    with pytest.raises(exception):
        Model(SMALL).save(model_file)
    assert model_file.read_bytes() == before
    assert [path.name for path in model_file.parent.iterdir()] == [model_file.name]


def test_the_folder_is_made(tmp_path: Path) -> None:
    Model(SMALL).save(tmp_path / "a" / "b" / "m.npz")
    assert Model.load(str(tmp_path / "a" / "b" / "m.npz")).network.sizes == (784, 2, 10)


@pytest.mark.posix
def test_a_file_where_a_folder_is_needed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "models").touch()
    path = tmp_path / "models" / "m.npz"
    with pytest.raises(WeightsError) as caught:
        Model(SMALL).save(path)
    assert str(caught.value) == (
        f"{path} cannot be written.\n"
        "Expected a folder that can be written to and has room, "
        f"found: File exists: {tmp_path / 'models'}.\n"
        "Choose another folder, make room, or change its permissions."
    )


@pytest.mark.skipif(superuser(), reason="the superuser may write everywhere")
def test_an_unwritable_folder_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(WeightsError, match="Permission denied"):
            Model(SMALL).save(tmp_path / "m.npz")
    finally:
        tmp_path.chmod(0o755)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("good") / "m.npz"
    Model(SMALL).save(path)
    return path.read_bytes()


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@example(places=[(0.0011, 8)])  # the compression method in the first local header
@example(places=[(0.3, 1), (0.6, 128)])  # compressed bytes
@given(
    places=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=5
    )
)
def test_flipped_bits_give_an_error_or_the_very_model(
    good: bytes, tmp_path: Path, places: list[tuple[float, int]]
) -> None:
    damaged = bytearray(good)
    for where, flip in places:
        damaged[int(where * len(damaged))] ^= flip
    path = tmp_path / "damaged.npz"
    path.write_bytes(damaged)
    try:
        model = Model.load(path)
    except WeightsError:
        return
    assert model.network.parameters.vector.tobytes() == SMALL.parameters.vector.tobytes()
