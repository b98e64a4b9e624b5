from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.ids import Action
from handlers.views.findings import MEMBERS_SHOWN, overlap_card
from handlers.views.names import Names
from handlers.views.rules import HEADINGS, TITLES, TOPICS, heading_of
from handlers.views.text import Message
from planning.findings.facts import Fact, OverloadedPool, PoolRequest, PoolWeek, ServingPart, SharedThings, SplitParts
from planning.findings.values import OVERLAP_RULES, Choice, Finding, Found, Member, Rule, Subject, members
from planning.initiatives.values import Status
from tests.builders import finding, found
from tests.handlers.views.limits import LONG, NASTY, accepted, elements, words
from tests.planning.digests.findings import opposed, overlap, said_by
from tests.planning.portfolios import NOON, initiative

NAMES = Names({1: "Marketing", 2: "Claims"}, {1: "Mia Lead", 3: "Ben Owner"}, {}, {}, {})
LETTER, SURVEY = initiative(1), initiative(2, title="A survey", department=2, owner=None, starts_on=None, ends_on=None)


def card(finding: Finding) -> Message:
    return overlap_card(finding, [LETTER, SURVEY], NAMES, NOON)


def pressed(finding: Finding) -> list[str]:
    return [button["action_id"] for button in elements(card(finding), "button")]


def decided(choice: Choice) -> Finding:
    return replace(overlap(), verdict=said_by(1, choice, overlap(), until=NOON + timedelta(days=7)))


def test_a_customer_problem_that_both_name_is_the_heading() -> None:
    shared = SharedThings(what="problem", names=("Told it three times",))
    one = finding(found=found(facts=(shared,)))

    assert heading_of(one) == "Two departments work on the same customer problem"


def test_a_card_says_in_plain_words_what_runs_into_what() -> None:
    said = words(card(overlap()))

    assert "Two departments seem to do the same work" in said
    assert "A letter to members" in said
    assert " — Marketing, owner Ben Owner, 1 February – 30 April 2027" in said
    assert " — Claims, no owner yet, no dates yet" in said
    assert "They describe similar work (texts 82% alike)." in said


def test_the_top_level_text_carries_the_whole_meaning() -> None:
    text = card(overlap()).text

    for part in ("Two departments", "CX-1 A letter to members", "CX-2 A survey", "82% alike", "Next:"):
        assert part in text


def test_an_open_overlap_has_a_button_for_each_verdict_and_the_one_to_plan_is_the_first() -> None:
    assert pressed(overlap()) == [
        Action.OVERLAP_PLAN,
        Action.OVERLAP_COORDINATE,
        Action.OVERLAP_JOIN,
        Action.OVERLAP_DIFFERENT,
        Action.OVERLAP_SNOOZE,
        Action.OVERLAP_HAND,
    ]
    assert elements(card(overlap()), "button")[0]["style"] == "primary"


def test_truly_different_says_exactly_what_it_covers_before_it_is_done() -> None:
    confirm = elements(card(overlap()), "button")[3]["confirm"]

    assert "CX-1 and CX-2 while these facts hold" in confirm["text"]["text"]


@pytest.mark.parametrize("choice", list(Choice))
def test_a_decided_overlap_says_by_whom_and_can_be_undone(choice: Choice) -> None:
    assert "by Mia Lead, 11 January 2027" in words(card(decided(choice)))
    assert pressed(decided(choice)) == [Action.OVERLAP_UNDO]


def test_a_snoozed_overlap_says_until_when() -> None:
    assert "until 18 January 2027" in words(card(decided(Choice.SNOOZE)))


def test_a_snooze_that_is_over_has_its_buttons_back() -> None:
    over = replace(overlap(), verdict=said_by(1, Choice.SNOOZE, overlap(), until=NOON))

    assert Action.OVERLAP_PLAN in pressed(over)


def test_a_closed_overlap_says_why_and_has_no_buttons() -> None:
    closed = replace(overlap(), closed_at=NOON)
    done = overlap_card(closed, [LETTER, initiative(2, status=Status.DONE)], NAMES, NOON)

    assert "Closed by itself because CX-2 is done." in done.text
    assert pressed(closed) == []
    assert "they no longer run into each other" in card(closed).text


