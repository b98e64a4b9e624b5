"""Saying more of an overlap than yes or no, and saying when one wants to hear of any."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo import act_as, ask, done, latest, press, say, send, visit
from tests.browser.together import alert, fill_day, shown, summary, thread

pytestmark = pytest.mark.browser

SENDER, LEAD, OTHER, COLLEAGUE = "Hattie Prowse", "Saoirse Whitlock", "Henrike Vossberg", "Rafael Quintero"
COLLISION = "Opposed messages to the same customers"


def hand_over(page: Page) -> None:
    """A lead asks a colleague of the department to decide."""
    form = press(shown(page, LEAD, COLLISION), "Hand to a colleague…")
    form.get_by_role("combobox").fill(COLLEAGUE)
    page.get_by_role("option", name=re.compile(f"^{COLLEAGUE}")).click()
    send(form, "Hand over", f"{LEAD} asked {COLLEAGUE} to decide it")
    done(form)


def test_a_colleague_decides_and_who_comes_second_is_told(workspace: Page) -> None:
    hand_over(workspace)
    act_as(workspace, OTHER)
    visit(workspace, "start-here")
    listed = ask(workspace, "/cx overlaps CX-9", "2 open overlaps of CX-9")
    listed.get_by_role("button", name="Open").first.click()
    expect(latest(workspace).get_by_role("button", name="Coordinate")).to_be_visible()
    visited = workspace.context.new_page()
    visited.goto(workspace.url)
    card = alert(visited, COLLEAGUE, COLLISION)
    card.get_by_role("button", name="Coordinate").click()
    expect(card).to_contain_text(f"Decided: coordinate, by {COLLEAGUE}")

    press(latest(workspace), "Truly different").get_by_role("button", name="Truly different").click()
    expect(latest(workspace)).to_contain_text(f"{COLLEAGUE} was faster")
    expect(thread(card)).to_contain_text(f"{OTHER} pressed “truly different” when {COLLEAGUE} had decided already.")
    visited.close()
    expect(summary(workspace, LEAD)).to_contain_text("1 more that stood here is decided.")


def test_leads_take_it_back_put_it_off_and_join(workspace: Page) -> None:
    card = alert(workspace, COLLEAGUE, COLLISION)
    card.get_by_role("button", name="Undo").click()
    form = press(card, "Snooze…")
    fill_day(form, "Until", "2026-12-07")
    send(form, "Snooze", f"Snoozed: until 7 December 2026, by {COLLEAGUE}")
    done(form)
    card.get_by_role("button", name="Undo").click()
    expect(card.get_by_role("button", name="Snooze…")).to_be_visible()

    form = press(shown(workspace, OTHER, COLLISION, nth=1), "Join theirs…")
    expect(form).to_contain_text("CX-24 Exit from repeat-flood sectors (treaty change), for CX-9")
    send(form, "Join", f"Decided: join theirs, by {OTHER}")
    done(form)
    told = thread(alert(workspace, COLLEAGUE, COLLISION))
    expect(told).to_contain_text(f"{OTHER} said “join theirs”.")


def test_a_person_says_when_to_be_told_and_a_registrant_sees_who_will_be(workspace: Page) -> None:
    act_as(workspace, LEAD)
    visit(workspace, "start-here")
    say(workspace, "/cx notify")
    form = workspace.get_by_role("dialog")
    form.get_by_label("Days off").fill("Christmas")
    send(form, "Save", "“Christmas” is not clear; write it as 2026-12-24")
    form.get_by_label("Days off").fill("2026-11-20")
    send(form, "Save", "not on 20 November 2026")
    done(form)

    act_as(workspace, SENDER)
    say(workspace, "/cx new Write to every household what pushed its renewal price up")
    form.get_by_label(re.compile("^Which customer problem")).fill("People see a higher figure and nobody says why.")
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("Before you save")
    expect(form).to_contain_text(f"Saving tells {LEAD} (leads Marketing)")
    expect(form).to_contain_text("Tobias Larkhill (leads Member Office), now")
    expect(form).not_to_contain_text(f"{LEAD} (leads Marketing), now")
    form.get_by_role("button", name="Cancel").click()
