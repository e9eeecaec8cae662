"""Debian's Chromium, driven by Playwright. Where there is none the tests are skipped, but on CI its absence is a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser."""
    path = shutil.which("chromium")
    if path is None:
        missing = "no chromium on this machine: the report was not opened in a browser (apt-get install chromium)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    with sync_playwright() as playwright:
        browser = _launched(playwright, path)
        yield browser
        browser.close()


def _launched(playwright: Playwright, path: str) -> Browser:
    return playwright.chromium.launch(executable_path=path, args=_FLAGS)


@dataclass
class Visit:
    """An opened page, with whatever it complained of and asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def violations(self, within: str | None = None) -> list[str]:
        """What axe-core finds wrong with the page as it now is, or with the part of it that a selector names."""
        found = Axe().run(self.page, context=within, options=_RULES).response["violations"]
        return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@contextmanager
def opened(browser: Browser, file: Path, **options: Any) -> Iterator[Visit]:
    """`file` in a new window; afterwards it must have complained of nothing and asked for nothing but itself."""
    context: BrowserContext = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
    visit = Visit(context.new_page())
    visit.page.set_default_timeout(15_000)
    visit.page.on("console", lambda message: visit.complaints.append(f"{message.type}: {message.text}"))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.on("dialog", lambda dialog: visit.complaints.append(dialog.message))
    context.on("request", lambda request: visit.requests.append(request.url))
    visit.page.goto(file.as_uri())
    yield visit
    assert visit.complaints == []
    assert [
        url for url in visit.requests if url.partition("#")[0] != file.as_uri() and not url.startswith("data:")
    ] == []
    context.close()
