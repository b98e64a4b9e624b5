from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from planning.digests.composing import Limits, compose
from planning.digests.values import Digest, Schedule
from planning.findings.values import Choice, Finding, Rule
from tests.planning.digests.findings import empty_stage, half_fixed, incomplete, lonely_stage, overlap, said_by
from tests.planning.portfolios import NOON, initiative, portfolio

THREE = portfolio(initiative(1), initiative(2, department=2, owner=None), initiative(3, department=2))


def digest_of(findings: Sequence[Finding], limits: Limits | None = None) -> Digest:
    return compose("Acorn", THREE, findings, (), None, None, NOON, limits or Limits())


def test_the_overlap_that_waits_longest_comes_first_and_the_strongest_among_equals() -> None:
    told = digest_of([overlap(1, score=0.6), overlap(2, (1, 3), score=0.9), overlap(3, (2, 3), days=5, score=0.5)])

    assert [(waiting.finding, waiting.days) for waiting in told.waiting] == [(3, 5), (2, 0), (1, 0)]


def test_an_overlap_is_told_with_its_initiatives_and_departments() -> None:
    (waiting,) = digest_of([overlap()]).waiting

    assert waiting.references == ("CX-1", "CX-2")
    assert waiting.departments == ("Marketing", "Claims")
    assert waiting.sentence == "They describe similar work (texts 82% alike)."


def test_only_open_overlaps_wait() -> None:
    decided, dismissed, snoozed = overlap(1), overlap(2), overlap(3)
    told = digest_of(
        [
            replace(decided, verdict=said_by(1, Choice.PLAN, decided)),
            replace(dismissed, verdict=said_by(1, Choice.DIFFERENT, dismissed)),
            replace(snoozed, verdict=said_by(1, Choice.SNOOZE, snoozed, until=NOON + timedelta(days=1))),
        ]
    )

    assert (told.waiting, told.waiting_total) == ((), 0)


def test_the_total_is_told_though_the_list_is_cut() -> None:
    told = digest_of([overlap(id, days=id) for id in range(1, 6)], Limits(waiting=2))

    assert [waiting.finding for waiting in told.waiting] == [5, 4]
    assert told.waiting_total == 5


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
    schedule = Schedule(1, "C1", 0, 9, 0, "Pacific/Auckland", late)

    told = compose("Acorn", THREE, (), (), schedule, late - timedelta(days=7), late)

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
