"""Taking a ruling back: within a day, as long as nobody has gone on from it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from planning.alerts.announcing import announce
from planning.alerts.news import news
from planning.audit.values import Entry
from planning.decisions.ruling import check_may_rule
from planning.decisions.showing import draw_again
from planning.decisions.values import Decision, Ruling
from planning.errors import AlreadyDone
from planning.findings.concerning import own, write
from planning.findings.refreshing import refresh
from planning.findings.values import Choice, Finding
from planning.plans.opening import call_off
from planning.plans.values import Plan, PlanState
from planning.proposals.applying import Stale, applied
from planning.proposals.values import Change, Merged, Moved
from planning.register import Register
from planning.workspace.values import Person

UNDOABLE = timedelta(days=1)
CHOICES = {Ruling.APPROVE: Choice.PLAN, Ruling.DECLINE: Choice.LEAVE}


def may_undo(decision: Decision, now: datetime) -> bool:
    """Whether there is a ruling that is young enough."""
    return decision.ruling is not None and decision.at is not None and now - decision.at < UNDOABLE


def undo_ruling(register: Register, decision_id: int, actor: Person, now: datetime) -> Decision:
    """The decision is asked for again; an approved plan is taken back with what it changed. Raises AlreadyDone."""
    check_may_rule(register, actor)
    finding = register.findings.by_id(register.decisions.by_id(decision_id).finding, lock=True)
    decision = register.decisions.by_id(decision_id, lock=True)
    if not may_undo(decision, now):
        raise AlreadyDone("A decision can be undone for a day. From then on its plan or its card is the place.")
    if decision.ruling is Ruling.APPROVE and decision.plan is not None:
        _take_back(register, register.plans.by_id(decision.plan), actor, now)
        finding = register.findings.by_id(finding.id)
    _reopen(register, finding, decision, actor, now)
    asked = replace(decision, ruling=None, by=None, at=None, delegate=None, plan=None, told_at=None)
    register.decisions.save(asked)
    details: dict[str, object] = {"finding": finding.id, "ruling": str(decision.ruling)}
    register.audit.add(Entry(now, "decision.undone", f"decision:{decision.id}", actor.id, details))
    draw_again(register, asked)
    return asked


def _reopen(register: Register, finding: Finding, decision: Decision, actor: Person, now: datetime) -> None:
    """What the ruling said of the finding is gone; what somebody said since stays, and then nothing is undone."""
    choice = CHOICES.get(decision.ruling) if decision.ruling else None
    if choice is None:
        if finding.handed is None or finding.handed.to != decision.delegate or finding.verdict is not None:
            raise AlreadyDone("Not undone: it was decided meanwhile. Its card shows by whom.")
        opened = replace(finding, handed=None, changed_at=now)
        write(register, opened, "finding.taken_back", {"from": decision.delegate}, actor, now)
        news(register, opened, "taken_back", now, but=own(actor), to=decision.delegate, by=actor.id)
        return
    if finding.verdict is None or finding.verdict.choice is not choice:
        raise AlreadyDone("Not undone: something else was said of it meanwhile. Its card shows what.")
    opened = replace(finding, verdict=None, changed_at=now)
    write(register, opened, "finding.undone", {"choice": str(choice)}, actor, now)
    news(register, opened, "undone", now, but=own(actor), choice=str(choice), by=actor.id)


def _take_back(register: Register, plan: Plan, actor: Person, now: datetime) -> None:
    """The plan, and what its proposal changed, as it was; refused when an initiative has gone on from there."""
    if plan.state is PlanState.CLOSED:
        raise AlreadyDone("Not undone: the outcome of the plan is known already.")
    if plan.state is PlanState.ACCEPTED and plan.terms.proposal is not None:
        best = register.proposals.by_id(plan.terms.proposal).best
        _restore(register, best.changes if best else (), actor, now)
    call_off(register, plan, actor, now)


def _restore(register: Register, changes: Sequence[Change], actor: Person, now: datetime) -> None:
    """What was moved goes back, and what was given up goes on by itself; one audit entry each."""
    moved = [_reversed(change) for change in changes if not isinstance(change, Merged)]
    ids = sorted({change.initiative for change in changes})
    before = {id: register.initiatives.by_id(id) for id in ids}
    try:
        back = applied(before, moved)
    except Stale as stale:
        raise AlreadyDone(f"Not undone: CX-{stale.initiative} was changed since it was approved.") from stale
    given_up = [before[change.initiative] for change in changes if isinstance(change, Merged)]
    after = [replace(one, changed_at=now) for one in (*back, *(replace(one, joined=None) for one in given_up))]
    register.initiatives.save_all(after)
    entries = [Entry(now, "initiative.restored", f"initiative:{one.id}", actor.id) for one in after]
    register.audit.add_all(entries)
    announce(register, refresh(register, now, (*before.values(), *after)), actor, now)


def _reversed(change: Change) -> Change:
    """What brings it back to where it was."""
    turned: dict[str, object] = {}
    if not isinstance(change, Merged):
        turned = {"before": change.after, "after": change.before}
    return change.model_copy(update=turned | ({"weeks": -change.weeks} if isinstance(change, Moved) else {}))
