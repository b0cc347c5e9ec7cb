"""What is drawn on the page is read there as `digitnet predict` reads the picture of it."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from digitnet.datasets.mnist import load_sample
from digitnet.model.model import bundled_model
from digitnet.reading.reader import Reader
from digitnet.reading.reading import Reading
from tests.helpers.browser import Page
from tests.helpers.hands import drawing

pytestmark = pytest.mark.browser
CERTAIN = 0.001  # certainty by which both may differ
KINDS = ("mouse", "pen", "touch")


def disagreement(page: Page, predicted: Reading) -> str | None:
    """What differs in answer, reason or certainties; None where nothing does."""
    found = page.reading()
    answers = (str(found["digit"]), found["why"]), (predicted.text, predicted.why)
    off = np.abs(np.subtract(found["certainties"], predicted.digits[0].certainties)).max()
    same = answers[0] == answers[1] and off <= CERTAIN
    return None if same else f"{answers[0]} in the page, {answers[1]} in Python, {off:.4f} apart"


@pytest.mark.timeout(400)
def test_fifty_drawings_by_pointer_have_the_answer_and_the_reason_that_predict_gives(
    page: Page,
) -> None:
    model, rng = bundled_model("small"), np.random.default_rng(7)
    page.open(model)
    found, digits = [], [i % 10 for i in range(50)]
    right = 0
    for i, digit in enumerate(digits):
        page.clear()
        page.draw(drawing(digit, rng), KINDS[i % 3])
        found.append(disagreement(page, Reader(model).read(page.png())))
        right += page.reading()["digit"] == digit
    assert [what for what in found if what] == []
    assert right >= 45  # they are digits: the pointer drew what the hand did


@pytest.mark.timeout(400)
def test_three_hundred_drawings_have_the_answer_and_the_reason_that_predict_gives(
    page: Page,
) -> None:
    model, rng = bundled_model("small"), np.random.default_rng(8)
    page.open(model)
    found = []
    for i in range(300):
        strokes = [{"points": line.tolist()} for line in drawing(i % 10, rng)]
        page.run("marks.length = 0; marks.push(...arguments[0]); showAll()", strokes)
        found.append(disagreement(page, Reader(model).read(page.png())))
    assert [what for what in found if what] == []


def test_a_speck_beside_a_digit_is_left_out_as_predict_does(page: Page) -> None:
    model, rng = bundled_model("small"), np.random.default_rng(3)
    page.open(model)
    page.draw(drawing(3, rng))
    alone = page.reading()
    page.draw([np.array([[262.0, 18.0]])])
    assert page.run("return marks.length") == 2
    assert page.reading() == alone
    assert disagreement(page, Reader(model).read(page.png())) is None


@pytest.mark.parametrize("away", [(70, 0), (0, 70)], ids=["side by side", "stacked"])
def test_two_digits_are_no_sure_answer(page: Page, away: tuple[int, int]) -> None:
    page.open(bundled_model("small"))
    rng = np.random.default_rng(0)
    for digit, side in ((4, -1), (7, 1)):
        middle = 140 + side * np.array(away)
        strokes = [(line - 140) * 0.45 + middle for line in drawing(digit, rng)]
        page.draw(strokes)
    said = "there seem to be several digits, and this page reads one"
    assert page.reading()["why"] == said
    assert page.run("return document.getElementById('why').textContent") == f"not sure: {said}"


def test_undo_takes_back_a_stroke_and_clear_all_and_undo_brings_it_again(page: Page) -> None:
    page.open(bundled_model("small"))
    page.draw(drawing(4, np.random.default_rng(1)))
    count = page.run("return visible().length")
    whole = page.reading()
    page.chrome.find_element("id", "clear").click()
    page.settled()
    assert page.run("return now.reading") is None
    page.chrome.find_element("id", "undo").click()
    page.settled()
    assert page.reading() == whole
    page.chrome.find_element("id", "undo").click()
    page.settled()
    assert page.run("return visible().length") == count - 1


def test_an_example_is_read_exactly_as_python_reads_that_digit(page: Page) -> None:
    model, test = bundled_model("small"), load_sample().test
    page.open(model)
    for button in page.chrome.find_elements("css selector", "#examples button"):
        button.click()
        page.settled()
        found = page.reading()
        form = np.array(page.run("return [...now.reading.form]"), np.uint8).reshape(28, 28)
        at = np.flatnonzero((test.images == form).all(axis=(1, 2)))
        assert test.labels[at[0]] == found["digit"]
        outputs = model.answer(model.prepare(form[np.newaxis]))
        off = model.certainty.of(outputs)[0] - found["certainties"]
        assert np.abs(off).max() <= 0.001


def opened(page: Page, picture: Image.Image, kind: str = "PNG") -> Any:
    """Give the page a picture file, as one that is dropped; what trouble it names."""
    file = io.BytesIO()
    picture.save(file, kind)
    script = """(async (text) => {
      marks.length = 0;
      await put(new Blob([unpacked(text)]));
      return document.getElementById("trouble").textContent;
    })(arguments[0])"""
    trouble = page.later(script, base64.b64encode(file.getvalue()).decode())
    page.settled()
    return trouble


def seven(ground: str, ink: str, mode: str = "RGB") -> Image.Image:
    """A digit in a paint program."""
    picture = Image.new(mode, (400, 500), ground)
    line = [(90, 100), (300, 90), (180, 420)]
    ImageDraw.Draw(picture).line(line, fill=ink, width=26, joint="curve")
    return picture


@pytest.mark.parametrize(
    "picture",
    [
        seven("white", "black"),
        seven("#224466", "#ffe0a0"),
        seven("#00000000", "#ffffffff", "RGBA"),
        seven("white", "#c0c0ff"),
    ],
    ids=["dark on light", "light on dark", "transparent", "faint"],
)
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_on_a_clean_ground_is_read_as_predict_reads_it(
    page: Page, picture: Image.Image, kind: str
) -> None:
    model = bundled_model("small")
    page.open(model)
    assert opened(page, picture, kind) == ""
    assert page.reading()["digit"] == 7
    assert Reader(model).read(picture).text == "7"


def test_a_picture_that_the_page_cannot_read_is_refused_in_words(page: Page) -> None:
    page.open(bundled_model("small"))
    noise = np.random.default_rng(0).integers(0, 255, (90, 90), dtype=np.uint8)
    slope = np.tile(np.linspace(90, 255, 200).astype(np.uint8), (200, 1))
    elsewhere = "For a photo of paper: digitnet predict FILE"
    unclean = f"This picture’s ground is not clean. {elsewhere}"
    assert opened(page, Image.fromarray(noise)) == unclean
    assert opened(page, Image.fromarray(slope)) == unclean
    nothing = f"There is no ink on this picture. {elsewhere}"
    assert opened(page, Image.new("L", (50, 50), 200)) == nothing
    none = "This is no picture that your browser can read. Try PNG or JPEG."
    assert (
        page.later(
            """put(new Blob(["no picture"])).then(() =>
          document.getElementById("trouble").textContent)"""
        )
        == none
    )
    assert page.run("return visible().length") == 0


def test_a_picture_is_opened_by_the_button_dropped_and_pasted(page: Page, tmp_path: Path) -> None:
    page.open(bundled_model("small"))
    path = tmp_path / "seven.png"
    seven("white", "black").save(path)
    file = base64.b64encode(path.read_bytes()).decode()
    given = """const given = new DataTransfer();
      given.items.add(new File([unpacked(arguments[0])], "seven.png", {type: "image/png"}));"""
    ways = {
        "dropped": f"{given} dispatchEvent(new DragEvent('drop', {{dataTransfer: given}}))",
        "pasted": f"{given} dispatchEvent(new ClipboardEvent('paste', {{clipboardData: given}}))",
    }
    page.chrome.find_element("id", "file").send_keys(str(path))
    for script in (None, *ways.values()):
        if script is not None:
            page.clear()
            assert page.run("return now.reading") is None
            page.run(script, file)
        page.later("new Promise((go) => setTimeout(go, 300))")
        assert page.reading()["digit"] == 7


def test_the_drawing_is_saved_as_a_picture_that_predict_reads(page: Page, tmp_path: Path) -> None:
    model = bundled_model("small")
    page.open(model)
    behaviour = {"behavior": "allow", "downloadPath": str(tmp_path)}
    page.chrome.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    page.draw(drawing(2, np.random.default_rng(2)))
    page.chrome.find_element("id", "save").click()
    saved = tmp_path / "digit.png"
    for _ in range(50):
        if saved.exists():
            break
        page.later("new Promise((go) => setTimeout(go, 100))")
    assert disagreement(page, Reader(model).read(saved)) is None
    with Image.open(saved) as picture:
        assert picture.size == (360, 360)
