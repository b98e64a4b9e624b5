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
    if who.input_value().startswith(name):
        return
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
    expect(page.locator("dialog")).to_have_count(0)
    page.get_by_role("region", name="Apps").get_by_role("button").click()
    page.get_by_role("tab", name="Messages").click()
    return latest(page)


def say(page: Page, text: str) -> None:
    """Send a message or a command."""
    page.get_by_role("textbox", name=re.compile("^Message ")).fill(text)
    page.keyboard.press("Enter")


def latest(page: Page) -> Locator:
    """The last message."""
    return page.locator("[data-ts]").last


def ask(page: Page, command: str, shows: str) -> Locator:
    """Send a command; its answer."""
    rows = page.get_by_role("list", name=re.compile("^Messages in "))
    expect(rows.locator("> *").first).to_be_attached()
    before = rows.locator("[data-ts]").count()
    say(page, command)
    expect(rows.locator("[data-ts]")).not_to_have_count(before)
    expect(latest(page)).to_contain_text(shows)
    return latest(page)


def press(place: Locator, button: str) -> Locator:
    """Press a button that opens a form; the form."""
    place.get_by_role("button", name=button, exact=True).click()
    return place.page.get_by_role("dialog")


def choose(place: Locator, menu: str, option: str, nth: int = 0) -> None:
    """Choose in a menu; of several menus of one name the `nth`."""
    place.get_by_role("combobox", name=re.compile(menu)).nth(nth).click()
    place.page.get_by_role("option", name=option, exact=True).click()


def send(form: Locator, button: str, shows: str) -> None:
    """Send a form; it answers in its place."""
    form.get_by_role("button", name=button, exact=True).click()
    expect(form).to_contain_text(shows)


def done(form: Locator) -> None:
    """Put away a form that has said what it has to say."""
    form.get_by_role("button", name="Done").click()
    expect(form).to_have_count(0)


def move_to_next_monday(page: Page) -> None:
    """Let it be the morning of the digest."""
    page.get_by_role("button", name=re.compile("^Workspace time")).click()
    page.get_by_role("button", name="Next Monday 9:00").click()
    page.keyboard.press("Escape")


def move_to(page: Page, day: str) -> None:
    """Let it be nine in the morning of a day, written as 2027-03-01."""
    page.get_by_role("button", name=re.compile("^Workspace time")).click()
    panel = page.get_by_role("dialog", name="Workspace time")
    panel.get_by_label("Date").fill(day)
    page.keyboard.press("Tab")
    panel.get_by_role("button", name="Move to this time").click()
    page.keyboard.press("Escape")


def _jump(page: Page, name: str) -> None:
    expect(page.locator("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    jump = page.get_by_role("dialog", name="Jump to")
    jump.get_by_role("combobox").fill(name)
    expect(jump.get_by_role("option").first).to_contain_text(name)
    page.keyboard.press("Enter")
