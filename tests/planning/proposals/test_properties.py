"""What holds for every proposal, whatever the portfolio and the wishes."""

from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.initiatives.values import Initiative, Status
from planning.overlaps.contention import TOLERANCE
from planning.portfolio.values import Portfolio
from planning.proposals.changes import ChangeKind, ContactMoved, Merged, Moved, RequestMoved
from planning.proposals.loads import UNITS, Kind, Rooms
from planning.proposals.movables import CONTACT_WEEKS, EARLIER, LATER
from planning.proposals.solving import measure, propose
from planning.proposals.values import Forbidden, Proposed, Wishes
from planning.proposals.verifying import new_overlaps
from planning.window import Window
from tests.benchmarks.proposals import levelled
from tests.planning.proposals.given import (
    EVERYTHING,
    QUICK,
    after,
    any_busy_portfolio,
    everything,
    of_finding,
    overlaps,
)
from tests.planning.random_portfolios import randoms

MANY = settings(max_examples=40, deadline=None)
stops = st.booleans()


def wished(portfolio: Portfolio, random: Random) -> Wishes:
    """Somebody pins some and forbids something."""
    ids = [one.id for one in portfolio.initiatives]
    forbidden = [
        Forbidden(initiative=id, change=random.choice(list(ChangeKind))) for id in ids if random.random() < 0.3
    ]
    return Wishes(pinned=tuple(id for id in ids if random.random() < 0.2), forbidden=tuple(forbidden))


def proposed(random: Random) -> tuple[Portfolio, Wishes, Proposed]:
    """A proposal for anything."""
    portfolio = any_busy_portfolio(random)
    wishes, found = wished(portfolio, random), overlaps(portfolio)
    if found and random.random() < 0.5:
        return portfolio, wishes, of_finding(portfolio, random.choice(found), wishes)
    return portfolio, wishes, everything(portfolio, wishes)


@MANY
@given(randoms)
def test_a_proposal_never_creates_a_new_overlap(random: Random) -> None:
    portfolio, _, told = proposed(random)

    merged = {change.initiative: change.into for change in told.changes if isinstance(change, Merged)}
    assert new_overlaps(overlaps(portfolio), overlaps(after(portfolio, told)), merged) == []


@MANY
@given(randoms)
def test_a_proposal_is_never_worse_than_doing_nothing(random: Random) -> None:
    _, _, told = proposed(random)

    for before, left in zip(told.before.model_dump().values(), told.after.model_dump().values(), strict=True):
        assert left <= before + TOLERANCE
    assert told.possible is (told.after.conflicts == 0)
    assert told.changes == () or told.after.conflicts < told.before.conflicts or told.after.short < told.before.short


@MANY
@given(randoms, stops)
def test_a_proposal_is_never_worse_than_the_greedy_leveller_even_if_it_is_stopped_at_once(
    random: Random, stopped: bool
) -> None:
    portfolio = any_busy_portfolio(random)

    told = propose(portfolio, EVERYTHING, effort=QUICK, stop=lambda: stopped)

    assert measure(told) <= measure(levelled(portfolio, EVERYTHING))


@MANY
@given(randoms)
def test_a_proposal_respects_every_wish(random: Random) -> None:
    _, wishes, told = proposed(random)

    forbidden = {(one.initiative, one.change) for one in wishes.forbidden}
    assert all(change.initiative not in wishes.pinned for change in told.changes)
    assert all((change.initiative, ChangeKind(change.kind)) not in forbidden for change in told.changes)


@MANY
@given(randoms)
def test_a_proposal_never_asks_more_of_a_pool_than_it_has_or_was_asked_for_before(random: Random) -> None:
    portfolio, _, told = proposed(random)

    rooms, then = Rooms(portfolio), after(portfolio, told)
    before, left = rooms.all_taken(portfolio.initiatives), Rooms(then).all_taken(then.initiatives)
    for cell, units in left.items():
        few = rooms.room(cell) + (TOLERANCE * UNITS if cell[0] is Kind.POOL else 0)
        assert units <= max(few, before[cell])


@MANY
@given(randoms)
def test_a_proposal_moves_everything_by_whole_weeks_within_its_window(random: Random) -> None:
    portfolio, _, told = proposed(random)

    monday = portfolio.today + timedelta(days=7 - portfolio.today.weekday())
    then = {one.id: one for one in after(portfolio, told).initiatives}
    for change in told.changes:
        if not isinstance(change, Moved | ContactMoved | RequestMoved):
            continue
        assert (change.after.start - change.before.start).days % 7 == 0
        assert (change.after.end - change.before.end).days % 7 == 0
        assert change.after.start >= monday
        initiative = next(one for one in portfolio.initiatives if one.id == change.initiative)
        if isinstance(change, Moved):
            assert initiative.draft.status in (Status.IDEA, Status.PLANNED)
            assert within_what_was_said(initiative, change)
        elif window := initiative.window:
            assert stays_with(then[initiative.id].window or window, window, change)


def within_what_was_said(initiative: Initiative, moved: Moved) -> bool:
    """Within the days in which it may be moved, or not more than a few weeks away."""
    said = initiative.draft.movable
    later = moved.weeks > 0
    if said is None:
        return -EARLIER <= moved.weeks <= LATER
    return moved.after.end <= said.end if later else moved.after.start >= said.start


def stays_with(then: Window, now: Window, part: ContactMoved | RequestMoved) -> bool:
    """Within the days of its initiative, or no farther out than it was before."""
    by = then.start - now.start
    first, last = min(then.start, part.before.start + by), max(then.end, part.before.end + by)
    own = (part.after.start - part.before.start - by).days // 7
    near = isinstance(part, RequestMoved) or abs(own) <= CONTACT_WEEKS
    return first <= part.after.start and part.after.end <= last and near
