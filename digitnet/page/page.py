"""Make the page from the files in ``html`` and a model: one file, no requests."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any, Final

from digitnet.errors import DigitnetError
from digitnet.files import Mark, replacing
from digitnet.images.colours import DARK, LIGHT, Palette
from digitnet.model.history import History
from digitnet.model.model import Model
from digitnet.page.data import embedded, embedded_snapshots

SCRIPTS: Final = (
    *("model", "picture", "stroke", "form", "inputs", "network", "certainty", "pieces", "ink"),
    *("reading", "snapshots", "elements", "drawing", "opened", "files", "paper", "neurons"),
    *("connections", "stage", "captions", "training", "mistakes", "letters", "arithmetic", "page"),
)
"""The page's scripts in order: each may use the names of those before it."""
STYLES: Final = ("base", "stage", "neurons", "sections", "narrow")
"""The page's style sheets in order."""
GREYS: Final = {
    "page": ("#faf8f4", "#12151a"),
    "card": ("#ffffff", "#1a1e25"),
    "ink": ("#1e2530", "#ece8df"),
    "soft": ("#59626f", "#a4acb8"),
    "line": ("#e5e0d6", "#2e343e"),
    "lamp": ("#eda81c", "#ffce5c"),
}
"""The page's backgrounds, its text and its highlights, light and dark."""
ENDINGS: Final = (".html", ".htm")
PAGE: Final = Mark("a page of digitnet", b"<!doctype html>", b'content="digitnet')


@dataclass(frozen=True)
class PageLimits:
    """The size limits of a page."""

    most_bytes: int = 300_000
    """Most bytes of the page with the snapshots of its history."""
    least_snapshots: int = 8
    """Least snapshots, whatever the size of the page."""
    most_weights: int = 500_000
    """Most weights, of 5.3 bytes each, so that the page can be sent by mail."""
    most_neurons: int = 512
    """Most neurons of a layer, so that they can be distinguished."""
    most_layers: int = 8
    """Most layers, which are side by side."""


def page_of(
    model: Model, name: str, history: History | None = None, limits: PageLimits = PageLimits()
) -> str:
    """Make the page of a model, as HTML.

    Parameters
    ----------
    model : Model
    name : str
        Its name on the page.
    history : History, optional
        Its history. Snapshots are left out evenly if the page would be too large.
    limits : PageLimits

    Raises
    ------
    DigitnetError
        If the network is too large for a page.
    """
    check_fits(model, name, limits)
    data = embedded(model, name)
    if history is None:
        return _assembled(data)
    past: dict[str, Any] = {"reports": [asdict(report) for report in history.reports]}
    if history.vectors is not None and len(history.vectors) > 1:
        room = limits.most_bytes - len(_assembled(data | {"history": past}))
        layers, least = model.network.sizes, limits.least_snapshots
        past |= embedded_snapshots(history.vectors, layers, room, least)
    return _assembled(data | {"history": past})


def check_fits(model: Model, name: str, limits: PageLimits = PageLimits()) -> None:
    """Refuse a network that is too large for a page.

    Raises
    ------
    DigitnetError
    """
    network = model.network
    found = {
        "layers": (len(network.W), limits.most_layers),
        "neurons in a layer": (max(network.sizes[1:]), limits.most_neurons),
        "weights": (len(network.parameters.vector), limits.most_weights),
    }
    for what, (count, most) in found.items():
        if count > most:
            raise DigitnetError(
                f"{name} is too large for a page.",
                f"Expected at most {most:,} {what}, found {count:,}.",
                "Choose a smaller model with --model, or train one: digitnet train --hidden 15.",
            )


def save_page(path: Path, page: str) -> None:
    """Write the page, completely or not at all.

    Raises
    ------
    DigitnetError
        If it cannot be written, or the existing file is not a page of digitnet.
    """
    with replacing(path, DigitnetError, PAGE) as file:
        file.write(page.encode())


def _assembled(data: Mapping[str, Any]) -> str:
    """Combine the files and the data; the policy allows only these scripts."""
    folder = files("digitnet") / "page" / "html"
    style = "".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
    style = Template(style).substitute(light=_variables(0, LIGHT), dark=_variables(1, DARK))
    scripts = [(folder / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    policy = (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; "
        f"style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    )
    return Template((folder / "page.html").read_text(encoding="utf-8")).substitute(
        policy=policy,
        title=escape(f"digitnet: {data['name']}"),
        style=style,
        data=safe_json(data),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def _variables(which: int, palette: Palette) -> str:
    """The colours on one background, as CSS variables."""
    colours = {name: both[which] for name, both in GREYS.items()} | palette._asdict()
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


def _hash(text: str) -> str:
    """Source expression of an inline script or style in a content security policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def safe_json(data: Mapping[str, Any]) -> str:
    """JSON without < > or &, which cannot close its element."""
    text = json.dumps(data, allow_nan=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
