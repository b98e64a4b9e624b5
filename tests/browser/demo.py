"""The demo as `make demo` starts it, and what people do in its page."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

WITHOUT_OURS = {name: value for name, value in os.environ.items() if not name.startswith("CONCORD_")}


@contextmanager
def demo() -> Iterator[str]:
    """A running demo; its address."""
    command = [sys.executable, "-m", "bot", "demo", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=WITHOUT_OURS) as process:
        assert process.stdout is not None
        said = iter(process.stdout.readline, "")
        yield next(found[0] for line in said if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def act_as(page: Page, name: str) -> None:
    """Be somebody."""
    who = page.get_by_role("combobox", name="Act as")
    who.click()
    who.fill(name)
    page.get_by_role("option", name=re.compile(f"^{name}")).click()
    expect(page.get_by_text(f"You act as {name}.")).to_be_attached()


def visit(page: Page, name: str) -> None:
    """Go to a channel."""
    _jump(page, name)
    expect(page.get_by_role("textbox", name=f"Message #{name}")).to_be_enabled()


def inbox(page: Page) -> Locator:
    """Go to the messages of Concord; the last one."""
    _jump(page, "Concord")
    page.get_by_role("tab", name="Messages").click()
    return latest(page)


def say(page: Page, text: str) -> None:
    """Send a message or a command."""
    page.get_by_role("textbox", name=re.compile("^Message ")).fill(text)
    page.keyboard.press("Enter")


def latest(page: Page) -> Locator:
    """The last message."""
    return page.locator("[data-ts]").last


def _jump(page: Page, name: str) -> None:
    page.keyboard.press("Control+k")
    jump = page.get_by_role("dialog", name="Jump to")
    jump.get_by_role("combobox").fill(name)
    expect(jump.get_by_role("option").first).to_contain_text(name)
    page.keyboard.press("Enter")
