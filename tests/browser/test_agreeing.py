"""From a naming round to a ratified journey, then whether people mean the same by its stages and their scores."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo import act_as, ask, choose, done, inbox, press, send, visit
from tests.browser.rounds import PATIENCE_MS, close, hub, propose, steward

pytestmark = pytest.mark.browser

REASON = "That is a part of *Claim* & no <stage>"
TAGS = {
    "Hattie Prowse": ("Claim", "Quote", "Renew"),
    "Rafael Quintero": ("Claim", "Quote", "Renew"),
    "Priya Nambisan": ("Get paid", "Quote", "Renew"),
    "Yuki Tanemura": ("Claim", "Quote", "Claim"),
    "Carlos Barreiros": ("Get paid", "Quote", "Renew"),
}
SCORES = {
    "Marcus Oyelowan": ("Days until the claim is paid", "10", "days"),
    "Denise Abernethy": ("Claims without a complaint", "95", "%"),
}


def make_it_the_journey(page: Page) -> None:
    form = press(propose(page), "Make this the journey")
    send(form, "Save", "this takes something away")
    expect(form).to_contain_text("13 live initiatives")
    for left, kept in (
        ("Find us", "Quote"),
        ("Quote and buy", "Quote"),
        ("Settle in", "Sign up"),
        ("4 others", "Claim"),
    ):
        choose(form, left, kept)
    send(form, "Save anyway", "The journey has 5 stages now")
    done(form)


def agree(page: Page, lead: str, department: str) -> None:
    act_as(page, lead)
    card = inbox(page)
    expect(card).to_contain_text("Do you agree to the journey?", timeout=PATIENCE_MS)
    card.get_by_role("button", name="We agree to all").click()
    expect(card).to_contain_text(f"{department} agrees.")


def object_to(page: Page, stage: str) -> None:
    act_as(page, "Marcus Oyelowan")
    card = inbox(page)
    form = press(card, "Answer stage by stage")
    expect(form).to_contain_text("You answer for Claims")
    for asked in form.get_by_role("radiogroup").all():
        asked.get_by_role("radio", name="We agree").check()
    form.get_by_label(f"Why, if you object to {stage}").fill(REASON)
    send(form, "Save", "Choose “We object” above")
    form.get_by_role("radiogroup", name=stage).get_by_role("radio", name="We object").check()
    send(form, "Save", "Your objections are noted")
    done(form)
    expect(card).to_contain_text(f"Claims objects to “{stage}”: {REASON}")


def test_a_proposal_is_saved_asked_of_all_departments_and_ratified_over_an_objection(workspace: Page) -> None:
    make_it_the_journey(workspace)
    visit(workspace, "start-here")
    expect(ask(workspace, "/cx journey", "saved by Amara Kamarrah")).to_contain_text("1. Quote")
    changes = ask(workspace, "/cx journey history", "What changed in the journey")
    expect(changes).to_contain_text(re.compile("13 initiatives .*moved from “Quote and buy” to “Quote”"))

    hub(workspace).get_by_role("button", name="Ask the departments to agree").click()
    expect(workspace.get_by_text("10 leads got the question just now.", exact=True)).to_be_visible()
    agree(workspace, "Gareth Pemberly", "Sales & Brokers")
    agree(workspace, "Henrike Vossberg", "Underwriting & Actuarial")
    object_to(workspace, "Get paid")

    act_as(workspace, "Hattie Prowse")
    seen = hub(workspace, REASON)
    expect(seen.get_by_role("button", name=re.compile("agree|Answer|Ratify|Ask"))).to_have_count(0)

    form = press(steward(workspace, "2 of 10"), "Ratify…")
    expect(form).to_contain_text("over 1 objection")
    send(form, "Ratify anyway", "Ratified on")
    done(form)
    hub(workspace, "over 1 objection")
    expect(workspace.locator(".unrendered")).to_have_count(0)


def tag(page: Page, name: str, stages: tuple[str, ...]) -> None:
    act_as(page, name)
    question = inbox(page)
    expect(question).to_contain_text("On which stage?", timeout=PATIENCE_MS)
    form = press(question, "Answer")
    menus = form.get_by_role("combobox")
    expect(menus).to_have_count(len(stages))
    for menu, stage in zip(menus.all(), stages, strict=True):
        menu.click()
        page.get_by_role("option", name=stage, exact=True).click()
    send(form, "Answer", "Thank you")
    done(form)


def test_a_pulse_shows_how_far_people_agree_and_what_they_take_for_each_other(workspace: Page) -> None:
    form = press(steward(workspace), "Start a pulse")
    form.get_by_label("How many people of each department?").fill("7")
    send(form, "Ask them", "58 people are asked now")
    done(form)
    for name, stages in TAGS.items():
        tag(workspace, name, stages)

    result = close(workspace, "5 of 58", "alpha")
    expect(result).to_contain_text("Most often taken for each other: “Claim” and “Get paid”")
    expect(result).to_contain_text(re.compile(r"alpha: 0\.\d\d"))


def say_score(page: Page, name: str, measure: str, target: str, unit: str) -> None:
    act_as(page, name)
    question = inbox(page)
    expect(question).to_contain_text("the stage “Claim”", timeout=PATIENCE_MS)
    form = press(question, "Answer")
    form.get_by_label("Or another measure, in your words").fill(measure)
    form.get_by_label("Its target").fill(target)
    form.get_by_label("Unit").fill(unit)
    send(form, "Answer", "Thank you")
    done(form)


def test_leads_who_aim_at_different_scores_make_a_gap(workspace: Page) -> None:
    choose(steward(workspace), "Test a stage", "Claim")
    form = workspace.get_by_role("dialog")
    send(form, "Ask them", "people are asked now")
    done(form)
    for name, (measure, target, unit) in SCORES.items():
        say_score(workspace, name, measure, target, unit)

    expect(close(workspace, "2 of 10", "They do not aim at one score")).to_contain_text("target 10 days")
    ask(workspace, "/cx gaps stages", "the leads of “Claim” do not aim at one score")
