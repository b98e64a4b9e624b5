"""Taking back what a plan has done: for a day the initiatives go back to the days that they had."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from planning.audit.values import Entry
from planning.findings import queueing
from planning.findings.detecting import detect
from planning.initiatives.values import Initiative, Request
from planning.plans.opening import call_off
from planning.plans.values import Plan
from planning.proposals.applying import Stale, applied, named_in
from planning.proposals.changes import Change, ContactMoved, Merged, Moved, RequestMoved
from planning.register import Register
from planning.window import Window
from planning.workspace.values import Person

Shift = Moved | ContactMoved | RequestMoved
UNDOABLE = timedelta(days=1)
"""So long after it was agreed, or ruled on, what a plan has changed can be brought back."""


def take_off(register: Register, plan: Plan, actor: Person | None, now: datetime) -> Plan:
    """Take a plan back, with what its initiatives have taken over in the last day; its thread says what stays."""
    plan = register.plans.by_id(plan.id, lock=True)
    changes = _undoable(register, plan, now)
    if not changes:
        return call_off(register, plan, actor, now)
    before = {one.id: one for one in register.initiatives.some(named_in(changes))}
    found = _as_they_were(before, changes, now.date())
    after = [one for one in found.values() if one is not None]
    _write(register, plan, before, after, actor, now)
    stay = [id for id, one in found.items() if one is None]
    return call_off(register, plan, actor, now, back=[one.id for one in after], stay=stay)


def _undoable(register: Register, plan: Plan, now: datetime) -> Sequence[Change]:
    young = plan.accepted_at is not None and now - plan.accepted_at < UNDOABLE
    if not young or plan.applied is None or plan.closed_at is not None:
        return ()
    best = register.proposals.by_id(plan.applied).best
    return best.changes if best is not None else ()


def _as_they_were(
    before: Mapping[int, Initiative], changes: Iterable[Change], today: date
) -> dict[int, Initiative | None]:
    """Each that was changed, by its id; None for one that somebody has changed since, or whose days before are over."""
    of: defaultdict[int, list[Change]] = defaultdict(list)
    for change in changes:
        of[change.initiative].append(change)
        if isinstance(change, Merged) and _taken_over(change, before):
            of[change.into].append(change)
    return {id: _as_it_was(before[id], of[id], before, today) for id in sorted(of) if id in before}


def _as_it_was(
    one: Initiative, changes: Sequence[Change], before: Mapping[int, Initiative], today: date
) -> Initiative | None:
    merges = [change for change in changes if isinstance(change, Merged)]
    into = next((change.into for change in merges if change.initiative == one.id), None)
    moved = [_reversed(change) for change in changes if not isinstance(change, Merged)]
    if one.joined != into or any(change.after.end < today for change in moved):
        return None
    alone = replace(one, joined=None)
    try:
        back = applied({one.id: alone}, moved)[0] if moved else alone
    except Stale:
        return None
    for change in merges:
        if change.into == one.id:
            back = _given_back(back, change, _taken_over(change, before))
    return back


def _taken_over(change: Merged, before: Mapping[int, Initiative]) -> frozenset[int]:
    """The pools of which the one that goes on asks what the other one asked for."""
    kept, gone = (
        _by_pool(before[id].draft.requests) if id in before else {} for id in (change.into, change.initiative)
    )
    own = _by_pool(_requests(change))
    return frozenset(pool for pool in own if kept.get(pool) == gone.get(pool) != own[pool])


def _given_back(kept: Initiative, change: Merged, pools: Collection[int]) -> Initiative:
    others = tuple(one for one in kept.draft.requests if one.pool not in pools)
    own = tuple(one for one in _requests(change) if one.pool in pools)
    return replace(kept, draft=replace(kept.draft, requests=(*others, *own)))


def _requests(change: Merged) -> list[Request]:
    return [Request(one.pool, one.person_weeks, Window(one.days.start, one.days.end)) for one in change.asked]


def _by_pool(requests: Iterable[Request]) -> dict[int, list[Request]]:
    of: defaultdict[int, list[Request]] = defaultdict(list)
    for one in requests:
        of[one.pool].append(one)
    return of


def _reversed(change: Shift) -> Shift:
    """What brings it back to where it was."""
    turned: dict[str, object] = {"before": change.after, "after": change.before}
    return change.model_copy(update=turned | ({"weeks": -change.weeks} if isinstance(change, Moved) else {}))


def _write(
    register: Register,
    plan: Plan,
    before: Mapping[int, Initiative],
    after: Iterable[Initiative],
    actor: Person | None,
    now: datetime,
) -> None:
    """One audit entry each, and what is found anew for all of it."""
    restored = [replace(one, changed_at=now) for one in after]
    register.initiatives.save_all(restored)
    by = actor.id if actor else None
    entries = [Entry(now, "initiative.restored", f"initiative:{one.id}", by, {"plan": plan.id}) for one in restored]
    register.audit.add_all(entries)
    touched = [before[one.id] for one in restored]
    detect(register, queueing.Change((*touched, *restored), by), now)
