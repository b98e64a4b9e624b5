from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from planning.digests.composing import Limits, compose
from planning.digests.values import Digest, Schedule
from planning.findings.values import Choice, Finding, Rule
from tests.planning.digests.findings import empty_stage, incomplete, lonely_stage, opposed, overlap, said_by
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
    told = digest_of([incomplete(), lonely_stage(), empty_stage()])

    assert [gap.rule for gap in told.gaps] == [Rule.STAGE_WITHOUT_WORK, Rule.SINGLE_DEPARTMENT_STAGE]
    assert told.quality_total == 1


def test_the_day_is_that_of_the_schedules_zone() -> None:
    late = datetime(2027, 1, 11, 20, 0, tzinfo=UTC)
    schedule = Schedule(1, "C1", 0, 9, 0, "Pacific/Auckland", late)

    assert compose("Acorn", THREE, (), (), schedule, None, late).day == date(2027, 1, 12)


def test_each_department_that_something_waits_for_is_asked_the_most_pressing_first() -> None:
    told = digest_of([overlap(1, (2, 3), days=1, rule=Rule.CONTACT_COLLISION, facts=(opposed(),)), overlap(2, days=9)])

    assert [ask.department for ask in told.asks] == ["Claims", "Marketing"]
    assert told.asks[0].what == "decide on 2 overlaps, first with Marketing on CX-1 and CX-2."
    assert told.asks[0].slack_ids == ("U2",)
    assert told.asks[1].what == "decide with Claims on CX-1 and CX-2."


def test_a_department_alone_on_an_important_stage_is_asked_for_company() -> None:
    company = portfolio(initiative(1), initiative(2, department=2, stages=(2,)))
    (ask,) = compose("Acorn", company, [lonely_stage()], (), None, None, NOON).asks

    assert (ask.department, ask.what) == ("Marketing", "find a second department for “Quote”.")


def test_nobody_is_asked_for_a_light_stage_or_one_that_nobody_owns() -> None:
    company = portfolio(initiative(1, stages=(3,)))

    assert compose("Acorn", company, [lonely_stage(stage=3), empty_stage()], (), None, None, NOON).asks == ()


def test_a_department_without_leads_is_asked_all_the_same() -> None:
    company = portfolio(initiative(1), initiative(2, department=3))
    told = compose("Acorn", company, [overlap()], (), None, None, NOON)

    assert {ask.department: ask.slack_ids for ask in told.asks} == {"Marketing": ("U1",), "Billing": ()}
