from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from planning.decisions.asking import Asked
from planning.decisions.values import Decision
from planning.digests.composing import NOTHING_PUSHED, Limits, Pushed, compose
from planning.digests.values import Digest
from planning.findings.values import Choice, Finding, Rule
from tests.builders import schedule
from tests.planning.digests.findings import empty_stage, half_fixed, incomplete, lonely_stage, overlap, said_by
from tests.planning.portfolios import NOON, initiative, portfolio

THREE = portfolio(initiative(1), initiative(2, department=2, owner=None), initiative(3, department=2))


def digest_of(findings: Sequence[Finding], limits: Limits | None = None, pushed: Pushed = NOTHING_PUSHED) -> Digest:
    return compose("Acorn", THREE, findings, (), None, None, NOON, limits or Limits(), pushed=pushed)


def asked(*findings: Finding) -> Pushed:
    return Pushed(tuple(Asked(Decision(finding.id + 100, finding.id, NOON), finding) for finding in findings))


def test_a_decision_is_told_with_its_initiatives_departments_and_what_waiting_costs() -> None:
    (decision,) = digest_of([overlap(days=12)], pushed=asked(overlap(days=12))).decisions

    assert (decision.decision, decision.references, decision.days) == (101, ("CX-1", "CX-2"), 12)
    assert decision.departments == ("Marketing", "Claims")
    assert decision.sentence == "They describe similar work (texts 82% alike)."
    assert decision.cost == "Marketing and Claims pay for the same work."


def test_three_decisions_are_asked_for_and_all_are_counted() -> None:
    five = [overlap(id) for id in range(1, 6)]
    told = digest_of(five, pushed=asked(*five[:4]))

    assert [decision.finding for decision in told.decisions] == [1, 2, 3]
    assert (told.decisions_total, told.waiting_total) == (4, 5)


def test_what_executives_are_asked_is_not_asked_of_the_leads() -> None:
    both = [overlap(1), overlap(2, (1, 3))]

    assert "2 overlaps" in digest_of(both).asks[0].what
    assert {ask.what for ask in digest_of(both, pushed=asked(both[0])).asks} == {
        "decide with Claims on CX-1 and CX-3.",
        "decide with Marketing on CX-1 and CX-3.",
    }


def test_only_open_overlaps_wait() -> None:
    decided, dismissed, snoozed = overlap(1), overlap(2), overlap(3)
    told = digest_of(
        [
            replace(decided, verdict=said_by(1, Choice.PLAN, decided)),
            replace(dismissed, verdict=said_by(1, Choice.DIFFERENT, dismissed)),
            replace(snoozed, verdict=said_by(1, Choice.SNOOZE, snoozed, until=NOON + timedelta(days=1))),
        ]
    )

    assert told.waiting_total == 0


def test_what_initiatives_lack_is_kept_apart_from_the_gaps_of_the_journey() -> None:
    told = digest_of([incomplete(), lonely_stage(), half_fixed(), empty_stage()])

    assert [gap.rule for gap in told.gaps] == [
        Rule.STAGE_WITHOUT_WORK,
        Rule.PROBLEM_FIX_INCOMPLETE,
        Rule.SINGLE_DEPARTMENT_STAGE,
    ]
    assert told.quality_total == 1


def test_the_days_are_those_of_the_schedules_zone() -> None:
    late = datetime(2027, 1, 11, 20, 0, tzinfo=UTC)
    weekly = schedule(zone="Pacific/Auckland")

    told = compose("Acorn", THREE, (), (), weekly, late - timedelta(days=7), late)

    assert told.since is not None
    assert (told.day, told.since.date()) == (date(2027, 1, 12), date(2027, 1, 5))
    assert Digest.model_validate_json(told.model_dump_json()).since == told.since


def test_how_much_is_registered_is_told_where_something_can_be_said() -> None:
    often = portfolio(*(initiative(id, department=1 + id % 2, owner=1 + id % 2) for id in range(1, 31)))
    told = compose("Acorn", often, (), (), None, None, NOON, Limits(silence=2)).silence

    assert digest_of([]).silence == ()
    assert ["all departments that register" in told[0], "Marketing" in told[1], len(told)] == [True, True, 2]


def test_a_gap_that_somebody_looks_after_comes_after_the_others_and_is_asked_of_nobody() -> None:
    claimed = digest_of([replace(lonely_stage(), owner=3), half_fixed()])
    free = digest_of([lonely_stage(), half_fixed()])

    assert [gap.sentence.endswith("Ben Owner looks after it.") for gap in claimed.gaps] == [False, True]
    assert (len(free.asks), claimed.asks) == (2, ())
