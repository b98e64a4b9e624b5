"""The least change, by hand on small portfolios and on the insurer's."""

import subprocess
import sys
from typing import Any

import pytest

from planning.findings.values import Rule
from planning.portfolio.values import Portfolio
from planning.proposals.changes import ChangeKind, ContactMoved, Merged, Moved, RequestMoved
from planning.proposals.solving import propose
from planning.proposals.values import About, AboutKind, Forbidden, Proposed, Wishes
from tests.benchmarks.detecting import portfolio_of
from tests.planning.proposals.given import (
    EVERYTHING,
    QUICK,
    after,
    asking,
    company,
    everything,
    of_finding,
    overlaps,
    planned,
    telling,
    weeks,
)
from tests.planning.transfer.given import Scattered
from tests.shared_data import shared_data

RUN_AGAIN = """
from tests.planning.proposals.test_solving import crowd, everything
print(everything(crowd()).model_dump_json())
"""


def tight(*askers: int, **changes: Any) -> Portfolio:
    """So many departments want all writers in the one week that their initiatives last."""
    return company(*(asking(id, id, 2.0, weeks(2), window=weeks(2), **changes) for id in askers))


def crowd() -> Portfolio:
    """Six want the writers at once, three of them write opposed things as well."""
    askers = (asking(id, id % 3 + 1, 2.0, weeks(1, 2), window=weeks(0, 9)) for id in range(1, 5))
    return company(*askers, telling(5, 1, "cross-sell", weeks(2, 2)), telling(6, 2, "cancel", weeks(3)))


def test_nothing_to_do_is_said_at_once() -> None:
    told = everything(company(asking(1, 1, 1.0, weeks(2)), asking(2, 2, 1.0, weeks(2))))

    assert (told.possible, told.proven, told.changes) == (True, True, ())


def test_one_of_two_opposed_contacts_moves_as_little_as_is_enough() -> None:
    told = everything(company(telling(1, 1, "cross-sell", weeks(2, 2)), telling(2, 2, "cancel", weeks(3))))

    (change,) = told.changes
    assert isinstance(change, ContactMoved)
    assert abs((change.after.start - change.before.start).days) == 7
    assert (told.before.collisions, told.after.collisions, told.proven) == (1, 0, True)
    assert [one.clashes_before for one in told.contacts] == [(2,), (1,)]
    assert [one.clashes_after for one in told.contacts] == [(), ()]


def test_one_of_two_that_want_all_of_a_pool_asks_for_it_in_another_week() -> None:
    told = everything(company(asking(1, 1, 2.0, weeks(2)), asking(2, 2, 2.0, weeks(2))))

    (change,) = told.changes
    assert isinstance(change, RequestMoved)
    assert (told.before.short, told.after.short) == (2.0, 0.0)
    assert {(load.before, load.after) for load in told.loads} == {(4.0, 2.0), (0.0, 2.0)}


def test_an_initiative_moves_as_a_whole_where_its_parts_have_no_room() -> None:
    assert [change.kind for change in everything(tight(1, 2)).changes] == ["moved"]


def test_a_pool_is_shared_at_a_lower_pace_where_nobody_can_step_aside() -> None:
    first = asking(1, 1, 2.0, weeks(0), window=weeks(0, 2))
    second = asking(2, 2, 2.0, weeks(0, 2), window=weeks(0, 2))
    stay = tuple(Forbidden(initiative=id, change=ChangeKind.MOVED) for id in (1, 2))

    (change,) = everything(company(first, second), Wishes(forbidden=stay)).changes

    assert isinstance(change, RequestMoved)
    assert change.shared


@pytest.mark.parametrize("heavy", [1, 2])
def test_the_lighter_stage_gives_way(heavy: int) -> None:
    light = 3 - heavy
    stages = {heavy: (2,), light: (3,)}

    told = everything(company(*(asking(id, id, 2.0, weeks(2), window=weeks(2), stages=stages[id]) for id in (1, 2))))

    assert [change.initiative for change in told.changes] == [light]


def test_what_has_begun_keeps_its_start_but_what_lies_ahead_may_move() -> None:
    begun = asking(1, 1, 2.0, weeks(2), window=weeks(-10, 20), status="active")
    told = everything(company(begun, asking(2, 2, 2.0, weeks(2), window=weeks(2))), Wishes(pinned=(2,)))

    assert [(change.kind, change.initiative) for change in told.changes] == [("request_moved", 1)]


def test_nothing_is_moved_into_the_days_of_others() -> None:
    taken = [asking(id, 3, 2.0, weeks(at), window=weeks(at), status="active") for id, at in ((3, 1), (4, 3))]
    told = everything(company(*tight(1, 2).initiatives, *taken), Wishes(pinned=(1,)))

    (change,) = told.changes
    assert isinstance(change, Moved)
    assert abs(change.weeks) == 2


