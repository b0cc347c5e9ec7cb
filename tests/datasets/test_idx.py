from __future__ import annotations

import gzip
import struct
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from digitnet.datasets.idx import read_idx, write_idx
from digitnet.errors import DataError
from tests.conftest import idx_bytes

if TYPE_CHECKING:
    from numpy.typing import NDArray


def message_of(path: Path, dimensions: int | None = None) -> str:
    with pytest.raises(DataError) as caught:
        read_idx(path, dimensions)
    return str(caught.value)


def memory_map_under(array: NDArray[np.uint8]) -> bool:
    base: object = array
    while base is not None:
        if isinstance(base, np.memmap):
            return True
        base = getattr(base, "base", None)
    return False


def test_a_plain_file_is_memory_mapped_and_read_only(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(idx_bytes(2, 3, values=b"\1\2\3\4\5\6"))
    array = read_idx(path)
    np.testing.assert_array_equal(array, np.array([[1, 2, 3], [4, 5, 6]], np.uint8), strict=True)
    assert memory_map_under(array)
    assert not array.flags.writeable


def test_a_gzipped_file_is_known_by_its_bytes_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "no-suffix"
    path.write_bytes(gzip.compress(idx_bytes(2, 3, values=b"\1\2\3\4\5\6")))
    array = read_idx(path)
    np.testing.assert_array_equal(array, np.array([[1, 2, 3], [4, 5, 6]], np.uint8), strict=True)
    assert not array.flags.writeable


def test_a_gzipped_file_of_several_members_is_read_whole(tmp_path: Path) -> None:
    data = idx_bytes(6, values=b"\1\2\3\4\5\6")
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(data[:7]) + gzip.compress(data[7:]))
    assert read_idx(path).tolist() == [1, 2, 3, 4, 5, 6]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    array=arrays(np.uint8, array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=5)),
    suffix=st.sampled_from(["", ".gz"]),
)
def test_what_is_written_is_read_back(
    tmp_path: Path, array: NDArray[np.uint8], suffix: str
) -> None:
    path = tmp_path / f"round{suffix}"
    write_idx(path, array)
    np.testing.assert_array_equal(read_idx(path, array.ndim), array, strict=True)


def test_the_written_bytes_are_those_of_the_format(tmp_path: Path) -> None:
    write_idx(tmp_path / "a", np.array([[1, 2, 3], [4, 5, 6]], np.uint8))
    assert (tmp_path / "a").read_bytes() == idx_bytes(2, 3, values=b"\1\2\3\4\5\6")


def test_a_gzipped_file_is_the_same_byte_for_byte_each_time(tmp_path: Path) -> None:
    array = np.arange(100, dtype=np.uint8)
    write_idx(tmp_path / "a.gz", array)
    write_idx(tmp_path / "b.gz", array)
    packed = (tmp_path / "a.gz").read_bytes()
    assert packed == (tmp_path / "b.gz").read_bytes()
    assert packed[4:8] == b"\0\0\0\0"  # the time of writing


def test_an_array_of_another_type_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Expected values of type uint8, found float64"):
        write_idx(tmp_path / "a", np.zeros(3))  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzipped"])
def test_a_wrong_magic_is_refused_with_the_bytes_found(tmp_path: Path, pack: type[bytes]) -> None:
    path = tmp_path / "a"
    path.write_bytes(pack(b"\x89PNG and more"))
    assert message_of(path) == (
        f"{path} is not an IDX file of unsigned bytes.\n"
        "Expected it to begin with 00 00 08 and the number of dimensions, found 89 50 4e 47.\n"
        "Get the file again from where it came from."
    )


def test_another_type_code_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "floats"
    path.write_bytes(b"\0\0\x0d\1\0\0\0\1\0\0\0\0")
    assert "found 00 00 0d 01." in message_of(path)


def test_images_where_labels_are_expected_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(idx_bytes(1, 2, 2, values=b"1234"))
    assert message_of(path, dimensions=1) == (
        f"{path} is another kind of IDX file.\n"
        "Expected 1 dimensions (images: 3, labels: 1), found 3.\n"
        "Check whether images and labels were mixed up."
    )


