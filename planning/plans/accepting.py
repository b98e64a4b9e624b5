"""A plan is accepted, department by department; when all have, the initiatives follow it."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date, datetime, timedelta

from planning.audit.values import Entry
from planning.errors import AlreadyDone, NotAllowed, NotFound, PlanningError
from planning.findings import queueing
from planning.findings.detecting import detect
from planning.initiatives.values import Draft, Initiative
from planning.plans.opening import written
from planning.plans.party import Party
from planning.plans.telling import REVIEW, invite, tell
from planning.plans.values import Acceptance, Plan, PlanState, Terms
from planning.proposals.applying import Stale, applied, named_in
from planning.proposals.asking import Progress
from planning.proposals.changes import Change
from planning.proposals.requesting import ask_for
from planning.register import Register
from planning.window import said
from planning.workspace.values import Person

NO_TERMS = "Not accepted yet: the plan needs a goal and a date. Add them with “Change the plan…”, then accept."
LOOKED_FOR = "Not accepted yet: Concord is still looking for the proposal. Wait until it is there, or press Stop."
APPROVED = "What Concord proposed, as the executives approved it"
APPROVED_FOR = timedelta(weeks=4)
"""So long an approved plan has whose initiatives have no end."""
CLOSED = {
    PlanState.CLOSED: "This plan is closed: its outcome is known. Plan together anew from the overlap’s card.",
    PlanState.OFF: "This plan was taken back. Press “Plan together” on the overlap’s card to take it up again.",
}
"""Why a plan does not change any more."""


def accept(register: Register, plan_id: int, revision: int, actor: Person, now: datetime) -> Plan:
    """Accept a revision for the departments that the actor speaks for; with the last one the initiatives follow.

    When an initiative was changed since the proposal was made, the plan goes on without it, in a new revision, and a
    new proposal is asked for. Raises AlreadyDone for a revision that was changed meanwhile.
    """
    plan = locked(register, plan_id)
    party = Party.of(register, plan)
    _check_acceptable(plan, revision)
    departments = _still_to_accept(party, actor)
    if not plan.terms.complete:
        raise PlanningError(NO_TERMS)
    if _is_looked_for(register, plan):
        raise PlanningError(LOOKED_FOR)
    return _accepted(register, plan, departments, actor, now)


def accept_for_all(register: Register, plan_id: int, actor: Person, now: datetime) -> Plan:
    """Executives approve: that counts for all departments; a goal and a date are given where there are none."""
    plan = locked(register, plan_id)
    _check_acceptable(plan, plan.revision)
    initiatives = register.initiatives.some(plan.initiatives)
    settled = replace(plan, terms=_settled(plan.terms, initiatives, now.date()))
    return _accepted(register, settled, Party.of(register, plan).waiting, actor, now)


def locked(register: Register, id: int) -> Plan:
    """The plan, which nobody else changes now; its finding is locked first, as everywhere, so that no two wait."""
    plan = register.plans.by_id(id)
    if plan.finding is not None:
        register.findings.by_id(plan.finding, lock=True)
    return register.plans.by_id(id, lock=True)


def _check_acceptable(plan: Plan, revision: int) -> None:
    if plan.state in CLOSED:
        raise AlreadyDone(CLOSED[plan.state])
    if plan.state is PlanState.ACCEPTED:
        raise AlreadyDone("All departments have accepted this plan already.")
    if plan.revision != revision:
        raise AlreadyDone("Not accepted: the plan was changed meanwhile. Read what it says now, then accept.")


def _still_to_accept(party: Party, actor: Person) -> Sequence[int]:
    own = party.speaks_for(actor)
    if not own:
        raise NotAllowed(f"Not accepted: {party.whom_to_ask}")
    departments = [one for one in own if one in party.waiting]
    if not departments:
        first = next(one for one in party.plan.acceptances if one.department in own)
        who = "You have" if first.by == actor.id else _name(party, first.by)
        raise AlreadyDone(f"{who} accepted it for your department already, on {said(first.at.date())}.")
    return departments


def _name(party: Party, id: int) -> str:
    return next((one.name for one in party.people if one.id == id), "Somebody")


def _accepted(register: Register, plan: Plan, departments: Iterable[int], actor: Person, now: datetime) -> Plan:
    given = tuple(Acceptance(one, actor.id, now, plan.revision) for one in departments)
    named = {one.department for one in given}
    kept = tuple(one for one in plan.acceptances if one.department not in named)
    said_yes = replace(plan, acceptances=(*kept, *given), changed_at=now)
    if not Party.of(register, said_yes).waiting:
        return _follow(register, said_yes, actor, now)
    written(register, said_yes, "plan.accepted", actor, now, {"departments": sorted(named), "all": False})
    asked = [one.id for one in Party.of(register, said_yes).asked]
    tell(register, said_yes, "accepted", now, by=actor.id, departments=sorted(named), asked=asked)
    return said_yes


def agreed(register: Register, plan: Plan, actor: Person, now: datetime) -> Plan:
    """The plan as it is, or, when all departments have accepted what it takes, agreed."""
    complete = plan.state is PlanState.OPEN and plan.terms.complete and not _is_looked_for(register, plan)
    ready = complete and not Party.of(register, plan).waiting
    return _follow(register, plan, actor, now) if ready else plan


def _is_looked_for(register: Register, plan: Plan) -> bool:
    """Whether the proposal that is part of it may still change."""
    number = plan.terms.proposal
    return number is not None and register.proposals.by_id(number).progress in (Progress.WAITING, Progress.RUNNING)


def _follow(register: Register, plan: Plan, actor: Person, now: datetime) -> Plan:
    """All have accepted: the initiatives follow, or nothing does."""
    try:
        changed = _followed(register, plan, actor, now)
    except Stale as stale:
        return _outdated(register, plan, str(stale), actor, now)
    accepted = replace(plan, state=PlanState.ACCEPTED, accepted_at=now, applied=plan.terms.proposal or plan.applied)
    accepted = replace(accepted, next_at=now, reminded=0)
    written(register, accepted, "plan.accepted", actor, now, {"all": True, "initiatives": changed})
    tell(register, accepted, "agreed", now, by=actor.id, initiatives=changed)
    if accepted.terms.review_on is not None:
        invite(register, accepted, REVIEW, now)
    return accepted


def _outdated(register: Register, plan: Plan, why: str, actor: Person, now: datetime) -> Plan:
    """An initiative was changed meanwhile: the proposal is no part of the plan any more, and a new one is made."""
    terms = replace(plan.terms, proposal=None)
    open_again = replace(plan, terms=terms, revision=plan.revision + 1, acceptances=(), changed_at=now)
    written(register, open_again, "plan.changed", actor, now, {"fields": ["proposal"], "stale": True})
    with suppress(NotFound):  # what it is about may have gone by itself
        ask_for(register, plan.about, None, now, plan=plan.id)
    tell(register, open_again, "outdated", now, why=why, asked=[one.id for one in Party.of(register, open_again).asked])
    return open_again


def _followed(register: Register, plan: Plan, actor: Person, now: datetime) -> list[int]:
    """Write what the proposal changes, and find anew once for all of it; the initiatives that changed."""
    changes = _changes(register, plan)
    if not changes:
        return []
    before = {one.id: one for one in register.initiatives.some(named_in(changes))}
    after = [replace(one, changed_at=now) for one in applied(before, changes) if one != before[one.id]]
    register.initiatives.save_all(after)
    entries = [_entry(plan, before[one.id], one, actor, now) for one in after]
    register.audit.add_all(entries)
    touched = [before[one.id] for one in after]
    detect(register, queueing.Change((*touched, *after), actor.id), now)
    return [one.id for one in after]


def _changes(register: Register, plan: Plan) -> Sequence[Change]:
    if plan.terms.proposal is None or plan.terms.proposal == plan.applied:
        return ()
    best = register.proposals.by_id(plan.terms.proposal).best
    return best.changes if best is not None else ()


def _entry(plan: Plan, before: Initiative, after: Initiative, actor: Person, now: datetime) -> Entry:
    names = (field.name for field in fields(Draft))
    changed: Mapping[str, object] = {
        "plan": plan.id,
        "fields": sorted(name for name in names if getattr(before.draft, name) != getattr(after.draft, name)),
        **({"into": f"CX-{after.joined}"} if after.joined != before.joined else {}),
    }
    return Entry(now, "initiative.planned", f"initiative:{after.id}", actor.id, dict(changed))


def _settled(terms: Terms, initiatives: Iterable[Initiative], today: date) -> Terms:
    """With a goal, and with the day on which the last of the initiatives is to be done."""
    ends = [one.draft.ends_on for one in initiatives if one.draft.ends_on is not None and one.draft.ends_on >= today]
    return replace(terms, goal=terms.goal or APPROVED, due_on=terms.due_on or max(ends, default=today + APPROVED_FOR))
