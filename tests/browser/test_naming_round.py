"""A naming round, as several people play it in the browser: asked blind, answered, closed, made the journey."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.demo import act_as, demo, inbox, latest, say, visit

pytestmark = pytest.mark.browser

STEWARD, LEAD = "Amara Kamarrah", "Marcus Oyelowan"
ANSWERS = {
    "Hattie Prowse": ("Get a quote", "Sign up", "Make a claim", "Renew"),
    "Rafael Quintero": ("Quote", "Sign up", "Claim", "Renewal"),
    "Priya Nambisan": ("Ask for a quote", "Make a claim", "Get paid", "Renew"),
    "Yuki Tanemura": ("Quote", "Claim", "Payout", "Renewal"),
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with demo() as url:
        yield url


@pytest.fixture
def workspace(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.get_by_role("combobox", name="Act as")).to_be_visible()
    return page


def hub(page: Page) -> Locator:
    """What `/cx agree` answers."""
    say(page, "/cx agree")
    expect(latest(page)).to_contain_text("Naming round.")
    return latest(page)


def start(page: Page) -> None:
    """Everybody is asked: no department has more than seven people."""
    hub(page).get_by_role("button", name="Start a naming round").click()
    form = page.get_by_role("dialog")
    expect(form).to_contain_text("Marketing: 5 of 6")
    form.get_by_label("How many people of each department?").fill("7")
    form.get_by_role("button", name="Ask them").click()
    expect(form).to_contain_text("Marketing: 6 of 6")
    form.get_by_role("button", name="Ask them").click()
    expect(form).to_contain_text("people are asked now")
    form.get_by_role("button", name="Done").click()


def answer(page: Page, name: str, stages: tuple[str, ...], button: str = "Name the stages") -> Locator:
    """Somebody answers from the direct message; the field as it was before."""
    act_as(page, name)
    question = inbox(page)
    question.get_by_role("button", name=button).click()
    form = page.get_by_role("dialog")
    field = form.get_by_label("Stages in their order")
    expect(field).to_be_visible()
    field.fill("\n".join(stages))
    form.get_by_role("button", name="Answer").click()
    expect(form).to_contain_text("Thank you")
    form.get_by_role("button", name="Done").click()
    expect(question).to_contain_text("You can change your answer until")
    return question


def test_a_round_is_asked_answered_closed_and_made_the_journey(workspace: Page) -> None:
    act_as(workspace, STEWARD)
    visit(workspace, "start-here")
    start(workspace)
    for name, stages in ANSWERS.items():
        answer(workspace, name, stages)
    answer(workspace, "Hattie Prowse", ("Quote", "Sign up", "Claim", "Renewal"), "Change my answer")

    act_as(workspace, LEAD)
    visit(workspace, "start-here")
    expect(hub(workspace)).to_contain_text("4 of 58 people have answered")
    expect(latest(workspace)).not_to_contain_text("Payout")

    act_as(workspace, STEWARD)
    visit(workspace, "start-here")
    hub(workspace).get_by_role("button", name="Close now").click()
    workspace.get_by_role("dialog").get_by_role("button", name="Close it").click()
    act_as(workspace, "Hattie Prowse")
    expect(inbox(workspace)).to_contain_text("This round is closed. 4 of 58 people answered")

    act_as(workspace, STEWARD)
    result = inbox(workspace)
    expect(result).to_contain_text("What people call the stages")
    expect(result).to_contain_text("Proposed, in the order that most people used")
    for name in ANSWERS:
        expect(result).not_to_contain_text(name)
    result.get_by_role("button", name="Make this the journey").click()
    proposed = workspace.get_by_role("dialog").get_by_label("Stages", exact=True)
    expect(proposed).to_have_value(re.compile(r"^Quote\nSign up\nClaim: From the first report.*\nGet paid\nRenewal$"))
    expect(workspace.locator(".unrendered")).to_have_count(0)
