from dataclasses import replace
from datetime import date, timedelta

from handlers.ids import Action
from handlers.views.needs import morning_message, todo_list
from planning.needs.values import Need, NeedKind, Needs
from planning.register import Page
from tests.builders import TODAY, lead
from tests.handlers.views.limits import LONG, accepted, elements, words

ADA = lead(1, id=1)


def need(kind: NeedKind = NeedKind.OVERLAP, **fields: object) -> Need:
    """An overlap that is felt tomorrow."""
    known = Need(kind, 1, "CX-1 Letters · CX-2 Calls", "Decide it with Service.", by=TODAY + timedelta(days=1))
    return replace(known, **fields)  # type: ignore[arg-type]


def largest_needs(text: str = LONG) -> Needs:
    """One of each kind and more, all as long as they get."""
    kinds = [*NeedKind, NeedKind.OVERLAP]
    items = tuple(
        need(kind, id=n, what=text[:300], detail=text[:300], asked=text[:100]) for n, kind in enumerate(kinds)
    )
    return Needs(items, 90)


def test_each_thing_has_the_button_that_settles_it() -> None:
    items = tuple(need(kind, id=n) for n, kind in enumerate(NeedKind, 1))
    shown = elements(todo_list(Page(items, len(items)), ADA, TODAY), "button")

    assert [one["action_id"] for one in shown] == [
        Action.DECISION_SHOW,
        Action.PLAN_SHOW,
        Action.PLAN_SHOW,
        Action.OVERLAP_SHOW,
        Action.RATIFICATION_ANSWER,
        Action.POLL_ANSWER,
        Action.CHECK_IN_MORE,
        Action.READING_ADD,
        Action.INITIATIVE_EDIT,
        Action.CLAIM_HAND_BACK,
    ]


def test_a_day_is_told_as_it_is_meant() -> None:
    days = (TODAY, TODAY + timedelta(days=1), date(2027, 2, 1))
    items = tuple(need(id=n, by=day) for n, day in enumerate(days))
    said = words(todo_list(Page(items, 3), ADA, TODAY))

    assert "(today)" in said
    assert "(by 2 March 2027)" in said
    assert "(under way since 1 February 2027)" in said


def test_the_last_page_says_where_the_rest_is() -> None:
    items = tuple(need(id=n) for n in range(4))
    first, last = (todo_list(Page(items[:2], 4, at), ADA, TODAY, beyond=300) for at in (0, 2))

    assert words(first).count("What needs you now (304)") == 1
    assert "/cx overlaps" not in words(first)
    assert "…and 300 more overlaps and gaps that press less" in words(last)


def test_the_morning_is_five_lines_that_say_it_all() -> None:
    items = tuple(need(id=n, what=f"CX-{n} Letters") for n in range(1, 6))
    told = morning_message(Needs(items, 5), TODAY)

    assert len(told.text.splitlines()) == 5
    assert "CX-3 Letters: Decide it with Service. (by 2 March 2027)" in told.text
    assert told.text.endswith("…and 2 more: /cx todo")


def test_a_whole_sentence_is_not_followed_by_a_colon() -> None:
    lacking = need(NeedKind.INITIATIVE, what="CX-1 “Letters” has no stage yet.", asked="Please fill it in.", by=None)

    assert "has no stage yet. Please fill it in." in morning_message(Needs((lacking,), 1), TODAY).text


def test_the_largest_lists_fit() -> None:
    largest = largest_needs()

    accepted(todo_list(Page(largest.items, 90, 20), ADA, TODAY))
    accepted(morning_message(largest, TODAY))
    accepted(todo_list(Page((), 0), ADA, TODAY))
