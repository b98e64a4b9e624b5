"""What cannot be done: what is short, by how much, in which weeks, and the ways out."""

import pytest

from planning.portfolio.values import Portfolio
from planning.proposals.changes import ChangeKind
from planning.proposals.values import Forbidden, Lack, LackKind, Proposed, Wishes
from tests.planning.proposals.given import (
    asking,
    company,
    everything,
    of_finding,
    overlaps,
    planned,
    telling,
    weeks,
)


def stuck(*person_weeks: float) -> Portfolio:
    """Each department wants the writers in the only days that it has."""
    at = weeks(2)
    askers = (asking(id, id, many, at, window=at, movable=at) for id, many in enumerate(person_weeks, 1))
    return company(*askers)


def the_lack(told: Proposed) -> Lack:
    (lack,) = told.lacks
    return lack


def ways(told: Proposed) -> list[str]:
    return [way.sentence for way in told.relaxations]


def test_people_that_are_short_are_told_by_pool_amount_and_weeks() -> None:
    told = everything(stuck(2.5, 1.0))

    lack = the_lack(told)
    assert (told.possible, told.proven, told.changes) == (False, True, ())
    assert (lack.kind, lack.name, lack.amount, lack.initiatives) == (LackKind.PEOPLE, "Writers", 1.5, (1, 2))
    assert lack.weeks == (weeks(2).start,)


def test_the_ways_out_are_weeks_or_people_the_cheapest_first() -> None:
    told = everything(stuck(2.0, 1.5))

    assert ways(told)[0] == "If CX-1 or CX-2 may be moved 1 week later than is allowed now, it fits."
    assert ways(told)[-1] == "With 1.5 more person-weeks of Writers in the week of 15 March 2027 it fits."


def test_what_lowers_the_shortage_is_proposed_though_it_does_not_end_it() -> None:
    long = weeks(2, 2)
    askers = [asking(id, id, 2.0, weeks(2), window=long, movable=long) for id in (1, 2, 3)]

    told = everything(company(*askers))

    assert not told.possible
    assert (told.before.short, told.after.short) == (4.0, 2.0)
    assert sum(lack.amount for lack in told.lacks) == 2.0


def test_pins_that_are_in_the_way_are_named_in_one_sentence() -> None:
    portfolio = company(asking(1, 1, 2.0, weeks(2)), asking(2, 2, 2.0, weeks(2)))

    told = everything(portfolio, Wishes(pinned=(1, 2)))

    assert not told.possible
    assert ways(told)[0] == "Without the pin on CX-1 or CX-2 it fits."


def test_a_forbidden_change_that_is_in_the_way_is_named() -> None:
    stay = [Forbidden(initiative=1, change=kind) for kind in (ChangeKind.MOVED, ChangeKind.REQUEST_MOVED)]

    told = everything(stuck(1.5, 1.0), Wishes(pinned=(2,), forbidden=tuple(stay)))

    assert not told.possible

    portfolio = company(asking(1, 1, 1.5, weeks(2)), asking(2, 2, 1.0, weeks(2)))
    told = everything(portfolio, Wishes(pinned=(2,), forbidden=tuple(stay)))
    assert "If CX-1 may be moved, it fits." in ways(told)


def test_opposed_contacts_that_cannot_be_parted_lack_days() -> None:
    at = weeks(2)
    portfolio = company(
        telling(1, 1, "cross-sell", at, window=at, movable=at), telling(2, 2, "cancel", at, window=at, movable=at)
    )

    lack = the_lack(everything(portfolio))

    assert (lack.kind, lack.amount, lack.initiatives) == (LackKind.DAYS, at.days, (1, 2))


def test_a_segment_that_is_contacted_too_often_lacks_room() -> None:
    at = weeks(2)
    tellers = [telling(id, id % 3 + 1, "inform", at, window=at, movable=at) for id in range(1, 6)]

    lacks = everything(company(*tellers)).lacks

    assert {(lack.kind, lack.name, lack.amount) for lack in lacks} == {(LackKind.ROOM, "Homes", 2.0)}


def test_to_give_up_a_duplicate_is_a_way_out() -> None:
    portfolio = stuck(2.0, 2.0)
    alike = company(*portfolio.initiatives, vectors=[[1, 0], [1, 0.1]])

    assert "If CX-2 is given up for CX-1, which does the same, it fits." in ways(everything(alike))


@pytest.mark.parametrize("pinned", [(1,), (2,)])
def test_duplicates_of_which_one_is_pinned_stay(pinned: tuple[int, ...]) -> None:
    portfolio = company(planned(1, 1), planned(2, 2), vectors=[[1, 0], [1, 0.1]])

    told = of_finding(portfolio, overlaps(portfolio)[0], Wishes(pinned=pinned))

    assert not told.possible
    assert ways(told) == [f"Without the pin on CX-{pinned[0]} it fits."]
