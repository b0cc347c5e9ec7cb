"""A real browser without a window, and a page of digitnet open in it."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.pointer_input import PointerInput

from digitnet.model.history import History
from digitnet.model.model import Model
from digitnet.page.page import page_of, save_page
from tests.helpers.hands import Line

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIDE = 280  # units of the paper, along a side


@contextmanager
def browser() -> Iterator[Chrome]:
    """Debian's chromium or another build of it; skipped with a reason where there is none."""
    driver = shutil.which("chromedriver")
    found = [path for path in map(shutil.which, BROWSERS) if path is not None]
    binary = next((path for path in found if driver and major(path) == major(driver)), None)
    if binary is None or driver is None:
        pytest.skip("no browser with its driver; on Debian: apt-get install chromium-driver")
    options = ChromeOptions()
    options.binary_location = binary
    options.add_argument("--headless=new")
    options.add_argument("--disable-gpu")
    options.add_argument("--disable-dev-shm-usage")
    if hasattr(os, "getuid") and os.getuid() == 0:
        options.add_argument("--no-sandbox")  # it has none for the superuser
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = Chrome(options=options, service=Service(driver))
    try:
        yield chrome
    finally:
        chrome.quit()


def major(program: str) -> str:
    """The first number of a program's version: a driver fits the browser that has the same."""
    printed = subprocess.run([program, "--version"], check=True, capture_output=True, text=True)
    return re.sub(r"\D*(\d+)[.].*", r"\1", printed.stdout, flags=re.DOTALL)


class Page:
    """A page of digitnet in a browser."""

    def __init__(self, chrome: Chrome, folder: Path) -> None:
        self.chrome = chrome
        self.folder = folder
        self.size(1280, 900)

    def size(self, width: int, height: int, **media: str) -> None:
        """Set the window, and what its user prefers: ``prefers_color_scheme="dark"``."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": n.replace("_", "-"), "value": value} for n, value in media.items()]
        self.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def open(self, model: Model, history: History | None = None, name: str = "a model") -> None:
        """Write the page of a model, and open it."""
        path = self.folder / "page.html"
        save_page(path, page_of(model, name, history))
        self.chrome.get(path.as_uri())
        self.later("begun")

    def run(self, script: str, *args: Any) -> Any:
        """Run a script in the page, and return what it returns."""
        return self.chrome.execute_script(script, *args)

    def later(self, script: str, *args: Any) -> Any:
        """Return what a promise comes to."""
        script = f"const done = arguments[arguments.length - 1]; ({script}).then(done)"
        return self.chrome.execute_async_script(script, *args)

    def settled(self) -> None:
        """Wait until the page has drawn what it was given."""
        self.later("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")

    def complaints(self) -> list[str]:
        """What the browser has complained of since it was last asked."""
        return [entry["message"] for entry in self.chrome.get_log("browser")]

    def draw(self, strokes: list[Line], kind: str = "mouse") -> None:
        """Draw strokes with a real pointer: a mouse, a pen or a touch."""
        place = "const b = document.getElementById('paper'); b.scrollIntoView({block: 'center'});"
        left, top, width = self.run(
            place + "const r = b.getBoundingClientRect(); return [r.left, r.top, r.width];"
        )
        for stroke in strokes:
            actions = ActionBuilder(self.chrome, mouse=PointerInput(kind, kind), duration=4)
            pointer = actions.pointer_action
            for n, (x, y) in enumerate((stroke * (width / SIDE) + (left, top)).tolist()):
                pointer.move_to_location(x, y)
                if n == 0:
                    pointer.pointer_down()
            pointer.pointer_up()
            actions.perform()
        self.settled()

    def clear(self) -> None:
        """Take a new sheet."""
        self.run("marks.length = 0; changed();")
        self.settled()

    def png(self) -> bytes:
        """The drawing, as the page saves it."""
        url = self.run("return exported().toDataURL('image/png')")
        return base64.b64decode(url.partition(",")[2])

    def reading(self) -> dict[str, Any]:
        """What the page has read: digit, certainties, why."""
        found: dict[str, Any] = self.run(
            "const {digit, certainties, why} = now.reading; return {digit, certainties, why}"
        )
        return found


def sent(array: NDArray[Any], dtype: str) -> str:
    """An array's bytes as base64, for `unpacked` in the page."""
    return base64.b64encode(np.ascontiguousarray(array, dtype).tobytes()).decode()
