"""Hands raised, readings, the Home and the digest with the scores, and two stewards at one stage."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.demo import act_as, ask, choose, done, inbox, latest, move_to_next_monday, press, say, send, visit

pytestmark = pytest.mark.browser

STEWARD, SECOND = "Amara Kamarrah", "Tobias Larkhill"
METRIC = "Quote-to-sale conversion"


def raise_a_hand(page: Page, name: str) -> Locator:
    act_as(page, name)
    visit(page, "start-here")
    gaps = ask(page, "/cx gaps stages", "Nobody is accountable for “Settle in”")
    gaps.get_by_role("button", name="Raise a hand").first.click()
    expect(gaps).to_contain_text(f"{name} looks after it.")
    return gaps


def read(form: Locator, day: str, value: str) -> None:
    form.get_by_label("Day").fill(day)
    form.page.keyboard.press("Tab")
    form.get_by_label(re.compile("^Value")).fill(value)


def pictures(place: Locator) -> Locator:
    return place.get_by_role("img", name=re.compile("target|stage", re.IGNORECASE))


def test_a_hand_is_raised_and_handed_back(workspace: Page) -> None:
    gaps = raise_a_hand(workspace, "Hattie Prowse")
    gaps.get_by_role("button", name="Hand back").click()
    expect(gaps).not_to_contain_text("Hattie Prowse looks after it.")
    raise_a_hand(workspace, "Denise Abernethy")


def test_a_reading_is_mended_amended_and_shown_with_its_metric(workspace: Page) -> None:
    act_as(workspace, "Anjali Deshmane")
    visit(workspace, "start-here")
    say(workspace, f"/cx reading {METRIC}")
    form = workspace.get_by_role("dialog")
    expect(form).to_contain_text("Last reading: 11.1% of quotes on 31 October 2026")
    form.get_by_label("Answers").fill("3200")
    read(form, "2027-03-01", "11.9")
    send(form, "Save", "1 March 2027 has not come yet")
    expect(form.get_by_label(re.compile("^Value"))).to_have_value("11.9")
    expect(form.get_by_label("Answers")).to_have_value("3200")

    read(form, "2026-10-31", "11.9")
    send(form, "Save", "On record for 31 October 2026 is 11.1% of quotes")
    send(form, "Save", "11.9% of quotes on 31 October 2026")
    done(form)
    ask(workspace, "/cx metrics", "17 metrics")
    ask(workspace, f"/cx metrics {METRIC}", "was 11.1% of quotes")


def test_home_and_digest_show_the_scores_with_pictures_and_thank_who_raised_a_hand(workspace: Page) -> None:
    act_as(workspace, "Ruth Calloway")
    inbox(workspace)
    workspace.get_by_role("tab", name="Home").click()
    home = workspace.get_by_role("tabpanel", name="Home")
    expect(home).to_contain_text("Scores")
    expect(pictures(home)).to_have_count(1)

    visit(workspace, "executive-digest")
    move_to_next_monday(workspace)
    digest = latest(workspace)
    expect(digest).to_contain_text("Thank you for raising a hand", timeout=30_000)
    expect(digest).to_contain_text("Denise Abernethy looks after")
    expect(digest).to_contain_text("off track")
    expect(pictures(digest)).to_have_count(2)
    for picture in pictures(digest).all():
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth > 400)")
    expect(workspace.locator(".unrendered")).to_have_count(0)


def edit_stage(page: Page) -> Locator:
    visit(page, "start-here")
    choose(ask(page, "/cx setup", "Settings"), "Stages…", "Claim")
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Intent")).to_be_visible()
    return form


def make_second_steward(page: Page) -> None:
    act_as(page, STEWARD)
    visit(page, "start-here")
    form = press(ask(page, "/cx setup", "Settings"), "People")
    stewards = form.get_by_role("combobox", name=re.compile("Stewards"))
    stewards.fill(SECOND)
    page.get_by_role("option", name=re.compile(SECOND)).click()
    send(form, "Save", "Executives and stewards are saved.")
    done(form)


def test_of_two_stewards_at_one_stage_the_second_is_told_and_nothing_is_lost(workspace: Page, address: str) -> None:
    make_second_steward(workspace)
    other = workspace.context.new_page()
    other.goto(address)
    act_as(other, SECOND)
    first, second = edit_stage(workspace), edit_stage(other)
    first.get_by_label("Intent").fill("Prove it")
    second.get_by_label("What does the customer want to get done?").fill("Be whole again")
    send(first, "Save", "Claim is saved.")
    done(first)

    send(second, "Save", f"{STEWARD} changed this while it was open here: “Intent” is now “Prove it”")
    expect(second.get_by_label("What does the customer want to get done?")).to_have_value("Be whole again")
    expect(second.get_by_label("Intent")).to_have_value("Prove it")
    send(second, "Save", "Claim is saved.")
    done(second)
    visit(workspace, "start-here")
    changes = ask(workspace, "/cx journey history", f"saved by {SECOND}")
    expect(changes).to_contain_text("“Claim” has another customer's goal.")
    expect(changes).to_contain_text("“Claim” has another intent.")

    first, second = edit_stage(workspace), edit_stage(other)
    choose(first, "How much it matters", "2")
    second.get_by_label("Name").fill("Claim it")
    send(first, "Save", "Claim is saved.")
    done(first)
    send(second, "Save", "What you had not touched stands below as it is now: “How much it matters”.")
    expect(second.get_by_label("Name")).to_have_value("Claim it")
    send(second, "Save", "Claim it is saved.")
    expect(second).to_contain_text("Ask the departments to agree")
    other.close()
    changes = ask(workspace, "/cx journey history", "“Claim” is called “Claim it” now.")
    expect(changes).to_contain_text("“Claim” has another weight.")
