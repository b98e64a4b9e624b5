from dataclasses import replace

import pytest

from handlers.ids import Action
from handlers.views.plan_lists import plan_list
from handlers.views.plans import PlanShown, joined_message, plan_message
from handlers.views.proposals import CALENDAR, LOADS
from planning.plans.values import Acceptance, Outcome, PlanState, Terms
from planning.proposals.values import About, AboutKind
from planning.register import Page
from tests.builders import NOW, at
from tests.handlers.slack import buttons
from tests.handlers.views.limits import LONG, accepted, elements, words
from tests.handlers.views.planned import NAMES, largest, shown
from tests.planned import plan, pledge, terms
from tests.planning.portfolios import initiative
from tests.proposed import done


def pressable(of: PlanShown) -> set[str]:
    return set(buttons(accepted(plan_message(of))))


def test_a_conversation_opens_with_who_asks_the_facts_and_what_to_agree_on() -> None:
    said = words(plan_message(shown()))

    for part in ("Mia Lead asks to plan these together", "A survey", "82% alike", "One date", "a goal and a date"):
        assert part in said


def test_what_is_agreed_takes_the_place_of_what_to_agree_on() -> None:
    agreed = terms(metric=1, session_at=at(3), decisions="One letter goes.", pledges=(pledge(),))
    said = words(plan_message(shown(plan(terms=agreed))))

    for part in ("One letter that says it all", "Renewals", "4 March 2027, 10:00 (Europe/Oslo)", "One letter goes."):
        assert part in said
    assert "3 person-weeks of Ops" in said
    assert "Which people you share" not in said


def test_who_has_accepted_and_who_is_still_to_accept_is_told() -> None:
    said = words(plan_message(shown(plan(revision=2, terms=terms(), acceptances=(Acceptance(1, 1, NOW, 2),)))))

    assert "accepted by Mia Lead, 1 March 2027" in said
    assert "Bo Lind is still to accept" in said


def test_who_accepted_an_earlier_revision_is_asked_anew() -> None:
    said = words(plan_message(shown(plan(revision=3, acceptances=(Acceptance(1, 1, NOW, 2),)))))

    assert "Mia Lead is asked anew, because it was changed" in said


def test_the_proposal_stands_in_it_with_its_pictures() -> None:
    message = plan_message(shown(proposal=done()), {LOADS: "F1", CALENDAR: "F2"})

    assert "Concord proposes" in words(message)
    assert "Concord proposes" in message.text
    images = [block for block in accepted(message) if block["type"] == "image"]
    assert [(one["slack_file"]["id"], bool(one["alt_text"])) for one in images] == [("F1", True), ("F2", True)]


def test_an_agreed_plan_shows_what_came_of_the_proposal_and_asks_nobody() -> None:
    agreed = plan(state=PlanState.ACCEPTED, accepted_at=NOW, applied=1, terms=terms(proposal=1))
    agreed = replace(agreed, acceptances=(Acceptance(1, 1, NOW, 1), Acceptance(2, 2, NOW, 1)))
    of = shown(agreed, proposal=done())

    assert "Agreed: all departments have accepted this plan, 1 March 2027." in words(plan_message(of))
    assert "the initiatives have taken over what Concord proposed" in words(plan_message(of))
    assert pressable(of) == {Action.OUTCOME_TELL, Action.PLAN_CHANGE, Action.PLAN_TAKE_BACK}


def test_a_newer_proposal_than_the_one_that_is_part_of_the_plan_says_so() -> None:
    agreed = plan(terms=terms(proposal=1))

    assert "This proposal is newer" in words(plan_message(shown(agreed, proposal=done(id=2))))
    assert "This proposal is newer" not in words(plan_message(shown(agreed, proposal=done(id=1))))


