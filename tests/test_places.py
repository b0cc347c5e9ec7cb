"""Where data and models are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from digitnet.places import data_folder, model_file, user_folder


@pytest.fixture(autouse=True)
def _nothing_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DIGITNET_DATA", "DIGITNET_MODEL", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("HOME", "/home/anna")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("platform", "cache", "data"),
    [
        ("linux", ".cache/digitnet", ".local/share/digitnet"),
        ("darwin", "Library/Caches/digitnet", "Library/Application Support/digitnet"),
        ("win32", "AppData/Local/digitnet/Cache", "AppData/Local/digitnet/Models"),
    ],
)
def test_each_platform_has_its_folders(platform: str, cache: str, data: str) -> None:
    assert user_folder("cache", platform) == Path("/home/anna") / cache
    assert user_folder("data", platform) == Path("/home/anna") / data


def test_the_environment_moves_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/scratch")
    monkeypatch.setenv("XDG_DATA_HOME", "relative/is/ignored")
    monkeypatch.setenv("LOCALAPPDATA", "/profile")
    assert user_folder("cache", "linux") == Path("/scratch/digitnet")
    assert user_folder("data", "linux") == Path("/home/anna/.local/share/digitnet")
    assert user_folder("cache", "win32") == Path("/profile/digitnet/Cache")


def test_the_working_folder_comes_before_the_user_s_and_what_was_said_before_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert data_folder() == user_folder("cache")
    assert model_file() == user_folder("data") / "digitnet.npz"
    Path("data").mkdir()
    Path("models").mkdir()
    assert (data_folder(), model_file()) == (Path("data"), Path("models/digitnet.npz"))
    monkeypatch.setenv("DIGITNET_DATA", "/mnist")
    monkeypatch.setenv("DIGITNET_MODEL", "/m.npz")
    assert (data_folder(), model_file()) == (Path("/mnist"), Path("/m.npz"))
    assert data_folder("given") == Path("given")
