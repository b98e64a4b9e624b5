from dataclasses import replace

import pytest

from handlers.ids import Action
from handlers.views.followups import FOLLOWED, follow_buttons, followed
from handlers.views.names import Names
from handlers.views.outcomes import (
    delivered_words,
    gave_words,
    kept_words,
    outcome_form,
    outcome_saved,
    told_meanwhile,
)
from handlers.views.plan_parts import agreed_blocks
from handlers.views.text import Message
from planning.digests.values import PlansKept
from planning.plans.values import Outcome, PlanState
from tests.builders import NOW
from tests.handlers.slack import drawn, field_names, field_of, light
from tests.handlers.views.limits import LONG, NASTY, words
from tests.planned import plan, pledge, terms

NAMES = Names({1: "Marketing", 2: "Claims"}, {1: "Ada Berg"}, {}, {}, {}, {1: "Effort"}, {1: "Data team"})
CLOSED = plan(
    state=PlanState.CLOSED,
    outcome=Outcome.PARTLY,
    came_of_it="The letter is out.",
    closed_at=NOW,
    closed_by=1,
    terms=replace(terms(), metric=1, pledges=(pledge(delivered=2.5), pledge(department=2))),
)


def test_pledged_is_set_against_delivered() -> None:
    told = Message("Plan", agreed_blocks(CLOSED, NAMES, "UTC", ()))

    assert "3 person-weeks of Data team from 1 March 2027 → 2.5 delivered" in words(told)
    assert gave_words(CLOSED.terms.pledges) == "pledged 3 → delivered 2.5 person-weeks"
    assert (gave_words((pledge(),)), delivered_words(pledge())) == ("", "")


def test_the_form_asks_for_what_the_plan_promised_and_shows_what_was_told() -> None:
    form = outcome_form(CLOSED, NAMES)

    assert field_names(form) == ["outcome", "came_of_it", "value", "delivered_0", "delivered_1"]
    assert field_of(form, "delivered_0")["initial_value"] == "2.5"
    assert field_of(form, "outcome")["initial_option"]["value"] == "partly"
    assert field_names(outcome_form(plan(), NAMES)) == ["outcome", "came_of_it"]


@pytest.mark.parametrize("text", [LONG, NASTY])
def test_the_largest_form_fits(text: str) -> None:
    names = Names({1: text}, {1: text}, {}, {}, {}, {1: text}, {1: text})
    gave = replace(terms(goal=text), metric=1, pledges=(pledge(delivered=1 / 3),) * 30)
    full = replace(CLOSED, terms=gave, came_of_it=text)

    assert light(drawn(outcome_form(full, names)))
    assert drawn(outcome_saved(full))
    assert len(told_meanwhile(full, names)) < 300


def test_kept_plans_are_counted_in_one_sentence() -> None:
    kept = PlansKept(agreed=4, kept=2, missed=1, pledged=12, delivered=9, untold=("“Goal” (CX-1)",), untold_total=3)

    assert kept_words(kept) == (
        "4 plans agreed in the last 13 weeks; of those that ended, 2 kept and 1 missed: "
        "pledged 12 → delivered 9 person-weeks. Nobody has told what came of “Goal” (CX-1) and 2 more."
    )
    assert kept_words(PlansKept(agreed=1)) == "1 plan agreed in the last 13 weeks."


def test_what_came_of_a_plan_is_told_in_its_thread() -> None:
    sentence, asked = followed("closed", CLOSED, "Ada Berg")

    assert sentence == (
        "Ada Berg told what came of it: kept in part. The letter is out. Pledged 3 → delivered 2.5 person-weeks."
    )
    assert asked == ""


def test_the_button_stands_where_the_outcome_is_asked_for_and_only_while_it_is() -> None:
    agreed = plan(state=PlanState.ACCEPTED)

    for what in FOLLOWED:
        assert followed(what, agreed, "Ada")[0]
        assert bool(follow_buttons(what, agreed)) is (what in ("due", "late"))
    assert follow_buttons("due", CLOSED) == []
    assert str(Action.OUTCOME_TELL) in str([block.to_dict() for block in follow_buttons("due", agreed)])
