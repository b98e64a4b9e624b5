"""A real Chromium and a fresh page in it."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.demo import demo

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 20_000
"""What many have changed at once is shown at the pace of Slack, which is 50 edits a minute."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window; a script error in it fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-US")
    window = context.new_page()
    window.set_default_timeout(PATIENCE_MS)
    faults: list[str] = []
    window.on("pageerror", lambda error: faults.append(str(error)))
    yield window
    context.close()
    assert faults == []


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where a demo runs."""
    with demo() as url:
        yield url


@pytest.fixture
def workspace(page: Page, address: str) -> Page:
    """The page of the demo."""
    page.goto(address)
    expect(page.get_by_role("combobox", name="Act as")).to_be_visible()
    return page
