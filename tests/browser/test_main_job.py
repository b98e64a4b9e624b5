"""The main job, as three people do it in the browser: register, decide, read the digest."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo import act_as, inbox, latest, move_to_next_monday, say, visit

pytestmark = pytest.mark.browser

TITLE = "Write to every household what pushed its renewal price up"
PROBLEM = "People who have been with us for years see a higher figure than last time and nobody says what changed."


def test_an_employee_registers_a_lead_decides_and_an_executive_reads(workspace: Page) -> None:
    act_as(workspace, "Hattie Prowse")
    visit(workspace, "start-here")
    say(workspace, f"/cx new {TITLE}")
    form = workspace.get_by_role("dialog")
    expect(form.get_by_label("Title")).to_have_value(TITLE)
    form.get_by_label(re.compile("problem", re.IGNORECASE)).fill(PROBLEM)
    form.get_by_role("button", name="Save").click()

    expect(form.get_by_text("Before you save")).to_be_visible()
    expect(form.get_by_text("Why is mine dearer?")).to_be_visible()
    expect(form.get_by_label("Title")).to_have_value(TITLE)
    for answers in form.get_by_role("radiogroup").all():
        answers.get_by_role("radio", name=re.compile("^Coordinate")).check()
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("CX-91").first).to_be_visible()
    form.get_by_role("button", name="Done").click()

    act_as(workspace, "Tobias Larkhill")
    card = inbox(workspace)
    expect(card).to_contain_text("Two departments seem to do the same work")
    expect(card).to_contain_text("Hattie Prowse said “coordinate”")
    card.get_by_role("button", name="Coordinate").click()
    expect(card).to_contain_text("Decided: coordinate, by Tobias Larkhill")
    expect(card.get_by_role("button", name="Plan together")).to_have_count(0)
    card.get_by_role("button", name="Undo").click()
    expect(card.get_by_role("button", name="Plan together")).to_be_visible()

    act_as(workspace, "Ruth Calloway")
    visit(workspace, "executive-digest")
    move_to_next_monday(workspace)
    digest = latest(workspace)
    expect(digest).to_contain_text("Harbour Mutual", timeout=30_000)
    picture = digest.get_by_role("img", name=re.compile("stage", re.IGNORECASE))
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 400")
    expect(workspace.locator(".unrendered")).to_have_count(0)
    expect(workspace.locator("[data-ts]")).to_have_count(1)