def test_who_does_the_same_and_is_less_far_is_given_up() -> None:
    portfolio = company(planned(1, 1), planned(2, 2, status="idea"), vectors=[[1, 0], [1, 0.1]])
    (found,) = (one for one in overlaps(portfolio) if one.rule is Rule.DUPLICATE_EFFORT)

    told = of_finding(portfolio, found)

    (change,) = told.changes
    assert isinstance(change, Merged)
    assert (change.initiative, change.into, told.possible) == (2, 1, True)
    assert [one.id for one in after(portfolio, told).initiatives] == [1]


def test_a_finding_is_solved_by_its_own_initiatives_where_that_is_enough() -> None:
    portfolio = crowd()
    (found,) = (one for one in overlaps(portfolio) if one.rule is Rule.CONTACT_COLLISION)

    told = of_finding(portfolio, found)

    assert told.initiatives == (5, 6)
    assert {change.initiative for change in told.changes} < {5, 6}


def test_others_make_room_only_where_it_cannot_be_done_without_them() -> None:
    stuck = [asking(id, id, 2.0, weeks(2), window=weeks(2, 2)) for id in (1, 2)]
    stay = tuple(Forbidden(initiative=id, change=ChangeKind.MOVED) for id in (1, 2))
    portfolio = company(*stuck, asking(3, 3, 2.0, weeks(3), window=weeks(3, 3)))
    (found,) = overlaps(portfolio)

    told = of_finding(portfolio, found, Wishes(forbidden=stay))

    assert told.possible
    assert {change.initiative for change in told.changes} > {3}


@pytest.mark.parametrize(
    ("about", "solved"),
    [
        (About(kind=AboutKind.POOL, id=1), {"overloaded_weeks"}),
        (About(kind=AboutKind.STAGE, id=3), {"overloaded_weeks", "collisions"}),
        (About(kind=AboutKind.QUARTER, quarter="2027-Q1"), {"overloaded_weeks", "collisions"}),
        (About(kind=AboutKind.QUARTER, quarter="2027-Q2"), set()),
    ],
    ids=["pool", "stage", "quarter", "quiet quarter"],
)
def test_a_stage_a_pool_and_a_quarter_have_conflicts_of_their_own(about: About, solved: set[str]) -> None:
    told = propose(crowd(), about, effort=QUICK)

    wrong = {name for name in ("collisions", "overloaded_weeks") if getattr(told.before, name)}
    assert wrong == solved
    assert told.after.conflicts == 0


def test_the_same_portfolio_gets_the_same_proposal_in_another_process() -> None:
    again = subprocess.run([sys.executable, "-c", RUN_AGAIN], capture_output=True, text=True, check=True)

    assert Proposed.model_validate_json(again.stdout) == everything(crowd())


def test_better_proposals_are_told_and_a_stop_keeps_the_best_so_far() -> None:
    told: list[Proposed] = []
    stopped = propose(crowd(), EVERYTHING, effort=QUICK, progress=told.append, stop=lambda: bool(told))

    assert told
    assert stopped.after.conflicts <= told[0].after.conflicts
    assert everything(crowd()).cost <= stopped.cost or not stopped.possible


def test_the_collisions_and_pools_of_the_insurer_are_solved() -> None:
    portfolio, _ = portfolio_of(shared_data("companies/insurer"), Scattered())
    moving = (Rule.CONTACT_COLLISION, Rule.RESOURCE_CONTENTION)

    told = [of_finding(portfolio, found) for found in overlaps(portfolio) if found.rule in moving]

    assert len(told) == 11
    assert all(one.possible and one.proven and len(one.changes) == 1 for one in told)


def test_the_calendars_of_the_insurer_mark_what_is_counted_as_collisions() -> None:
    portfolio, _ = portfolio_of(shared_data("companies/insurer"), Scattered())

    for found in overlaps(portfolio):
        told = of_finding(portfolio, found)
        before = {frozenset((one.initiative, id)) for one in told.contacts for id in one.clashes_before}
        after = {frozenset((one.initiative, id)) for one in told.contacts for id in one.clashes_after}
        assert (len(before), len(after)) == (told.before.collisions, told.after.collisions)


def test_a_pool_s_calendar_marks_no_clash_between_its_askers() -> None:
    first = asking(1, 1, 2.0, weeks(2), contacts=telling(1, 1, "cross-sell", weeks(4)).draft.contacts)
    second = asking(2, 2, 2.0, weeks(2), contacts=telling(2, 2, "cancel", weeks(4)).draft.contacts)
    portfolio = company(first, second)
    short = next(one for one in overlaps(portfolio) if one.rule is Rule.RESOURCE_CONTENTION)

    told = of_finding(portfolio, short)

    assert not [one for one in told.contacts if one.clashes_before or one.clashes_after]


def test_the_calendar_shows_no_clash_that_the_proposal_is_not_about() -> None:
    portfolio = company(
        telling(1, 1, "cross-sell", weeks(2, 2)), telling(2, 2, "cancel", weeks(2, 2)), telling(3, 3, "win", weeks(3))
    )
    found = next(one for one in overlaps(portfolio) if set(one.initiatives()) == {1, 2})

    told = of_finding(portfolio, found)

    assert {id for one in told.contacts for id in one.clashes_before} == {1, 2}
