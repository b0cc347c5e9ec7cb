"""digitnet draw: a page to draw digits on, which shows the network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digitnet.cli.options import MODEL_FILE, ModelFile

_OUT = Path("digitnet.html")
_OF_THE_TERMINAL = {"links", "elinks", "lynx", "w3m", "www-browser"}
"""Browsers without graphics and scripts."""


def draw(
    model: ModelFile = MODEL_FILE,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="File of the page.", metavar="FILE.html", show_default=str(_OUT)
        ),
    ] = None,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Do not open the page in a browser.")
    ] = False,
) -> None:
    """Write a page to draw digits on, which shows how the network reads them, and open it.

    The page needs no connection and no server: keep it, project it, or send it by mail.

    Examples:
      digitnet draw
      digitnet draw --model large --out large.html --no-open
    """
    from digitnet.cli import load
    from digitnet.cli.show.console import say
    from digitnet.cli.show.models import in_words
    from digitnet.cli.show.progress import waiting
    from digitnet.errors import DigitnetError
    from digitnet.files import check_ending
    from digitnet.page.page import ENDINGS, page_of, save_page

    path = out or _OUT
    check_ending(path, ENDINGS, "a page", DigitnetError)
    reader, name, own = load.named_model(model, "small")
    history = load.history(model, reader, own=own)
    with waiting("putting the page together"):
        page = page_of(reader, name, history)
    save_page(path, page)
    kilobytes = f"{len(page.encode()) / 1000:,.0f} kB"
    say(f"Wrote {path} ({kilobytes}): a page to draw on, read by {name} ({in_words(reader)})")
    if history is None:
        say("It has no training slider: there is no history file beside this model.")
    if no_open or not _opened(path):
        say("Open it in any browser; it needs no connection.")


def _opened(page: Path) -> bool:
    """Open the page in the desktop's browser, if there is one."""
    import webbrowser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if Path(browser.name).name in _OF_THE_TERMINAL:
        return False
    return browser.open(page.absolute().as_uri())
