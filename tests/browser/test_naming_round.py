"""A naming round, as several people play it in the browser: asked blind, answered, closed, made the journey."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo import act_as, inbox, press
from tests.browser.rounds import ANSWERS, PATIENCE_MS, answer, close, hub, start, steward

pytestmark = pytest.mark.browser

LEAD = "Marcus Oyelowan"


def test_a_round_is_asked_answered_closed_and_made_the_journey(workspace: Page) -> None:
    start(workspace)
    for name, stages in ANSWERS.items():
        answer(workspace, name, stages)
    answer(workspace, "Hattie Prowse", ("Quote", "Sign up", "Claim", "Renewal"), "Change my answer")

    act_as(workspace, LEAD)
    expect(hub(workspace, "4 of 58 people have answered")).not_to_contain_text("Payout")
    close(workspace, "4 of 58", "What people call the stages")
    act_as(workspace, "Hattie Prowse")
    expect(inbox(workspace)).to_contain_text("This round is closed. 4 of 58 people answered", timeout=PATIENCE_MS)

    steward(workspace)
    result = inbox(workspace)
    expect(result).to_contain_text("What people call the stages", timeout=PATIENCE_MS)
    expect(result).to_contain_text("Proposed, in the order that most people used")
    for name in ANSWERS:
        expect(result).not_to_contain_text(name)
    proposed = press(result, "Make this the journey").get_by_label("Stages", exact=True)
    expect(proposed).to_have_value(re.compile(r"^Quote\nSign up\nClaim: From the first report.*\nGet paid\nRenewal$"))
    expect(workspace.locator(".unrendered")).to_have_count(0)
