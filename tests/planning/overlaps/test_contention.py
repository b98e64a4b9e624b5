from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from planning.findings.facts import OverloadedPool, PoolRequest
from planning.findings.values import Found, Rule, Subject
from planning.initiatives.values import Initiative, Request
from planning.overlaps.contention import TOLERANCE, resource_contention
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from planning.resources.values import Leave, Pool
from planning.window import Window
from tests.planning.overlaps.crowded import Change, changes, part_equals_whole
from tests.planning.portfolios import initiative, portfolio

WRITERS = Pool(1, "Writers", 2.0)
Weeks = dict[tuple[int, tuple[int, ...]], set[date]]
"""Pool and initiatives → the Mondays of the overloaded weeks."""


def all_of(company: Portfolio) -> list[Found]:
    return list(resource_contention(company, Scope.everything(company)))


def asking(id: int, person_weeks: float, days: tuple[int, int] = (1, 7), department: int | None = None) -> Initiative:
    window = Window(date(2027, 3, days[0]), date(2027, 3, days[1]))
    return initiative(id, department=department or id, requests=(Request(WRITERS.id, person_weeks, window),))


def contended(*asked: Initiative, pool: Pool = WRITERS, **fields: Any) -> list[Found]:
    return all_of(portfolio(*asked, pools=(pool,), **fields))


@pytest.mark.parametrize(("asked", "over"), [(1.0, False), (1.1, True)], ids=["just enough", "too much"])
def test_a_pool_is_contended_from_what_it_cannot_give(asked: float, over: bool) -> None:
    assert bool(contended(asking(1, 1.0), asking(2, asked))) is over


def test_one_department_may_ask_too_much_of_a_pool_alone() -> None:
    assert not contended(asking(1, 2.0), asking(2, 2.0, department=1))


def test_leave_is_taken_off() -> None:
    away = Pool(1, "Writers", 2.0, (Leave(Window(date(2027, 3, 1), date(2027, 3, 7)), 0.5),))

    assert contended(asking(1, 0.75), asking(2, 0.75), pool=away)
    assert not contended(asking(1, 0.75), asking(2, 0.75))


def test_two_weeks_from_monday_to_friday_are_two_halves() -> None:
    assert not contended(asking(1, 2.0, days=(1, 12)), asking(2, 2.0, days=(1, 12)))
    assert contended(asking(1, 2.0, days=(1, 12)), asking(2, 2.1, days=(1, 12)))


def test_what_is_asked_of_a_weekend_counts_on_the_weekend() -> None:
    assert contended(asking(1, 1.5, days=(6, 7)), asking(2, 1.0, days=(1, 5)))


def test_a_request_is_spread_evenly_over_its_working_days() -> None:
    assert not contended(asking(1, 4.0, days=(1, 28)), asking(2, 1.0))
    assert contended(asking(1, 4.5, days=(1, 28)), asking(2, 1.0))


def test_overloaded_weeks_that_follow_each_other_are_one_with_all_who_ask_in_them() -> None:
    (found,) = contended(asking(1, 2.4, days=(1, 14)), asking(2, 1.0), asking(3, 1.0, days=(8, 14)))

    assert [str(member) for member in found.members] == ["initiative:1", "initiative:2", "initiative:3", "pool:1"]


def test_the_same_initiatives_in_weeks_apart_are_one_finding() -> None:
    early, late = (Window(date(2027, 3, day), date(2027, 3, day + 6)) for day in (1, 22))
    twice = (Request(1, 1.5, early), Request(1, 1.5, late))
    pair = [initiative(id, department=id, requests=twice) for id in (1, 2)]

    (found,) = contended(*pair)

    assert [type(fact) for fact in found.facts] == [OverloadedPool] * 2 + [PoolRequest] * 4


@pytest.mark.parametrize(("day", "told"), [(7, True), (8, False)], ids=["its Sunday", "Monday after"])
def test_a_week_counts_until_it_is_over(day: int, told: bool) -> None:
    assert bool(contended(asking(1, 2.0), asking(2, 2.0), today=date(2027, 3, day))) is told