@pytest.mark.parametrize(
    ("said", "first", "waits"),
    [
        (terms(), Action.PLAN_ACCEPT, False),
        (terms(goal=""), Action.PLAN_CHANGE, True),
        (Terms(), Action.PLAN_CHANGE, True),
    ],
)
def test_the_button_to_press_next_stands_out_and_what_accepting_waits_for_is_said(
    said: Terms, first: Action, waits: bool
) -> None:
    message = plan_message(shown(plan(terms=said)))

    primary = [one["action_id"] for one in elements(message, "button") if one.get("style") == "primary"]
    assert primary == [first]
    assert ("waits for a goal and a date" in words(message)) is waits


def test_an_open_plan_can_be_accepted_changed_and_taken_back() -> None:
    assert pressable(shown()) == {Action.PLAN_ACCEPT, Action.PLAN_CHANGE, Action.PLAN_TAKE_BACK}
    assert Action.PLAN_STEWARD in pressable(shown(steward=False))


@pytest.mark.parametrize(
    ("over", "told", "can"),
    [
        ({"state": PlanState.OFF}, "This was taken back", set()),
        (
            {"state": PlanState.CLOSED, "outcome": Outcome.PARTLY, "came_of_it": "One is out."},
            "kept in part. One is out.",
            {Action.OUTCOME_TELL},
        ),
    ],
)
def test_a_plan_that_is_over_says_so_and_can_only_be_corrected(
    over: dict[str, object], told: str, can: set[str]
) -> None:
    of = shown(plan(**over))

    assert told in plan_message(of).text
    assert pressable(of) == can
    assert "To agree on" not in words(plan_message(of))


def test_whom_the_conversation_has_no_room_for_is_named() -> None:
    assert "Please tell Cy and Di too." in words(plan_message(shown(outside=["Cy", "Di"])))


def test_a_score_that_is_disputed_is_an_item_of_the_plan() -> None:
    item = "To settle: what “Use” is measured by, and its target"

    assert item in words(plan_message(shown(disputed=["Use"])))
    assert item in plan_message(shown(disputed=["Use"])).text
    assert "…and the same for 2 more" in words(plan_message(shown(disputed=list("ABCDEFG"))))


def test_a_plan_of_a_stage_is_called_after_it() -> None:
    stage = plan(about=About(kind=AboutKind.STAGE, id=1, quarter="2027-Q1"), finding=None)
    names = replace(NAMES, stages={1: "Renew"})

    assert "Plan together: the stage “Renew” in Q1 2027" in plan_message(shown(stage, finding=None, names=names)).text


def test_those_who_are_joined_learn_by_whom_and_what_to_do() -> None:
    given_up = replace(initiative(2, title="A survey", department=2), joined=1)
    said = joined_message(given_up, initiative(1), NAMES).text

    assert "Ben Owner (Claims) gave up CX-2 “A survey” and joins CX-1 “A letter to members”." in said
    assert "who does what" in said


def test_a_list_says_how_far_each_plan_is() -> None:
    open_one = shown(plan(revision=2, acceptances=(Acceptance(1, 1, NOW, 2),)))
    closed = shown(plan(state=PlanState.CLOSED, outcome=Outcome.KEPT, terms=terms()))
    said = words(plan_list(Page((open_one, closed), 12, 0), ""))

    assert "CX-1 and CX-2: no goal yet\nopen, accepted by 1 of 2 · no date yet · Marketing and Claims" in said
    assert "closed: kept · by 30 April 2027" in said
    assert "…and 10 more" in said


def test_an_empty_list_says_how_to_begin() -> None:
    assert "Press “Plan together” on an overlap" in plan_list(Page((), 0), "").text


def test_the_largest_messages_fit() -> None:
    full = largest()

    accepted(plan_message(full, {LOADS: "F1", CALENDAR: "F2"}))
    accepted(plan_message(replace(full, plan=replace(full.plan, terms=replace(full.plan.terms, goal="")))))
    many = tuple(replace(full, plan=replace(full.plan, id=id)) for id in range(10))
    accepted(plan_list(Page(many, 99), "all"))
    accepted(joined_message(full.initiatives[0], full.initiatives[1], replace(NAMES, people={1: LONG, 3: LONG})))
