"""The forms at their worst size."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from slack_sdk.models.views import View

from handlers.keeping import fitted
from handlers.views.cards import Standing, initiative_card
from handlers.views.editing import edit_form, links_fitting
from handlers.views.initiatives import saved_modal
from handlers.views.names import EFFECT_WORDS, INTENT_WORDS, PART_WORDS, STATUS_WORDS, Names
from handlers.views.planned_forms import contact_form, effect_form, request_form, serves_form
from handlers.views.records import leave_line, pool_form, problem_form
from handlers.views.registering import Filled, Turn, answer_field, register_form, unready_modal
from handlers.views.roles import roles_form
from handlers.views.setup import department_form
from planning.initiatives.registering import NearOverlap
from planning.initiatives.values import Initiative, Intent, Status
from planning.journey.values import Journey, Segment, Touchpoint
from planning.metrics.values import Direction
from planning.problems.values import Part
from planning.resources.values import Leave
from tests.builders import (
    contact,
    department,
    effect,
    found,
    initiative,
    person,
    pool,
    problem,
    request,
    stage,
    window,
)
from tests.handlers.slack import drawn, field_names, field_of, light
from tests.handlers.views.limits import NASTY, accepted

WIDE = "営🎉" * 40
MANY = range(1, 301)
LONG_TITLE = "🎉" * 400
LONG_PROBLEM = "営" * 3000
JOURNEY = Journey(
    1,
    tuple(stage(id=n, name=f"{n} {WIDE}"[:80], position=n) for n in MANY),
    tuple(Segment(n, f"{n} {WIDE}"[:80]) for n in MANY),
    tuple(Touchpoint(n, f"{n} {WIDE}"[:80]) for n in MANY),
)
DEPARTMENTS = {n: f"{n} {WIDE}"[:80] for n in MANY}
STAGES, SEGMENTS, TOUCHPOINTS = JOURNEY.stage_names(), JOURNEY.segment_names(), JOURNEY.touchpoint_names()
NAMES = Names(DEPARTMENTS, {1: WIDE}, STAGES, SEGMENTS, TOUCHPOINTS, SEGMENTS, SEGMENTS, SEGMENTS)
NO_NAMES = Names({}, {}, {}, {}, {})


def largest(**fields: object) -> Initiative:
    return initiative(
        999_999_999,
        **{
            "title": LONG_TITLE,
            "problem": LONG_PROBLEM,
            "owner": 1,
            "stages": tuple(MANY),
            "segments": tuple(MANY),
            "touchpoints": tuple(MANY),
            "contacts": tuple(contact(segment=n, touchpoint=n, window=window(days=n)) for n in range(1, 100)),
            "effects": tuple(effect(metric=n) for n in MANY),
            "requests": tuple(request(pool=n, person_weeks=9999.123456) for n in MANY),
            "serves": 300,
            "supplies": tuple(Part),
            "links": tuple(f"https://a.test/{n}/{'x' * 1900}" for n in range(20)),
            **fields,
        },
    )


def test_the_short_form_at_its_largest_is_taken_and_fits_a_reply() -> None:
    filled = Filled(LONG_TITLE, LONG_PROBLEM, tuple(range(1, 11)), 7)
    overlaps = [
        NearOverlap(initiative(n, title=LONG_TITLE), WIDE, WIDE, WIDE * 20, found(0, n), own=n > 3) for n in range(1, 6)
    ]
    turn = Turn(link="https://a.test/" + "x" * 1000, asks_department=True, suggested=True, shown=tuple(range(40)))
    view = register_form(filled, JOURNEY, DEPARTMENTS, turn, overlaps, "Not saved. " + WIDE * 20)

    assert [name for name in field_names(view) if name.startswith("answer_")] == [answer_field(n) for n in range(1, 6)]
    assert light(fitted(view.to_dict()))


def test_the_full_form_at_its_largest_is_taken() -> None:
    one = largest()
    view = edit_form(one, one.draft, JOURNEY, DEPARTMENTS, person(), notice="Not saved. " + WIDE * 20)

    assert len(field_of(view, "links")["initial_value"]) <= 3000
    assert len(field_of(view, "stages")["initial_options"]) == 100


@pytest.mark.parametrize(
    ("form", "menu"),
    [(contact_form, "segment"), (effect_form, "metric"), (request_form, "pool"), (serves_form, "serves")],
)
def test_the_forms_of_what_is_planned_are_taken_however_long_their_menus(
    form: Callable[[Initiative, Names], View], menu: str
) -> None:
    assert field_of(form(largest(), NAMES), menu)["type"] == "external_select"
    assert drawn(form(largest(), NO_NAMES))["callback_id"] == "told"


def test_the_largest_card_is_taken() -> None:
    assert accepted(initiative_card(largest(), NAMES, Standing(1000, LONG_TITLE, changeable=True)))
    assert accepted(initiative_card(largest(joined=1), NAMES, Standing(0, LONG_TITLE, changeable=True)))


def test_a_card_names_the_customer_problem_that_it_serves() -> None:
    names = replace(NO_NAMES, problems={7: "Told it three times"})
    serving = initiative_card(initiative(serves=7), names, Standing())

    assert "Told it three times" in str([block.to_dict() for block in serving.blocks])
    assert "Serves" not in str([block.to_dict() for block in initiative_card(initiative(), names, Standing()).blocks])


def test_a_card_full_of_tokens_is_taken_and_stays_plain() -> None:
    nasty = largest(title=NASTY[:400], problem=(NASTY * 30)[:3000])

    assert accepted(initiative_card(nasty, NAMES, Standing()))


@pytest.mark.parametrize("joined", [None, 1])
def test_the_word_after_saving_is_taken(joined: int | None) -> None:
    view = saved_modal(largest(joined=joined), NAMES, [WIDE] * 40, "Still missing: " + WIDE, LONG_TITLE, looking=True)

    assert light(drawn(view))


def test_what_is_said_before_anything_is_set_up_is_taken() -> None:
    assert drawn(unready_modal(["this", "that"], WIDE, LONG_PROBLEM))


def test_the_forms_of_the_settings_are_taken() -> None:
    leads = [person(id=n, name=WIDE, slack_id=f"U{n}" if n % 2 else None) for n in range(60)]

    assert drawn(department_form(department(name="営" * 80), leads))
    assert drawn(roles_form(leads, leads))


def test_the_forms_of_records_are_taken_at_their_largest() -> None:
    away = tuple(Leave(window(date(2027, 1, 1) + timedelta(days=n)), 1 / 3) for n in range(200))
    pools = drawn(pool_form(pool(name="営" * 80, leave=away)))
    assert "leave_1" in field_names(pools)
    assert field_of(pools, "leave")["initial_value"].splitlines()[0] == leave_line(away[0])
    assert drawn(problem_form(problem(name="営" * 80, statement=LONG_PROBLEM, needs=tuple(Part))))


def test_every_status_intent_effect_and_part_has_its_words() -> None:
    assert EFFECT_WORDS.keys() == set(Direction)
    assert PART_WORDS.keys() == set(Part)
    assert STATUS_WORDS.keys() == set(Status)
    assert INTENT_WORDS.keys() == set(Intent)
    assert len(set(INTENT_WORDS.values())) == len(Intent)


def test_links_are_shown_whole_or_not_at_all() -> None:
    assert links_fitting(["x" * 1500, "y" * 1499]) == 1
    assert links_fitting(["x" * 1500, "y" * 1498]) == 2
    assert links_fitting([]) == 0
