"""The file that `digitnet draw` writes."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from digitnet.errors import DigitnetError
from digitnet.model.history_file import bundled_history
from digitnet.model.model import Model, bundled_model
from digitnet.nn.network import Network
from digitnet.page.page import SCRIPTS, STYLES, PageLimits, page_of, safe_json, save_page

HTML = files("digitnet") / "page" / "html"


def filled(text: str) -> str:
    """What stands in the page of a file's text: the colours are put into it."""
    return text.partition("  $light")[0]


class Parts(HTMLParser):
    """The elements of a page that have text of their own, and the policy."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.policy = ""
        self._open: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        named = dict(attrs)
        if named.get("http-equiv") == "Content-Security-Policy":
            self.policy = named["content"] or ""
        if tag in ("script", "style", "title"):
            self._open = f"{tag} {named['type']}" if "type" in named else tag
            self.found.append((self._open, ""))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            tag, text = self.found[-1]
            self.found[-1] = tag, text + data

    def texts(self, tag: str) -> list[str]:
        return [text for name, text in self.found if name == tag]


@pytest.fixture(scope="module")
def page() -> str:
    return page_of(bundled_model("small"), "the small one", bundled_history("small"))


def test_the_page_of_the_small_model_and_its_whole_film_is_under_300_kb(page: str) -> None:
    history = bundled_history("small")
    assert history is not None
    assert len(page.encode()) <= 300_000
    (data,) = Parts(page).texts("script application/json")
    assert json.loads(data)["history"]["kept"] == list(range(len(history.reports)))


def test_the_policy_allows_these_very_scripts_and_this_style_and_nothing_else(page: str) -> None:
    parts = Parts(page)

    def hashes(tag: str) -> str:
        digests = (hashlib.sha256(text.encode()).digest() for text in parts.texts(tag))
        return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)

    assert parts.policy == (
        f"default-src 'none'; script-src {hashes('script')}; style-src {hashes('style')}; "
        "base-uri 'none'; form-action 'none'"
    )
    assert len(parts.texts("script")) == len(SCRIPTS)


def test_the_page_names_no_address_and_has_no_handler_or_style_in_an_attribute(page: str) -> None:
    parts = Parts(page)
    code = "".join(parts.texts("script") + parts.texts("style"))
    assert re.findall(r"https?://[^\"]*", code) == ["http://www.w3.org/2000/svg"]  # a name
    assert not re.findall(r"\b(fetch|XMLHttpRequest|WebSocket|eval|innerHTML|import)\b", code)
    names = {name for name, _ in parts.attributes}
    assert not {name for name in names if name.startswith("on")} | names & {"style", "src", "href"}


def test_every_file_of_the_page_is_in_it_under_200_lines_and_strict(page: str) -> None:
    named = {f"{name}.js" for name in SCRIPTS} | {f"{name}.css" for name in STYLES}
    found = {file.name: file.read_text(encoding="utf-8") for file in HTML.iterdir()}
    assert set(found) == named | {"page.html"}
    for name, text in found.items():
        assert len(text.splitlines()) <= 200, name
        assert filled(text) in page or name == "page.html"
        assert not name.endswith(".js") or text.startswith('"use strict";\n//')


def test_every_limit_that_a_script_reads_with_is_one_of_pythons(page: str) -> None:
    limits = json.loads(Parts(page).texts("script application/json")[0])["limits"]
    code = "".join(Parts(page).texts("script"))
    kinds = set(re.findall(r"LIMITS\.(\w+)", code))
    assert kinds == {name for name in limits if f"LIMITS.{name}" in code}
    assert all(name in limits[kind] for kind, name in re.findall(r"LIMITS\.(\w+)\.(\w+)", code))
    for function in re.split(r"\n(?=function )", code):
        kind = re.search(r"limits = LIMITS\.(\w+)", function)
        if kind:
            assert set(re.findall(r"\blimits\.(\w+)", function)) <= set(limits[kind[1]]), kind[0]


def test_the_files_of_the_page_are_packed_into_the_wheel() -> None:
    root = Path(__file__).parents[2]
    settings = (root / "pyproject.toml").read_text(encoding="utf-8")
    wheel = '[tool.hatch.build.targets.wheel]\npackages = ["digitnet"]\n'
    assert wheel in settings  # all that is in the folder, but what git ignores
    ignored = (root / ".gitignore").read_text(encoding="utf-8").split()
    assert not {".js", ".css", ".html"} & {Path(pattern).suffix for pattern in ignored}


def test_no_text_ends_the_element_that_holds_the_data() -> None:
    evil = "</script><!--<script>&amp;\u2028"
    model = Model(bundled_model("small").network, inputs="orientations", about={"dataset": evil})
    parts = Parts(page_of(model, evil))
    assert len(parts.texts("script")) == len(SCRIPTS)
    (data,) = parts.texts("script application/json")
    assert not set("<>&") & set(data)
    assert json.loads(data)["dataset"] == evil
    assert json.loads(safe_json({"text": evil})) == {"text": evil}
    assert parts.texts("title") == [f"digitnet: {evil[:-1]}\\u2028"]


def test_a_page_without_room_keeps_fewer_snapshots_evenly_and_the_last() -> None:
    model, history = bundled_model("small"), bundled_history("small")
    assert history is not None
    full = len(history.reports)
    page = page_of(model, "small", history, PageLimits(most_bytes=200_000))
    data = json.loads(Parts(page).texts("script application/json")[0])
    kept = data["history"]["kept"]
    assert 185_000 < len(page.encode()) <= 200_000
    assert (kept[0], kept[-1]) == (0, full - 1)
    assert 1 <= np.diff(kept).min() <= np.diff(kept).max() <= np.diff(kept).min() + 1
    assert len(data["history"]["reports"]) == full  # the curves are whole


@pytest.mark.parametrize(
    ("sizes", "what"),
    [
        ([784, 600, 10], "at most 512 neurons in a layer, found 600"),
        ([784, *[10] * 8, 10], "at most 8 layers, found 9"),
        ([784, 500, 300, 10], "at most 500,000 weights, found 545,810"),
    ],
)
def test_a_network_that_is_too_large_for_a_page_is_refused(sizes: list[int], what: str) -> None:
    with pytest.raises(DigitnetError) as caught:
        page_of(Model(Network(sizes)), "large.npz")
    assert str(caught.value) == (
        f"large.npz is too large for a page.\nExpected {what}.\n"
        "Choose a smaller model with --model, or train one: digitnet train --hidden 15."
    )


def test_a_page_replaces_a_page_and_no_other_file(tmp_path: Path, page: str) -> None:
    path = tmp_path / "pages" / "digitnet.html"
    save_page(path, page)
    save_page(path, page)
    assert path.read_text(encoding="utf-8") == page
    other = tmp_path / "letter.html"
    other.write_text("<!doctype html><title>A letter</title>", encoding="utf-8")
    with pytest.raises(DigitnetError, match=r"letter\.html is not a page of digitnet"):
        save_page(other, page)
    assert "A letter" in other.read_text(encoding="utf-8")