def test_the_reasons_say_how_much_is_too_much_and_then_who_asks_for_most() -> None:
    (found,) = contended(asking(1, 1.5), asking(2, 4.5, days=(1, 14)))

    assert [fact.sentence for fact in found.facts] == [
        (
            "Writers: 3.75 person-weeks asked for and 2 available in the week of 1 March 2027; "
            "too much is asked in the 2 weeks 1–14 March 2027."
        ),
        "Claims asks for 4.5 person-weeks, 1–14 March 2027 (CX-2 “A letter to members”).",
        "Marketing asks for 1.5 person-weeks, 1–7 March 2027 (CX-1 “A letter to members”).",
    ]


def test_one_person_week_and_a_little_too_much_are_said_as_they_are() -> None:
    (found,) = contended(asking(1, 1.0), asking(2, 1.004))

    assert [fact.sentence for fact in found.facts] == [
        "Writers: 2.004 person-weeks asked for and 2 available in the week of 1 March 2027.",
        "Claims asks for 1 person-week, 1–7 March 2027 (CX-2 “A letter to members”).",
        "Marketing asks for 1 person-week, 1–7 March 2027 (CX-1 “A letter to members”).",
    ]


def test_the_more_is_asked_beyond_what_there_is_the_higher_the_score() -> None:
    (mild,), (grave,) = contended(asking(1, 1.0), asking(2, 1.1)), contended(asking(1, 2.0), asking(2, 1.1))

    assert 0.25 < mild.score < grave.score <= 1


def test_a_threshold_that_verdicts_raised_hides_the_mild() -> None:
    assert not contended(asking(1, 1.0), asking(2, 1.1), least={Rule.RESOURCE_CONTENTION: 0.5})


@given(changes())
def test_a_change_is_judged_as_in_a_full_pass(change: Change) -> None:
    part_equals_whole(resource_contention, change)


@given(changes())
def test_overloads_are_those_that_adding_up_each_day_finds(change: Change) -> None:
    _, company, _ = change

    found = {(subject(one), one.initiatives()): overloaded(one) for one in all_of(company)}

    assert found == day_by_day(company)


def day_by_day(company: Portfolio) -> Weeks:
    """Pool and initiatives → the weeks in which they ask too much, each run of weeks with all who ask in it."""
    found: Weeks = defaultdict(set)
    for pool in company.pools:
        run: dict[date, set[int]] = {}
        for monday in (date(2027, 1, 4) + timedelta(weeks=week) for week in range(30)):
            asked, ids = asked_in(monday, pool, company)
            if asked > pool.available(monday) + TOLERANCE and monday + timedelta(days=6) >= company.today:
                run[monday] = ids
            elif run:
                found[pool.id, tuple(sorted(set().union(*run.values())))] |= set(run)
                run = {}
    return {(pool, ids): weeks for (pool, ids), weeks in found.items() if departments(ids, company) > 1}


def asked_in(monday: date, pool: Pool, company: Portfolio) -> tuple[float, set[int]]:
    """The person-weeks asked of a pool in a week, day by day, and by whom."""
    total, ids = 0.0, set[int]()
    for one in company.initiatives:
        for request in one.draft.requests:
            days = worked(request.window)
            here = [day for day in days if monday <= day <= monday + timedelta(days=6)]
            if request.pool == pool.id and here:
                total += request.person_weeks * len(here) / len(days)
                ids.add(one.id)
    return total, ids


def worked(window: Window) -> list[date]:
    """The Mondays to Fridays of a window, or all of its days when it has none."""
    every = [window.start + timedelta(days=step) for step in range((window.end - window.start).days + 1)]
    return [day for day in every if day.weekday() < 5] or every


def departments(ids: tuple[int, ...], company: Portfolio) -> int:
    return len({one.draft.department for one in company.initiatives if one.id in ids})


def overloaded(found: Found) -> set[date]:
    return {week.monday for fact in found.facts if isinstance(fact, OverloadedPool) for week in fact.weeks}


def subject(found: Found) -> int:
    (pool,) = [member.id for member in found.members if member.kind is Subject.POOL]
    return pool
