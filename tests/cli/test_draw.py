"""digitnet draw, as its user sees it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from digitnet.model.history import EpochReport, History
from digitnet.model.history_file import history_path, save_history
from digitnet.model.model import Model
from digitnet.nn.network import Network
from tests.helpers.commands import here, process

OPEN = "Open it in any browser; it needs no connection.\n"
NO_SLIDER = "It has no training slider: there is no history file beside this model.\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def size(path: str) -> str:
    return f"{Path(path).stat().st_size / 1000:,.0f} kB"


def test_without_a_model_of_ones_own_the_small_one_is_drawn() -> None:
    done = here("draw", "--no-open")
    small = "the bundled small model (392-15-10, 99.16% of mnist's test digits)"
    wrote = f"Wrote digitnet.html ({size('digitnet.html')}): a page to draw on, read by {small}\n"
    assert done == (
        0,
        wrote + OPEN,
        "No models/digitnet.npz yet; train one: digitnet train\n",
    )
    assert Path("digitnet.html").read_bytes().startswith(b"<!doctype html>")


def test_a_model_and_a_file_can_be_chosen() -> None:
    done = here("draw", "--model", "large", "--out", "pages/large.html", "--no-open")
    large = "the bundled large model (392-300-10, 99.40% of mnist's test digits)"
    wrote = f"Wrote pages/large.html ({size('pages/large.html')}): a page to draw on, read by"
    assert done == (0, f"{wrote} {large}\n{NO_SLIDER}{OPEN}", "")


def test_a_history_beside_a_model_is_a_slider_and_another_models_is_left_out(
    model_file: Path,
) -> None:
    model = Model.load(model_file)
    vector = model.network.parameters.vector
    history = History.of(model.network, model.inputs)
    for epoch in (0.0, 1.0):
        report = EpochReport(epoch, 1.0, 0.5, 0.1)
        history = history.seen(report, vector)
    save_history(history_path(model_file), history.led_to(model.network))
    done = here("draw", "--model", str(model_file), "--no-open")
    assert done.code == 0
    assert NO_SLIDER not in done.out
    assert '"kept":[0,1]' in Path("digitnet.html").read_text(encoding="utf-8")

    other = Model(Network(model.network.sizes, rng=np.random.default_rng(0)))
    other.save(model_file)
    done = here("draw", "--model", str(model_file), "--no-open")
    beside = history_path(model_file)
    assert done.err == f"Left out {beside}: it is the history of another model.\n"
    assert NO_SLIDER in done.out

    beside.write_bytes(b"PK")
    done = here("draw", "--model", str(model_file), "--no-open")
    assert done.err.startswith(f"Left out {beside}: Expected ")
    assert NO_SLIDER in done.out


@pytest.mark.parametrize("name", ["page.txt", "page"])
def test_a_name_that_no_browser_takes_for_a_page_is_refused(name: str) -> None:
    done = here("draw", "--out", name)
    assert done == (
        1,
        "",
        f"Error: {name}: a page cannot be written under this name.\n"
        f"  Expected a name that ends in .html or .htm, found {Path(name).suffix or 'no ending'}.\n"
        "  Choose another name, such as page.html.\n",
    )


def test_a_file_that_is_no_page_of_digitnet_stays() -> None:
    Path("digitnet.html").write_text("<p>mine</p>", encoding="utf-8")
    done = here("draw", "--no-open")
    assert (done.code, done.out) == (1, "")
    assert "Error: digitnet.html is not a page of digitnet, and stays as it is." in done.err
    assert Path("digitnet.html").read_text(encoding="utf-8") == "<p>mine</p>"


@pytest.mark.skipif(sys.platform == "win32", reason="a browser that is a script of the shell")
def test_the_page_is_opened_in_the_browser_of_the_desktop(tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n', encoding="utf-8")
    browser.chmod(0o755)
    done = process(tmp_path, "draw", BROWSER=f"{browser} %s")
    assert done.code == 0
    assert OPEN not in done.out
    opened = (tmp_path / "opened").read_text(encoding="utf-8").strip()
    assert opened == (tmp_path / "digitnet.html").as_uri()


@pytest.mark.skipif(shutil.which("sh") is None, reason="no shell")
def test_a_browser_of_the_terminal_is_not_started(tmp_path: Path) -> None:
    browser = tmp_path / "lynx"
    browser.write_text("#!/bin/sh\necho started\n", encoding="utf-8")
    browser.chmod(0o755)
    done = process(tmp_path, "draw", BROWSER=f"{browser} %s")
    assert done.code == 0
    assert done.out.endswith(OPEN)
    assert "started" not in done.out
