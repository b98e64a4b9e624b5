from datetime import date
from math import inf, nan

import pytest

from planning.errors import FieldError
from planning.initiatives.checking import PERSON_WEEKS_MAX, Vocabulary, checked
from planning.metrics.values import Direction
from planning.problems.values import Part
from tests.builders import contact, department, draft, effect, journey, metric, pool, problem, request, window

KNOWN = Vocabulary(journey(), [department()], [metric()], [pool()], [problem()])


def errors(**fields: object) -> dict[str, str]:
    with pytest.raises(FieldError) as refused:
        checked(draft(**fields), KNOWN)
    return refused.value.errors


def test_a_draft_that_names_what_is_there_is_taken() -> None:
    whole = draft(
        stages=(1,),
        segments=(1,),
        contacts=(contact(window=window(days=1096)),),
        effects=(effect(),),
        requests=(request(), request(person_weeks=0.5)),
        serves=1,
        supplies=(Part.POLICY,),
    )

    assert checked(whole, KNOWN) == whole


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"effects": (effect(metric=9),)}, "effects", "A metric you chose was removed meanwhile; choose again."),
        ({"requests": (request(pool=9),)}, "requests", "A pool you chose was removed meanwhile; choose again."),
        ({"serves": 9}, "serves", "A customer problem you chose was removed meanwhile; choose again."),
        (
            {"effects": (effect(), effect(direction=Direction.DOWN))},
            "effects",
            "Say of each metric one way only, up or down.",
        ),
        ({"contacts": (contact(segment=9),)}, "contacts", "Choose the segment and the touchpoint again"),
        ({"contacts": (contact(window=window(days=1097)),)}, "contacts", "Choose days within three years"),
        ({"requests": (request(window=window(days=1097)),)}, "requests", "Choose days within three years"),
        ({"starts_on": date(2027, 2, 1), "ends_on": date(2027, 1, 1)}, "ends_on", "Choose an end on or after"),
        (
            {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 3, 3), "movable": window(days=30)},
            "movable_until",
            "It takes 31 days, so leave room for as many",
        ),
        ({"movable": window(days=1097)}, "movable_until", "Choose days within three years"),
    ],
)
def test_a_fault_is_told_at_its_field(fields: dict[str, object], field: str, told: str) -> None:
    found = errors(**fields)

    assert list(found) == [field]
    assert told in found[field]


@pytest.mark.parametrize("amount", [0, -1.0, PERSON_WEEKS_MAX + 1, inf, nan])
def test_nobody_asks_for_nothing_or_for_more_than_there_can_be(amount: float) -> None:
    assert errors(requests=(request(person_weeks=amount),)) == {
        "requests": "Ask for more than 0 and at most 10,000 person-weeks."
    }


def test_an_effect_or_a_part_said_twice_is_said_once() -> None:
    twice = draft(effects=(effect(), effect()), supplies=(Part.POLICY, Part.POLICY))

    tidy = checked(twice, KNOWN)

    assert (tidy.effects, tidy.supplies) == ((effect(),), (Part.POLICY,))


def test_parts_of_a_fix_may_be_named_before_the_problem_is() -> None:
    assert checked(draft(supplies=(Part.POLICY,)), KNOWN).supplies == (Part.POLICY,)


def test_all_faults_are_told_at_once() -> None:
    assert set(errors(title=" ", serves=9, links=("not a link",))) == {"title", "serves", "links"}
