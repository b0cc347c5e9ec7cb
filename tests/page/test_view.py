"""What the page shows, in a real browser: as one looks, listens, and goes by keys."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from digitnet.model.history_file import bundled_history
from digitnet.model.model import Model, bundled_model
from digitnet.nn.network import Network
from tests.helpers.browser import Page
from tests.helpers.hands import drawing

pytestmark = pytest.mark.browser


def text(page: Page, name: str) -> str:
    """What an element says."""
    return str(page.run("return document.getElementById(arguments[0]).textContent", name))


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        ActionChains(page.chrome).send_keys(key).perform()
    page.settled()


def four(page: Page) -> None:
    page.draw(drawing(4, np.random.default_rng(1)))


def network(*sizes: int, activation: str = "sigmoid", inputs: str = "pixels") -> Model:
    rng = np.random.default_rng(2)
    return Model(Network(sizes, activation, "quadratic", rng=rng), inputs=inputs)


def test_the_page_asks_for_nothing_and_may_not(page: Page) -> None:
    page.open(bundled_model("small"), bundled_history("small"))
    four(page)
    assert page.run("return performance.getEntriesByType('resource').length") == 0
    refused = """fetch("http://127.0.0.1:9/").then(() => "sent", () => "refused")"""
    assert page.later(refused) == "refused"
    assert all("Content Security Policy" in said for said in page.complaints())


def test_no_text_of_a_model_breaks_out_of_its_place(page: Page) -> None:
    evil = "</script><script>window.broken = 1</script><img src=x onerror='window.broken = 1'>"
    model = network(784, 15, 10)
    model = Model(model.network, about={"dataset": evil, "scores": {"test_accuracy": 0.9}})
    page.open(model, name=f"{evil}.npz")
    four(page)
    assert page.run("return window.broken") is None
    assert evil in text(page, "card")
    assert page.run("return document.title") == f"digitnet: {evil}.npz"


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
@pytest.mark.parametrize(
    "model",
    [
        bundled_model("small"),
        network(784, 10),
        network(784, 40, 20, 12, 10, activation="tanh"),
        network(392, 300, 10, inputs="orientations"),
    ],
    ids=["fifteen", "no hidden layer", "three hidden layers", "three hundred"],
)
def test_nothing_is_cut_off_or_covered_at_any_width(page: Page, model: Model, width: int) -> None:
    page.size(width, 900)
    page.open(model)
    four(page)
    too_wide = "const e = document.documentElement; return e.scrollWidth - e.clientWidth"
    assert page.run(too_wide) == 0
    boxes: list[list[float]] = page.run(
        """return ["#paper", "#seen", ".column", "#outputs", "#digit"].flatMap((name) =>
          [...document.querySelectorAll(name)].map((e) => e.getBoundingClientRect()))
          .map((b) => [b.left, b.top, b.right, b.bottom])"""
    )
    assert len(boxes) == 4 + len(model.network.W) - 1
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
    sides = page.run("return stage.elements.flat().map((b) => b.offsetWidth)")
    assert min(sides) >= 5


def test_the_answer_is_announced_once_the_hand_rests(page: Page) -> None:
    page.open(bundled_model("small"))
    assert text(page, "spoken") == ""
    four(page)
    page.later("new Promise((go) => setTimeout(go, 800))")
    reading = page.reading()
    confidence = f"{reading['certainties'][4]:.1%} confidence"
    assert text(page, "spoken") == f"Read as 4, {confidence}, sure."
    role = "return document.getElementById('spoken').getAttribute('aria-live')"
    assert page.run(role) == "polite"
    assert (text(page, "digit"), text(page, "confidence")) == ("4", confidence)


def test_a_digit_is_drawn_by_keys_alone(page: Page) -> None:
    page.open(bundled_model("small"))
    page.run("document.getElementById('paper').focus()")
    up, down, right, space = Keys.ARROW_UP, Keys.ARROW_DOWN, Keys.ARROW_RIGHT, Keys.SPACE
    keys(page, *[up] * 9, space, *[down] * 18, space)
    assert page.reading()["digit"] == 1
    assert page.run("return marks.length") == 1
    keys(page, right, right)
    assert page.run("return marks[0].points.length") == 19
    keys(page, Keys.ESCAPE)
    assert page.run("return now.reading") is None


def test_a_neuron_that_has_the_focus_shows_its_weights(page: Page) -> None:
    model = bundled_model("small")
    page.open(model)
    four(page)
    page.run("stage.elements[0][0].focus()")
    keys(page, Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    W, reading = model.network.W[1][:, 2], page.run("return [...now.reading.pass.A[0]]")
    shown = text(page, "neuron")
    assert shown.startswith("Neuron 2For your drawing: z = ")
    assert f"a = {reading[2]:.2f}".replace("-", "−") in shown
    strong = [int(d) for d in np.argsort(-W)[:2] if W[d] >= np.abs(W).max() / 2]
    weak = [int(d) for d in np.argsort(W)[:2] if -W[d] >= np.abs(W).max() / 2]
    excited, inhibited = (" and ".join(map(str, some)) or "none" for some in (strong, weak))
    assert f"Excites outputs: {excited}. Inhibits: {inhibited}." in shown
    assert page.run("return document.activeElement.getAttribute('aria-label')").startswith(
        "Neuron 2, at "
    )
    assert description_of_focus(page).startswith(
        "Neuron 2 Its weights, as a picture For your drawing: z = "
    )
    assert page.run("return document.querySelectorAll('.column [tabindex=\"0\"]').length") == 1


def description_of_focus(page: Page) -> str:
    """What a screen reader says beside the name of what has the focus."""
    run = page.chrome.execute_cdp_cmd
    found = run("Runtime.evaluate", {"expression": "document.activeElement"})["result"]
    asked = {"objectId": found["objectId"], "fetchRelatives": False}
    (node,) = run("Accessibility.getPartialAXTree", asked)["nodes"]
    return str(node["description"]["value"])


def test_pointing_at_a_neuron_draws_its_connections_alone(page: Page) -> None:
    page.open(bundled_model("small"))
    four(page)
    script = "return lines(now.network, now.reading, 1, now.chosen).map(({j}) => j)"
    assert len(set(page.run(script))) > 5
    neuron = page.run("return stage.elements[0][6]")
    ActionChains(page.chrome).move_to_element(neuron).perform()
    assert set(page.run(script)) == {6}
    ActionChains(page.chrome).move_to_element(page.chrome.find_element("id", "paper")).perform()
    assert len(set(page.run(script))) > 5
    assert text(page, "neuron").startswith("How to read this")


def test_the_slider_changes_neurons_curve_and_answer(page: Page) -> None:
    history = bundled_history("small")
    assert history is not None
    page.open(bundled_model("small"), history)
    four(page)
    picture = "return stage.elements[0][0].querySelector('canvas').toDataURL()"
    last, reading = page.run(picture), page.reading()
    page.run("training.slider.focus()")
    keys(page, Keys.HOME)
    first = history.reports[0]
    assert first.validation_accuracy is not None
    said = f"Untrained: {first.validation_accuracy:.1%} of the validation digits, cost"
    assert page.run("return training.caption.textContent") == f"{said} {first.cost:.3f}"
    assert page.run(picture) != last
    assert page.reading()["certainties"] != reading["certainties"]
    apart = """const thumb = training.slider.getBoundingClientRect().left + 8;
      return Math.abs(document.querySelector(".chart .now").getBoundingClientRect().left - thumb)"""
    assert page.run(apart) < 2  # the line in the curves is where the slider is
    keys(page, Keys.END)
    assert page.run(picture) == last
    assert page.reading() == reading


def test_the_film_plays_from_the_beginning_to_the_end(page: Page) -> None:
    page.open(bundled_model("small"), bundled_history("small"))
    assert page.run("return training.play.textContent") == "Play"
    page.run("training.play.click()")
    assert page.run("return [now.snapshot, training.play.textContent]") == [0, "Stop"]
    page.later("new Promise((go) => setTimeout(go, FRAME * 1.5))")
    assert page.run("return now.snapshot") == 1
    page.run("go(snapshots.length - 2)")
    page.later("new Promise((go) => setTimeout(go, FRAME * 1.5))")
    assert page.run("return [now.snapshot, training.play.textContent]") == [
        page.run("return snapshots.length - 1"),
        "Play",
    ]


def test_nothing_moves_for_who_asks_for_no_motion(page: Page) -> None:
    page.size(1280, 900, prefers_reduced_motion="reduce")
    page.open(bundled_model("small"), bundled_history("small"))
    assert page.run("return training.play.textContent") == "Next snapshot"
    page.run("training.play.click()")
    page.later("new Promise((go) => setTimeout(go, FRAME * 1.5))")
    assert page.run("return now.snapshot") == 0
    moving = "return getComputedStyle(document.querySelector('.neuron')).transitionDuration"
    assert page.run(moving) == "0s"


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (bundled_model("small"), "This model has no record of its training"),
        (network(784, 10), "This model has no record of its training"),
    ],
)
def test_a_model_without_history_has_no_slider_and_says_how_to_get_one(
    page: Page, model: Model, said: str
) -> None:
    page.open(model)
    assert said in text(page, "training")
    assert "digitnet train" in text(page, "training")
    assert page.run("return document.querySelectorAll('input[type=range]').length") == 0


def test_an_old_browser_has_the_curves_without_the_slider_and_says_so(page: Page) -> None:
    page.chrome.execute_cdp_cmd("Page.enable", {})
    source = {"source": "delete window.DecompressionStream"}
    script = page.chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", source)
    try:
        page.open(bundled_model("small"), bundled_history("small"))
        assert "This browser is too old to unpack the snapshots" in text(page, "training")
        assert page.run("return document.querySelectorAll('.chart polyline').length") == 2
        four(page)
        assert page.reading()["digit"] == 4
    finally:
        page.chrome.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


def test_a_field_of_the_confusion_matrix_opens_its_mistakes_and_these_are_misread(
    page: Page,
) -> None:
    model = bundled_model("small")
    page.open(model)
    fields = page.chrome.find_elements("css selector", ".confusion button")
    counts = [int(field.text) for field in fields]
    listed: Any = page.run(
        "return model.digits.confusion.flatMap((r, d) => r.filter((_, a) => a !== d))"
    )
    assert counts == [count for count in listed if count]
    gallery = "return document.querySelector('.gallery').innerText"
    first = page.run(gallery)
    for field, count in zip(fields, counts, strict=True):
        digit, answer = map(int, re.findall(r"\d", field.get_attribute("aria-label") or "")[:2])
        field.click()
        pictures = page.chrome.find_elements("css selector", ".gallery .sample")
        assert len(pictures) == min(count, 6)
        page.run("arguments[0].click()", pictures[0])
        page.settled()
        assert page.reading()["digit"] == answer != digit
        pressed = page.chrome.find_elements("css selector", ".confusion [aria-pressed=true]")
        assert pressed == [field]
    fields[-1].click()
    assert page.run(gallery) == first
    assert not page.chrome.find_elements("css selector", ".confusion [aria-pressed=true]")


def test_the_arithmetic_adds_up_to_the_answer(page: Page) -> None:
    page.open(bundled_model("small"))
    assert "Draw a digit" in text(page, "arithmetic")
    four(page)
    rows = page.run(
        """return [...document.querySelectorAll("#arithmetic .steps > li:nth-child(3) tr")].map(
          (row) => [...row.children].map((field) => field.textContent))"""
    )
    values = [float(row[3].replace("− ", "-").replace("+ ", "")) for row in rows[1:]]
    assert len(values) == 15 + 2
    assert sum(values[:-1]) == pytest.approx(values[-1], abs=0.1)
    z = page.run("return now.reading.pass.Z[1][4]")
    assert values[-1] == pytest.approx(z, abs=0.006)
    for row in rows[1:16]:
        w, a, product = (
            float(t.replace("−", "-").replace("- ", "-").replace("+ ", "")) for t in row[1:]
        )
        assert product == pytest.approx(w * a, abs=0.03 * (1 + abs(w) + abs(a)))
    page.run(
        "const s = document.getElementById('output'); s.value = '7';"
        "s.dispatchEvent(new Event('change'))"
    )
    total = page.run(
        "return document.querySelector('#arithmetic li:nth-child(3) tr:last-child').textContent"
    )
    z = page.run("return now.reading.pass.Z[1][7]")
    assert float(re.sub(r"[z ]", "", total).replace("−", "-")) == pytest.approx(z, abs=0.006)


def test_light_and_dark_are_the_systems_until_one_chooses(page: Page) -> None:
    page.size(1280, 900, prefers_color_scheme="dark")
    page.open(bundled_model("small"))
    ground = "return getComputedStyle(document.body).backgroundColor"
    dark = page.run(ground)
    page.chrome.find_element("id", "theme").click()
    light = page.run(ground)
    assert (dark, light) == ("rgb(18, 21, 26)", "rgb(250, 248, 244)")
    page.size(1280, 900, prefers_color_scheme="light")
    page.chrome.find_element("id", "theme").click()
    assert page.run(ground) == dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(page: Page, scheme: str) -> None:
    page.size(1280, 900, prefers_color_scheme=scheme)
    page.open(bundled_model("small"), bundled_history("small"))
    grounds = [page.run("return colour(arguments[0])", name) for name in ("page", "card")]
    for name in ("ink", "soft", "blue", "orange", "green"):
        text_colour = page.run("return colour(arguments[0])", name)
        for ground in grounds:
            assert contrast(text_colour, ground) >= 4.5, (name, ground)


def contrast(one: list[int], other: list[int]) -> float:
    """Contrast as WCAG 2 has it: 4.5 is enough for text."""

    def luminance(colour: list[int]) -> float:
        c = np.array(colour) / 255
        linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
