from dataclasses import replace
from typing import Any

import pytest

from planning.agreement.ratification import AskedStage, Ratification, Stance
from planning.agreement.results import Confusion, Index, PulseResult, ScoreResult
from planning.agreement.tallying import tally
from planning.agreement.values import Poll, PollKind
from planning.scoreboard.agreements import Asked, agreement, pulse, score_tests
from tests.asked import naming_result, poll
from tests.builders import NOW, at, portfolio

COMPANY = portfolio()
STAGES = tuple(AskedStage(one.id, one.name, one.definition) for one in COMPANY.journey.stages)


def index(value: float) -> Index:
    return Index(value=value, low=value - 0.1, high=value + 0.1, people=12)


def named(value: float | None) -> Poll:
    """A closed naming round with this index."""
    return poll(closed_at=NOW, result=naming_result(overall=None if value is None else index(value)))


def ratification(**fields: Any) -> Ratification:
    return replace(Ratification(1, STAGES, NOW, opened_by=1, asked=((1, 1), (2, 2))), **fields)


def asked(value: float | None = 0.6, *said: Stance, of: Ratification | None = None) -> Asked:
    """After a naming round, with a ratification or without."""
    journey, departments, people = COMPANY.journey, COMPANY.departments, COMPANY.people
    standing = tally(of, said, journey, departments, people) if of else None
    return Asked(namings=[named(value)], tally=standing, ratified=of if of and of.ratified_by is not None else None)


def said(department: int, *, agrees: bool = True) -> list[Stance]:
    """A department's word on every stage."""
    return [Stance(department, one.id, department, agrees, "" if agrees else "It overlaps.", NOW) for one in STAGES]


def sentence_of(question: Asked) -> str:
    told = agreement(question, COMPANY)
    assert told is not None
    return told.sentence


def test_before_anybody_was_asked_there_is_nothing_to_say() -> None:
    assert agreement(Asked(), COMPANY) is None
    assert agreement(Asked(namings=[poll()]), COMPANY) is None


def test_the_day_is_that_of_the_workspaces_zone() -> None:
    there = replace(asked(), zone="Pacific/Auckland", namings=[poll(closed_at=at(hours=12), result=naming_result())])
    told = agreement(there, COMPANY)

    assert told is not None
    assert told.asked_on == at(1).date()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.9, "the same stages in the same order"),
        (0.64, "mostly the same"),
        (0.5, "partly the same"),
        (0.1, "different"),
        (None, "Too few"),
    ],
)
def test_the_index_is_told_in_words(value: float | None, told: str) -> None:
    assert told in sentence_of(asked(value))


def test_after_the_round_the_departments_are_to_be_asked() -> None:
    assert "ask the departments to agree" in sentence_of(asked())


def test_an_objection_is_to_be_talked_over() -> None:
    assert "Service objects to the stages" in sentence_of(asked(0.6, *said(2, agrees=False), of=ratification()))


def test_those_who_have_not_answered_are_named() -> None:
    assert "Service has not said yet" in sentence_of(asked(0.6, *said(1), of=ratification()))


def test_when_all_agree_a_steward_can_ratify() -> None:
    assert "a steward can ratify" in sentence_of(asked(0.6, *said(1), *said(2), of=ratification()))


def test_a_ratified_journey_says_when_and_over_what() -> None:
    told = agreement(asked(0.6, of=ratification(closed_at=at(1), ratified_by=1, over=2)), COMPANY)

    assert told is not None
    assert (told.ratified_on, told.over) == (at(1).date(), 2)
    assert "ask again in a quarter" in told.sentence


def test_a_journey_that_changed_since_is_to_be_asked_again() -> None:
    done = ratification(closed_at=NOW, ratified_by=1, stages=STAGES[:2])

    assert "have changed since" in sentence_of(asked(0.6, of=done))


def test_stages_that_are_ratified_but_not_known_are_to_be_told() -> None:
    assert "people do not know them" in sentence_of(asked(0.2, of=ratification(closed_at=NOW, ratified_by=1)))


def pulsed(value: float | None, **fields: Any) -> Poll:
    alpha = None if value is None else index(value)
    result = PulseResult(asked=12, answered=10, initiatives=("CX-1",), alpha=alpha, **fields)
    return poll(kind=PollKind.PULSE, closed_at=NOW, result=result)


def test_the_pulse_names_the_stages_that_are_taken_for_each_other() -> None:
    confused = Confusion(first="Use", second="Get help", pairs=4, of=9)
    told = pulse(Asked(pulses=[pulsed(0.5, confused=confused), pulsed(None), pulsed(0.4), pulsed(0.3)]))

    assert told is not None
    assert "talk over where “Use” and “Get help” meet" in told.sentence
    assert told.before == (0.3, 0.4)


def test_a_pulse_without_enough_answers_says_nothing() -> None:
    assert pulse(Asked(pulses=[pulsed(None)])) is None


def scored(stage: int, agreed: bool) -> ScoreResult:
    return ScoreResult(stage=stage, name="as it was", asked=3, answered=3, agreed=agreed)


def test_stages_on_whose_score_the_leads_differ_are_named() -> None:
    told = score_tests(portfolio(scores=(scored(1, True), scored(2, False), scored(99, False))))

    assert told is not None
    assert (told.agreed, told.tested, told.stages) == (1, 2, 3)
    assert "The leads differ on “Use”: settle" in told.sentence


def test_where_all_who_were_asked_agree_the_others_are_next() -> None:
    told = score_tests(portfolio(scores=(scored(1, True),)))

    assert told is not None
    assert "2 other stages" in told.sentence
