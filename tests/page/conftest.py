"""One browser for all the tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from tests.helpers.browser import Page, browser


@pytest.fixture(scope="session")
def chrome() -> Iterator[Chrome]:
    with browser() as found:
        yield found


@pytest.fixture
def page(chrome: Chrome, tmp_path: Path) -> Iterator[Page]:
    """A page to open a model in; nothing may have been complained of at the end."""
    found = Page(chrome, tmp_path)
    found.complaints()
    yield found
    assert found.complaints() == []
