"""digitnet where, and what the commands leave in a folder that has neither data nor models."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.commands import Done, here, process

CLEAR = """
To remove them, delete these files. MNIST is downloaded again when it is needed; models \
that you trained cannot be recovered.
To use other folders: --data-dir or DIGITNET_DATA, --model or DIGITNET_MODEL.
"""


def test_where_says_what_is_kept_how_much_it_is_and_how_to_clear_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    Path("data/train-images-idx3-ubyte.gz").write_bytes(bytes(1_200_000))
    Path("data/normalised-0123456789ab-0123456789ab").write_bytes(bytes(150_000))
    Path("data/of-somebody.csv").write_bytes(bytes(10))
    done = here("where")
    assert (done.code, done.err) == (0, "")
    lines = [line.rstrip() for line in done.out.splitlines()]
    assert "\n".join(lines) + "\n" == (
        "data    data\n        train-*, t10k-*, normalised-*: 2 files, 1.4 MB\n"
        "models  models\n        *.npz: 0 files, 0.0 MB\n" + CLEAR
    )
    assert json.loads(here("where", "--json").out) == {
        "data": {"folder": "data", "files": 2, "bytes": 1_350_000},
        "models": {"folder": "models", "files": 0, "bytes": 0},
    }


def test_a_folder_without_data_and_models_stays_as_it_is(tmp_path: Path) -> None:
    work, home = tmp_path / "work", tmp_path / "home"
    work.mkdir()

    def run(*args: str) -> Done:
        return process(
            work,
            *args,
            DIGITNET_DATA="",
            DIGITNET_MODEL="",
            XDG_CACHE_HOME=str(home / "cache"),
            XDG_DATA_HOME=str(home / "share"),
        )

    assert run("eval", "--dataset", "mnist").code == 1
    assert not home.exists()
    trained = run("train", "--epochs", "1", "--seed", "1", "--json")
    assert trained.code == 0
    model = home / "share" / "digitnet" / "digitnet.npz"
    assert json.loads(trained.out.splitlines()[-1])["model"] == str(model)
    assert f"\n    {home / 'cache' / 'digitnet' / 'train-images-idx3-ubyte'}: not there\n" in (
        trained.err
    )
    assert sorted(path for path in home.rglob("*") if path.is_file()) == [
        model.with_name("digitnet.checkpoint.npz"),
        model.with_name("digitnet.history.npz"),
        model,
    ]
    assert list(work.iterdir()) == []
