from dataclasses import replace

from handlers.views.names import Names
from handlers.views.plans import joined_message, plan_message
from planning.findings.values import Choice, Rule
from tests.handlers.views.limits import LONG, accepted, words
from tests.planning.digests.findings import opposed, overlap, said_by
from tests.planning.portfolios import NOON, initiative

NAMES = Names({1: "Marketing", 2: "Claims"}, {1: "Mia Lead", 3: "Ben Owner"}, {}, {}, {})
MEMBERS = [initiative(1), initiative(2, title="A survey", department=2)]


def test_a_conversation_opens_with_who_asks_the_facts_and_what_to_agree_on() -> None:
    planned = replace(overlap(), verdict=said_by(1, Choice.PLAN, overlap()))
    said = words(plan_message(planned, MEMBERS, NAMES))

    for part in ("Mia Lead asks to plan these together", "A survey", "82% alike", "One date"):
        assert part in said


def test_a_plan_that_was_taken_back_says_so() -> None:
    shown = plan_message(overlap(), MEMBERS, NAMES)

    assert "This was taken back" in shown.text
    assert "To agree on" not in words(shown)


def test_a_score_that_is_disputed_is_an_item_of_the_plan() -> None:
    planned = replace(overlap(), verdict=said_by(1, Choice.PLAN, overlap()))
    item = "To settle: what “Use” is measured by, and its target"

    assert item in words(plan_message(planned, MEMBERS, NAMES, ["Use"]))
    assert item in plan_message(planned, MEMBERS, NAMES, ["Use"]).text
    assert item not in words(plan_message(overlap(), MEMBERS, NAMES, ["Use"]))


def test_more_disputed_scores_than_are_listed_are_counted() -> None:
    planned = replace(overlap(), verdict=said_by(1, Choice.PLAN, overlap()))

    assert "…and the same for 2 more" in words(plan_message(planned, MEMBERS, NAMES, list("ABCDEFG")))


def test_those_who_are_joined_learn_by_whom_and_what_to_do() -> None:
    given_up = replace(initiative(2, title="A survey", department=2), joined=1)
    said = joined_message(given_up, initiative(1), NAMES).text

    assert "Ben Owner (Claims) gave up CX-2 “A survey” and joins CX-1 “A letter to members”." in said
    assert "who does what" in said


def test_the_largest_messages_fit() -> None:
    names = Names({1: LONG}, {1: LONG, 3: LONG}, {}, {}, {})
    full = overlap(rule=Rule.CONTACT_COLLISION, facts=tuple(opposed(LONG) for _ in range(50)))
    members = [initiative(id, title=LONG) for id in range(1, 300)]

    accepted(plan_message(replace(full, verdict=said_by(1, Choice.PLAN, full, NOON)), members, names, [LONG] * 20))
    accepted(joined_message(members[0], members[1], names))
