"""A schedule told as changes of initiatives, their contacts and their requests."""

from collections.abc import Mapping

from planning.findings.facts import Who
from planning.initiatives.values import Initiative
from planning.portfolio.values import Portfolio
from planning.proposals.changes import Change, ContactMoved, Days, Moved, RequestMoved
from planning.proposals.formulating import Formulation
from planning.proposals.movables import Movable, What
from planning.proposals.scene import Key, later
from planning.scheduling.values import Solution
from planning.window import Window


def changes_of(piece: Formulation, solution: Solution) -> list[Change]:
    """What the schedule changes, by initiative."""
    starts = {one.key: solution.starts[piece.numbers[one.key]] for one in piece.moving}
    changes = (_change(one, starts, solution.modes[piece.numbers[one.key]], piece) for one in piece.moving)
    return [change for change in changes if change is not None]


def _change(one: Movable, starts: Mapping[Key, int], mode: int, piece: Formulation) -> Change | None:
    """None for what stays, or only moves with its initiative."""
    weeks, more = starts[one.key], (0, *one.longer)[mode] if one.longer else 0
    with_it = starts.get((one.initiative.id, What.WHOLE, 0), 0) if one.what is not What.WHOLE else 0
    if weeks == with_it and not more:
        return None
    return told(one, weeks, more, piece.scene.portfolio)


def told(one: Movable, weeks: int, more: int, portfolio: Portfolio) -> Change:
    """One change: so many weeks later, over so many more weeks."""
    by, days = who(one.initiative, portfolio), {"before": of(one.window), "after": of(later(one.window, weeks, more))}
    if one.what is What.WHOLE:
        return Moved(**dict(by), weeks=weeks, **days)
    if one.what is What.REQUEST:
        request = one.initiative.draft.requests[one.place]
        names = {pool.id: pool.name for pool in portfolio.pools}
        what = {"pool": request.pool, "pool_name": names[request.pool], "person_weeks": request.person_weeks}
        return RequestMoved(**dict(by), **what, **days)
    contact = one.initiative.draft.contacts[one.place]
    return ContactMoved(
        **dict(by),
        segment=contact.segment,
        touchpoint=contact.touchpoint,
        intent=contact.intent,
        segment_name=portfolio.journey.segment_names()[contact.segment],
        touchpoint_name=portfolio.journey.touchpoint_names()[contact.touchpoint],
        **days,
    )


def who(initiative: Initiative, portfolio: Portfolio) -> Who:
    """An initiative as a change names it."""
    draft = initiative.draft
    return Who(initiative=initiative.id, title=draft.title, department=portfolio.department_names[draft.department])


def of(window: Window) -> Days:
    """The same days."""
    return Days(start=window.start, end=window.end)