@pytest.mark.parametrize(("change", "found"), [(-1, "21 bytes"), (+1, "23 bytes")])
def test_a_plain_file_of_another_length_is_refused_with_both_lengths(
    tmp_path: Path, change: int, found: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(idx_bytes(2, 5, values=bytes(10 + change)))
    assert message_of(path) == (
        f"{path} has the wrong length.\n"
        f"Expected 22 bytes (a header and 2 × 5 values), found {found}.\n"
        "Get the file again from where it came from."
    )


@pytest.mark.parametrize(("change", "found"), [(-1, "21 bytes"), (+1, "more")])
def test_a_gzipped_file_of_another_length_is_refused(
    tmp_path: Path, change: int, found: str
) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(idx_bytes(2, 5, values=bytes(10 + change))))
    assert f"Expected 22 bytes (a header and 2 × 5 values), found {found}." in message_of(path)


def test_a_gzip_stream_cut_in_half_is_refused(tmp_path: Path, rng: np.random.Generator) -> None:
    packed = gzip.compress(idx_bytes(5000, values=rng.bytes(5000)))
    path = tmp_path / "a.gz"
    path.write_bytes(packed[: len(packed) // 2])
    assert "found: Compressed file ended before the end-of-stream marker" in message_of(path)


def test_a_damaged_gzip_stream_is_refused(tmp_path: Path, rng: np.random.Generator) -> None:
    packed = bytearray(gzip.compress(idx_bytes(5000, values=rng.bytes(5000))))
    packed[-6] ^= 1  # in the check sum
    path = tmp_path / "a.gz"
    path.write_bytes(packed)
    assert "CRC check failed" in message_of(path)


def test_a_gzip_bomb_is_left_once_it_exceeds_its_header(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(idx_bytes(10, values=bytes(20_000_000))))
    tracemalloc.start()
    assert "Expected 18 bytes (a header and 10 values), found more." in message_of(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_header_that_no_stream_of_that_length_can_keep_asks_for_no_memory(
    tmp_path: Path,
) -> None:
    path = tmp_path / "forged.gz"
    path.write_bytes(gzip.compress(idx_bytes(2**32 - 1, 2**32 - 1, values=b"")))
    assert "found " + f"{path.stat().st_size} bytes, gzipped." in message_of(path)


@pytest.mark.parametrize("shape", [(2**32 - 1, 2**32 - 1), (0, 2**32 - 1, 2**32 - 1, 2**32 - 1)])
def test_a_forged_shape_is_refused(tmp_path: Path, shape: tuple[int, ...]) -> None:
    path = tmp_path / "a"
    path.write_bytes(idx_bytes(*shape, values=b""))
    assert str(path) in message_of(path)


def test_more_dimensions_than_an_array_has_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(idx_bytes(*[1] * 255, values=b"x"))
    assert "Expected a few dimensions, found 255" in message_of(path)


def test_a_file_that_ends_within_its_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(struct.pack(">BBBBI", 0, 0, 8, 3, 5))
    assert "Expected a header of 16 bytes, found 8 bytes." in message_of(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.touch()
    assert message_of(path).startswith(f"{path} is empty.\n")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert "No such file or directory" in message_of(path)


@pytest.mark.posix
def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "Is a directory" in message_of(tmp_path)


@pytest.mark.posix
def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_idx(path, np.arange(9, dtype=np.uint8))
    before = path.read_bytes()
    code = f"""
import resource
from pathlib import Path
import numpy as np
from digitnet.datasets.idx import write_idx
from digitnet.errors import DataError
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_idx(Path({str(path)!r}), np.zeros(100_000, np.uint8))
except DataError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.startswith(f"{path} cannot be written.\n")
    assert "File too large" in done.stdout
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match="cannot be written"):
        write_idx(tmp_path / "file" / "a", np.zeros(1, np.uint8))


def test_a_written_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    write_idx(tmp_path / "a", np.zeros(1, np.uint8))
    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode
