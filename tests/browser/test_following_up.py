"""What becomes of overlaps and plans as weeks pass: decisions of the executives, the season, and outcomes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.demo import act_as, ask, done, inbox, latest, move_to, move_to_next_monday, press, send, visit
from tests.browser.together import pin, thread

pytestmark = pytest.mark.browser

EXECUTIVE, STEWARD, LEAD = "Ruth Calloway", "Amara Kamarrah", "Marcus Oyelowan"
POOL = ("CX-13", "CX-36", "CX-86")
OTHERS = "Beatriz Carvalhosa, Concord, Owen Maddocks, Sandra Kettlewell"
PATIENCE_MS = 60_000


def message(page: Page, text: str) -> Locator:
    """The message that says so."""
    return page.locator("[data-ts]").filter(has_text=text).last


def digest(page: Page, monday: str) -> Locator:
    """The executives' digest of a week."""
    found = message(page, f"Customer projects: week to {monday}")
    expect(found).to_be_visible(timeout=PATIENCE_MS)
    return found


def approve(asked: Locator) -> None:
    """Press the first decision's button, which asks first, and say yes."""
    asked.get_by_role("button", name="Approve").first.click()
    asked.page.get_by_role("dialog").get_by_role("button", name="Approve").click()


def group(page: Page, others: str) -> Locator:
    """Go to the group conversation of these; its first message."""
    page.get_by_role("button", name=re.compile(others)).click()
    first = page.locator("[data-ts]").first
    expect(first).to_contain_text("Plan")
    return first


def test_what_cannot_be_done_says_what_is_short_and_the_cheapest_way_out(workspace: Page) -> None:
    act_as(workspace, "Graham Stoddart")
    visit(workspace, "start-here")
    choice = ask(workspace, "/cx propose CX-13", "CX-13 has several open overlaps. For which one?")
    choice.get_by_role("button", name="Propose").nth(1).click()
    proposal = inbox(workspace)
    expect(proposal).to_contain_text("Before → after: 2 overloaded weeks → 0", timeout=PATIENCE_MS)
    form = press(proposal, "Pin or forbid…")
    pin(form, *POOL)
    expect(form).to_contain_text("It comes to you in a message of its own")
    done(form)

    lacking = message(workspace, "It cannot be done with what may move.")
    expect(lacking).to_contain_text("Legal copy review: 1.4 person-weeks too few", timeout=PATIENCE_MS)
    expect(lacking).to_contain_text("in the 2 weeks 1–14 February 2027 (CX-13, CX-36 and CX-86)")
    expect(lacking).to_contain_text("Without the pin on CX-13, CX-36 or CX-86 it fits.")
    expect(lacking).to_contain_text("With 1.4 more person-weeks of Legal copy review")


def test_a_steward_opens_the_season_and_the_pack_can_be_downloaded(workspace: Page, tmp_path: Path) -> None:
    act_as(workspace, STEWARD)
    visit(workspace, "start-here")
    outlook = ask(workspace, "/cx season", "Planning season Q1 2027")
    expect(outlook).to_contain_text("Claim (6 departments): Marcus Oyelowan, Denise Abernethy")
    asking = press(outlook, "Open Q1 2027 now")
    expect(asking).to_contain_text("Told in their working hours")
    asking.get_by_role("button", name="Open it").click()
    expect(message(workspace, "The planning season of Q1 2027 is open")).to_be_visible()
    ask(workspace, "/cx season pack", "comes to you as a document")
    inbox(workspace)
    link = workspace.get_by_role("link", name=re.compile("^Download Planning pack"))
    with workspace.expect_download(timeout=2 * PATIENCE_MS) as download:
        link.click(timeout=2 * PATIENCE_MS)
    download.value.save_as(tmp_path / "pack.pdf")
    assert (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF")

    act_as(workspace, LEAD)
    group(workspace, "Beatriz Carvalhosa, Concord, Denise Abernethy")
    stage = message(workspace, "Planning season Q1 2027: Claim")
    expect(stage).to_contain_text("Before → after: 2 collisions → 0", timeout=PATIENCE_MS)
    expect(stage.get_by_role("button", name="Open the session")).to_be_visible()


def test_executives_decide_what_the_leads_leave_and_hear_what_became_of_it(workspace: Page) -> None:
    act_as(workspace, STEWARD)
    visit(workspace, "executive-digest")
    move_to(workspace, "2026-12-11")
    digest(workspace, "11 December 2026")
    move_to_next_monday(workspace)
    asked = digest(workspace, "14 December 2026")
    expect(asked).to_contain_text("What waiting costs: In 35 days customers of Flood-zone homes and of Home members")
    proposed = "Concord proposes: CX-2 “Dedicated case owners, storm surge” (Claims) contacts Flood-zone homes"
    expect(asked).to_contain_text(proposed, timeout=2 * PATIENCE_MS)
    approve(asked)
    expect(latest(workspace)).to_contain_text(f"the executives decide this. Ask {EXECUTIVE} or Anselm Beck.")

    act_as(workspace, EXECUTIVE)
    approve(asked)
    expect(asked).to_contain_text(f"Decided: {EXECUTIVE} approved it; the plan is in force.")
    move_to_next_monday(workspace)
    became = digest(workspace, "21 December 2026")
    expect(became).to_contain_text("What became of earlier decisions")
    expect(became).to_contain_text(f"CX-2 and CX-66: {EXECUTIVE} approved it; the plan is in force.")


def test_the_day_of_a_plan_comes_and_its_outcome_is_told(workspace: Page) -> None:
    act_as(workspace, LEAD)
    plan = group(workspace, OTHERS)
    expect(plan).to_contain_text("The customer gets the whole of it on: 30 July 2027")
    move_to(workspace, "2027-07-30")
    said = thread(plan)
    expect(said).to_contain_text("The day of this plan has come", timeout=PATIENCE_MS)
    visit(workspace, "start-here")
    ask(workspace, "/cx todo", "Plan for CX-2, CX-66")
    inbox(workspace)
    workspace.get_by_role("tab", name="Home").click()
    expect(workspace.get_by_role("tabpanel", name="Home")).to_contain_text("Say what came of it. (today)")

    form = press(group(workspace, OTHERS), "Tell what came of it")
    form.get_by_role("radio", name=re.compile("^Kept")).check()
    send(form, "Save", "kept")
    done(form)
    expect(plan).to_contain_text("This plan is closed: kept.")
    visit(workspace, "start-here")
    ask(workspace, "/cx plans", "closed: kept")
