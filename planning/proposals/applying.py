"""Doing what a proposal says: changes in, changed initiatives out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from planning.errors import PlanningError
from planning.initiatives.values import Contact, Draft, Initiative, Request
from planning.proposals.changes import Change, ContactMoved, Days, Merged, Moved, RequestMoved
from planning.window import Window

_WEEK = 7


class Stale(PlanningError):
    """An initiative is no longer as the proposal found it."""

    def __init__(self, change: Change) -> None:
        super().__init__(
            f"{change.reference} “{change.title}” has changed since this was proposed. Ask for another proposal."
        )
        self.initiative = change.initiative


def named_in(changes: Iterable[Change]) -> frozenset[int]:
    """The initiatives that change, and those into which others are merged."""
    of = [(change.initiative, *([change.into] if isinstance(change, Merged) else [])) for change in changes]
    return frozenset(id for ids in of for id in ids)


def applied(initiatives: Mapping[int, Initiative], changes: Sequence[Change]) -> list[Initiative]:
    """The initiatives that the changes make others, by ascending id. Raises Stale."""
    changed: dict[int, Initiative] = {}
    for id in dict.fromkeys(change.initiative for change in changes):
        of = [change for change in changes if change.initiative == id]
        if id not in initiatives or not initiatives[id].live:
            raise Stale(of[0])
        draft = _changed(initiatives[id].draft, of)
        changed[id] = replace(initiatives[id], draft=draft)
    for change in changes:
        if isinstance(change, Merged):
            changed |= _merged({**initiatives, **changed}, change)
    return [changed[id] for id in sorted(changed)]


def _changed(draft: Draft, changes: Sequence[Change]) -> Draft:
    """First its parts that move by themselves, then the whole with all others."""
    weeks = 0
    for change in changes:
        if isinstance(change, Moved):
            if (draft.starts_on, draft.ends_on) != (change.before.start, change.before.end):
                raise Stale(change)
            weeks = change.weeks
    by = timedelta(days=_WEEK * weeks)
    contacts = [(one, _later(one.window, by)) for one in draft.contacts]
    requests = [(one, _later(one.window, by)) for one in draft.requests]
    alone: set[tuple[type, int]] = set()
    for change in changes:
        if isinstance(change, ContactMoved):
            place = _place(draft.contacts, change, alone)
            contacts[place] = contacts[place][0], _window(change.after)
        if isinstance(change, RequestMoved):
            place = _place(draft.requests, change, alone)
            requests[place] = requests[place][0], _window(change.after)
    return replace(
        draft,
        starts_on=_day_later(draft.starts_on, by),
        ends_on=_day_later(draft.ends_on, by),
        contacts=tuple(replace(one, window=window) for one, window in contacts),
        requests=tuple(replace(one, window=window) for one, window in requests),
    )


def _place(
    parts: Sequence[Contact | Request], change: ContactMoved | RequestMoved, taken: set[tuple[type, int]]
) -> int:
    """Which of the parts the change means; of equal ones the first that no other change has meant."""
    for place, part in enumerate(parts):
        if (type(part), place) not in taken and names(change, part):
            taken.add((type(part), place))
            return place
    raise Stale(change)


def names(change: ContactMoved | RequestMoved, part: Contact | Request) -> bool:
    """Whether the change is about this part, as it was before."""
    if part.window != _window(change.before):
        return False
    if isinstance(change, ContactMoved):
        meant = (change.segment, change.touchpoint, change.intent)
        return isinstance(part, Contact) and (part.segment, part.touchpoint, part.intent) == meant
    return isinstance(part, Request) and (part.pool, part.person_weeks) == (change.pool, change.person_weeks)


def _merged(initiatives: Mapping[int, Initiative], change: Merged) -> dict[int, Initiative]:
    """One is given up for the other, which takes over what is larger of the requests of pools that both ask for."""
    given_up = initiatives[change.initiative]
    kept = initiatives.get(change.into)
    if kept is None or not kept.live:
        raise Stale(change)
    requests = kept.draft.requests
    for pool in dict.fromkeys(request.pool for request in requests):
        own, other = (tuple(one for one in each if one.pool == pool) for each in (requests, given_up.draft.requests))
        if sum(one.person_weeks for one in other) > sum(one.person_weeks for one in own):
            requests = (*(one for one in requests if one.pool != pool), *other)
    return {
        given_up.id: replace(given_up, joined=kept.id),
        kept.id: replace(kept, draft=replace(kept.draft, requests=requests)),
    }


def _window(days: Days) -> Window:
    return Window(days.start, days.end)


def _later(window: Window, by: timedelta) -> Window:
    return Window(window.start + by, window.end + by)


def _day_later(day: date | None, by: timedelta) -> date | None:
    return day + by if day else None
