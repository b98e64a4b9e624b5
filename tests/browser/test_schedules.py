"""What comes when: schedules are changed, skipped, paused, previewed and sent; owners say how it goes."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.bot.sandbox.world import Control
from tests.browser.demo import act_as, ask, done, inbox, move_to, press, say, visit

pytestmark = pytest.mark.browser

STEWARD, LEAD, OWNER = "Amara Kamarrah", "Denise Abernethy", "Rafael Quintero"
EXECUTIVES, DIGEST = "The executives’ digest", "Customer projects: week to"
FIRST_WEDNESDAY = "2026-12-02T10:00:00+00:00"
PATIENCE_MS = 60_000


def schedules(page: Page, name: str) -> Locator:
    """The list, as somebody sees it."""
    act_as(page, name)
    visit(page, "start-here")
    say(page, "/cx schedules")
    listed = page.get_by_role("dialog")
    expect(listed).to_contain_text("Schedules")
    return listed


def use(listed: Locator, button: str, of: str) -> None:
    """Press a button of one schedule."""
    listed.get_by_role("button", name=f"{button}: {of}").click()


def leave(listed: Locator) -> None:
    """Close the list."""
    listed.get_by_role("button", name="Close").first.click()
    expect(listed).to_have_count(0)


def digests(page: Page, channel: str, text: str) -> Locator:
    """The digests that stand in a channel."""
    visit(page, channel)
    return page.locator("[data-ts]").filter(has_text=text)


def test_a_steward_changes_when_the_digest_comes_and_mends_what_was_not_clear(workspace: Page) -> None:
    listed = schedules(workspace, STEWARD)
    expect(listed).to_contain_text("Every Monday at 09:00 (Europe/London) in #executive-digest")
    use(listed, "Change…", EXECUTIVES)
    listed.get_by_role("radio", name=re.compile("^Otherwise")).check()
    listed.get_by_role("textbox", name=re.compile("^Otherwise")).fill("every other day")
    listed.get_by_role("button", name="Save").click()
    expect(listed).to_contain_text("minute, hour, day, month")
    listed.get_by_role("textbox", name=re.compile("^Otherwise")).fill("30 8 * * tue")
    listed.get_by_role("button", name="Save").click()

    expect(listed).to_contain_text(f"{EXECUTIVES}: every Tuesday at 08:30 (Europe/London), in #executive-digest.")
    expect(listed).to_contain_text("Next: Tuesday 24 November 2026, 08:30")
    leave(listed)


def test_the_next_one_is_left_out_and_all_are_paused_and_come_again(workspace: Page) -> None:
    listed = schedules(workspace, STEWARD)
    use(listed, "Skip the next", EXECUTIVES)
    expect(listed).to_contain_text("The next one is left out: Tuesday 24 November 2026, 08:30")
    use(listed, "Do it after all", EXECUTIVES)
    expect(listed).to_contain_text(f"{EXECUTIVES}: the next one comes after all.")
    use(listed, "Pause", EXECUTIVES)
    expect(listed).to_contain_text("Paused: nothing comes until it is resumed.")
    use(listed, "Resume", EXECUTIVES)
    expect(listed).to_contain_text(f"{EXECUTIVES}: it comes again.")
    leave(listed)


def test_it_is_previewed_and_sent_now_once(workspace: Page) -> None:
    listed = schedules(workspace, STEWARD)
    use(listed, "Preview", EXECUTIVES)
    expect(listed).to_contain_text("Only you see this, and nothing is sent or changed by it.")
    listed.get_by_role("button", name="Back to the schedules").click()
    use(listed, "Send now", EXECUTIVES)
    asked = workspace.get_by_role("dialog").last
    expect(asked).to_contain_text("Everybody in the executives’ channel will see it.")
    asked.get_by_role("button", name="Send now").click()
    expect(listed).to_contain_text(f"{EXECUTIVES}: it is on its way.")
    leave(listed)

    sent = digests(workspace, "executive-digest", DIGEST)
    expect(sent).to_have_count(1, timeout=PATIENCE_MS)


def test_a_lead_gives_the_own_department_a_digest(workspace: Page) -> None:
    listed = schedules(workspace, LEAD)
    expect(listed).not_to_contain_text("nightly")
    listed.get_by_role("button", name="Add a department digest").click()
    expect(listed).to_contain_text("Digest of Service Centre")
    listed.get_by_label("The department’s channel").click()
    workspace.get_by_role("option", name=re.compile("service-centre")).click()
    listed.get_by_role("button", name="Save").click()
    expect(listed).to_contain_text(
        "Digest of Service Centre: every Monday at 09:00 (Europe/London), in #service-centre."
    )
    leave(listed)

    move_to(workspace, "2026-11-23")
    sent = digests(workspace, "service-centre", "Service Centre: week to 23 November 2026")
    expect(sent).to_have_count(1, timeout=PATIENCE_MS)


def test_an_owner_says_that_it_is_stuck_and_why_and_the_card_shows_it(workspace: Page, address: str) -> None:
    act_as(workspace, OWNER)
    Control(address).post("clock", {"to": FIRST_WEDNESDAY})
    question = inbox(workspace)
    expect(question).to_contain_text("How do your initiatives stand?", timeout=PATIENCE_MS)
    question.get_by_role("button", name=re.compile("^Stuck: ")).first.click()
    expect(question).to_contain_text("“Say more” lets you write what is in the way.")
    form = press(question, "Say more")
    form.get_by_label("What is in the way, or what helps").first.fill("The garages have no slots before March.")
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("The garages have no slots before March.")
    done(form)
    expect(question).to_contain_text("The garages have no slots before March.")

    stuck = re.search(r"CX-\d+", question.inner_text())
    assert stuck is not None
    visit(workspace, "start-here")
    card = ask(workspace, f"/cx show {stuck[0]}", f"Last check-in: Stuck, said by {OWNER} on 2 December 2026")
    expect(card).to_contain_text("The garages have no slots before March.")


def test_what_could_not_be_delivered_is_told_to_the_steward_and_sent_again(workspace: Page, address: str) -> None:
    control = Control(address)
    control.fault("chat.postMessage", "error", error="is_archived")
    listed = schedules(workspace, STEWARD)
    use(listed, "Send now", EXECUTIVES)
    workspace.get_by_role("dialog").last.get_by_role("button", name="Send now").click()
    expect(listed).to_contain_text("it is on its way")
    leave(listed)

    told = inbox(workspace)
    expect(told).to_contain_text("1 message did not arrive", timeout=PATIENCE_MS)
    told.get_by_role("button", name=re.compile("^Send again")).click()
    expect(told).to_contain_text("Nothing is stuck any more", timeout=PATIENCE_MS)
    expect(digests(workspace, "executive-digest", DIGEST)).not_to_have_count(0)