def test_what_the_registrant_answered_is_told() -> None:
    answered = replace(overlap(), answer=said_by(3, Choice.COORDINATE, overlap()))

    assert "Ben Owner said “coordinate”." in words(card(answered))


def test_typed_text_never_becomes_markup() -> None:
    nasty = initiative(1, title=NASTY)
    shown = overlap_card(overlap(), [nasty, SURVEY], NAMES, NOON)

    accepted(shown)
    assert elements(shown, "mrkdwn") == []
    assert elements(shown, "user") == elements(shown, "broadcast") == []
    assert "&lt;!channel&gt;" in shown.text


def contended(*ids: int, pool: str = "Data team") -> Finding:
    """A pool that several initiatives ask for in one week."""
    monday = date(2027, 3, 1)
    week = PoolWeek(monday=monday, asked=3.0 * len(ids), available=4.0)
    asks = [
        PoolRequest(
            initiative=id, title=pool, department=pool, pool=pool, person_weeks=3, start=monday, end=date(2027, 3, 7)
        )
        for id in ids
    ]
    facts = (OverloadedPool(pool=pool, weeks=(week,) * 30, initiatives=ids), *asks)
    return overlap(1, ids, rule=Rule.RESOURCE_CONTENTION, facts=facts)


def test_a_contention_says_how_much_is_asked_of_how_much_and_by_whom() -> None:
    one = contended(1, 2)
    said = words(overlap_card(one, [LETTER, SURVEY], NAMES, NOON))

    assert "The same people are asked for too much" in said
    assert all(fact.sentence in said for fact in one.found.facts)


def test_a_card_of_many_says_how_many_more_there_are_and_of_which_departments() -> None:
    many = [initiative(id, department=1 + id % 2) for id in range(1, 41)]
    shown = overlap_card(contended(*range(1, 41)), many, NAMES, NOON)

    assert "CX-6 " in words(shown)
    assert "CX-7 " not in words(shown)
    assert "…and 34 more, of Claims and Marketing" in words(shown)
    assert "…and 35 more" in words(shown)
    assert "and 34 more while these facts hold" in elements(shown, "button")[2]["confirm"]["text"]["text"]


def test_every_rule_has_its_words_and_a_way_to_ask_for_it() -> None:
    assert HEADINGS.keys() == set(Rule)
    assert TITLES.keys() == OVERLAP_RULES
    assert set().union(*TOPICS.values()) == set(Rule)
    assert len(set(HEADINGS.values())) == len(Rule)


def split(ids: Sequence[int], name: str) -> Finding:
    """One problem that several departments serve in parts."""
    parts = (ServingPart(initiative=id, title=name, department=name, supplies=(name, name)) for id in ids)
    facts: tuple[Fact, ...] = (SplitParts(problem=name, departments=(name,) * 40), *parts)
    return finding(found=Found(Rule.SPLIT_PROBLEM, members(ids, Member(Subject.PROBLEM, 1)), 0.9, facts))


@pytest.mark.parametrize("one", [contended(*range(1, 301), pool=LONG[:80]), split(range(1, 301), LONG[:80])])
def test_the_largest_groups_fit(one: Finding) -> None:
    names = Names({n: f"{n} {LONG}" for n in range(1, 301)}, {3: LONG}, {}, {}, {})
    initiatives = [initiative(id, title=LONG, department=id) for id in range(1, 301)]

    accepted(overlap_card(one, initiatives, names, NOON))
    assert len(initiatives) > MEMBERS_SHOWN


def test_the_largest_card_fits() -> None:
    names = Names({1: LONG, 2: LONG}, {1: LONG, 3: LONG}, {}, {}, {})
    members = [initiative(id, title=LONG) for id in range(1, 40)]
    full = overlap(rule=Rule.CONTACT_COLLISION, facts=tuple(opposed(LONG) for _ in range(50)))
    answered = replace(full, verdict=said_by(1, Choice.PLAN, full), answer=said_by(3, Choice.JOIN, full))

    accepted(overlap_card(full, members, names, NOON))
    accepted(overlap_card(answered, members, names, NOON))
