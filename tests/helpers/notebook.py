"""What a notebook shows of a result: its texts and its pictures."""

from __future__ import annotations

import base64
import io
from html.parser import HTMLParser

import numpy as np
from PIL import Image


class Elements(HTMLParser):
    """Checks that every element is closed in its turn, and keeps texts and pictures."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.said: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.pictures.append(dict(attrs))
        elif tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def shown(result: object) -> Elements:
    return Elements(result._repr_html_())  # type: ignore[attr-defined]


def pixels(picture: dict[str, str | None]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    kind, data = str(picture["src"]).split(",")
    assert kind == "data:image/png;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))
