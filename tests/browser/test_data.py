"""What is kept and of whom: `/cx privacy`, how long things stay, and the log of who did what."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.demo import act_as, ask, done, inbox, latest, press, visit

pytestmark = pytest.mark.browser

STEWARD, EXECUTIVE = "Amara Kamarrah", "Ruth Calloway"
PLACE = "start-here"


def downloaded(message: Locator, folder: Path) -> str:
    """The file of a message."""
    with message.page.expect_download() as begun:
        message.get_by_role("link", name="Download").click()
    file = folder / "file"
    begun.value.save_as(file)
    return file.read_text(encoding="utf-8")


def test_whoever_asks_is_told_what_is_kept_about_them_and_gets_it(workspace: Page, tmp_path: Path) -> None:
    act_as(workspace, EXECUTIVE)
    visit(workspace, PLACE)
    told = ask(workspace, "/cx privacy", "What Concord keeps about you")
    expect(told).to_contain_text(f"To have it deleted, ask {STEWARD}.")
    told.get_by_role("button", name="Send me my data").click()
    expect(latest(workspace)).to_contain_text("Your data comes as a file, by direct message.")

    expect(inbox(workspace)).to_contain_text("Only you get this file.")
    assert EXECUTIVE in json.dumps(json.loads(downloaded(latest(workspace), tmp_path)))


def test_a_steward_says_for_how_long_things_are_kept_and_finds_that_in_the_log(workspace: Page) -> None:
    act_as(workspace, STEWARD)
    visit(workspace, PLACE)
    form = press(ask(workspace, "/cx setup", "Settings"), "What is kept")
    days = form.get_by_label("Days to keep messages")
    days.fill("7")
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("120 or more")
    days.fill("150")
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("messages that are over after 150 days")
    done(form)

    log = ask(workspace, "/cx audit data.terms", "1 entry in the log for “data.terms”")
    expect(log).to_contain_text(f"{STEWARD}: changed for how long things are kept – messages: from 180 to 150")


def test_the_log_is_paged_and_says_what_was_done_in_words(workspace: Page) -> None:
    act_as(workspace, STEWARD)
    visit(workspace, PLACE)
    log = ask(workspace, "/cx audit", "in the log")
    newest = log.get_by_role("listitem").first.inner_text()
    log.get_by_role("button", name="Show more").click()
    expect(latest(workspace).get_by_role("listitem").first).not_to_have_text(newest)
    latest(workspace).get_by_role("button", name="Back").click()
    expect(latest(workspace).get_by_role("listitem").first).to_have_text(newest)

    schedules = ask(workspace, "/cx audit schedule", "in the log for “schedule”")
    expect(schedules).to_contain_text("every Monday at 09:00 (Europe/London), in #executive-digest")
    expect(ask(workspace, "/cx audit nonsense", "nothing called “nonsense”")).to_contain_text("Try /cx audit plan")


def test_others_are_told_whom_to_ask(workspace: Page) -> None:
    act_as(workspace, EXECUTIVE)
    visit(workspace, PLACE)

    ask(workspace, "/cx audit", f"Only stewards read the log of who did what. Ask {STEWARD}.")
