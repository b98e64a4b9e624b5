"""The insurer's notice of non-renewal meets a cross-sell letter, and two leads agree on a plan that ends it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.demo import ask, done, press, send, visit
from tests.browser.together import conversation, fill_day, pin, shown, summary, thread

pytestmark = pytest.mark.browser

SENDER, LEAD, OTHER = "Hattie Prowse", "Saoirse Whitlock", "Henrike Vossberg"
COLLISION = "Opposed messages to the same customers"
COMPUTED_MS = 60_000
GOAL = "No flooded home gets an offer and a notice in one month"
PLEDGES = (
    "Marketing | Letters and email studio | 6 | 2027-01-18\n"
    "Underwriting & Actuarial | Letters and email studio | 2 | 2027-01-04"
)


def open_plan(page: Page) -> Locator:
    """A lead opens the overlap from the summary; the message of the conversation, with a proposal."""
    card = shown(page, LEAD, COLLISION)
    asking = press(card, "Plan together")
    expect(asking).to_contain_text(f"one conversation with {LEAD}, {OTHER} and {SENDER}")
    asking.get_by_role("button", name="Open it").click()
    expect(card).to_contain_text(f"Decided: plan together, by {LEAD}")
    plan = conversation(page, LEAD, f"{SENDER}, {OTHER}")
    expect(plan).to_contain_text("Before → after: 1 collision → 0", timeout=COMPUTED_MS)
    return plan


def check_picture(plan: Locator, says: str) -> None:
    picture = plan.get_by_role("img", name=re.compile(says)).first
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth > 400)")


def change(page: Page) -> None:
    """The other lead fills in what is agreed, with a fault first."""
    form = press(conversation(page, OTHER, f"{SENDER}, {LEAD}"), "Change the plan…")
    form.get_by_label(re.compile("^Goal")).fill(GOAL)
    fill_day(form, "Date", "2027-04-30")
    fill_day(form, "You sit together on", "2026-12-01")
    fill_day(form, "You look back on", "2027-05-14")
    form.get_by_role("radio", name=re.compile("^Yes")).check()
    pledges = form.get_by_label(re.compile("^Who gives what"))
    pledges.fill(PLEDGES.replace("Letters and", "Leaflets and", 1))
    send(form, "Save", "Line 1: no pool of this plan is called “Leaflets and email studio”")
    expect(form.get_by_label(re.compile("^Goal"))).to_have_value(GOAL)
    pledges.fill(PLEDGES)
    send(form, "Save", "The plan is saved.")
    done(form)


def test_two_leads_agree_on_a_plan_and_the_collision_is_gone(workspace: Page, tmp_path: Path) -> None:
    plan = open_plan(workspace)
    expect(plan).to_contain_text("CX-9 “Home-to-life letter, Feb drop” (Marketing) contacts Home members by Letter")
    check_picture(plan, "CX-9 contacts Home members")

    form = press(plan, "Pin or forbid…")
    pin(form, "CX-9")
    expect(form).to_contain_text("the message of the plan will show it")
    done(form)
    expect(plan).to_contain_text(f"Wanted by {LEAD}: CX-9 stays as planned", timeout=COMPUTED_MS)
    expect(plan).to_contain_text("contacts Flood-zone homes by Letter 11–22 January 2027", timeout=COMPUTED_MS)
    check_picture(plan, "Letters and email studio")

    change(workspace)
    plan = conversation(workspace, LEAD, f"{SENDER}, {OTHER}")
    expect(plan).to_contain_text(f"Underwriting & Actuarial: accepted by {OTHER}")
    plan.get_by_role("button", name="Accept", exact=True).click()
    expect(plan).to_contain_text("Agreed: all departments have accepted this plan")
    expect(plan).to_contain_text("28 December 2026 – 23 April 2027")
    expect(plan).to_contain_text("4 replies")
    told = thread(plan)
    expect(told).to_contain_text("1 initiative changed: CX-24. Before → after: 1 collision → 0")
    with workspace.expect_download() as download:
        told.get_by_role("link", name=re.compile("^Download Plan together")).click()
    download.value.save_as(tmp_path / "session.ics")
    assert b"DTSTART" in (tmp_path / "session.ics").read_bytes()
    check_gone(workspace)


def check_gone(page: Page) -> None:
    """The record and the summary agree that the two no longer collide."""
    visit(page, "start-here")
    expect(ask(page, "/cx overlaps CX-9", "1 open overlap of CX-9")).not_to_contain_text("CX-24")
    expect(ask(page, "/cx overlaps CX-24", "1 open overlap of CX-24")).not_to_contain_text("CX-9")
    ask(page, "/cx show CX-24", "28 December 2026 – 23 April 2027")
    ask(page, "/cx plans", "agreed")
    told = summary(page, LEAD)
    expect(told).to_contain_text("1 more that stood here is decided.")
    expect(told).not_to_contain_text(COLLISION)
