"""Taking a ruling back: within a day, as long as nobody has gone on from it."""

from dataclasses import replace
from datetime import datetime

from planning.alerts.news import news
from planning.audit.values import Entry
from planning.decisions.ruling import check_may_rule
from planning.decisions.showing import draw_again
from planning.decisions.values import Decision, Ruling
from planning.errors import AlreadyDone
from planning.findings.concerning import own, write
from planning.findings.values import Choice, Finding, State, Verdict
from planning.plans.opening import take_up
from planning.plans.restoring import UNDOABLE, take_off
from planning.plans.values import PlanState
from planning.register import Register
from planning.workspace.values import Person

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
    _check_stands(finding, decision)
    _take_back(register, decision, actor, now)
    _reopen(register, register.findings.by_id(finding.id), decision, actor, now)
    plan = _taken_up(register, decision, actor, now)
    asked = replace(decision, ruling=None, by=None, at=None, delegate=None, plan=plan, told_at=None)
    register.decisions.save(asked)
    details: dict[str, object] = {"finding": finding.id, "ruling": str(decision.ruling)}
    register.audit.add(Entry(now, "decision.undone", f"decision:{decision.id}", actor.id, details))
    draw_again(register, asked)
    return asked


def _check_stands(finding: Finding, decision: Decision) -> None:
    """What somebody said since stays, and then nothing is undone."""
    if decision.ruling is Ruling.DELEGATE:
        if finding.handed is None or finding.handed.to != decision.delegate or finding.verdict is not None:
            raise AlreadyDone("Not undone: it was decided meanwhile. Its card shows by whom.")
    elif finding.verdict is None or decision.ruling is None or finding.verdict.choice is not CHOICES[decision.ruling]:
        raise AlreadyDone("Not undone: something else was said of it meanwhile. Its card shows what.")


def _reopen(register: Register, finding: Finding, decision: Decision, actor: Person, now: datetime) -> None:
    """What the ruling said of the finding is gone; what was found anew is open already."""
    if decision.ruling is Ruling.DELEGATE:
        opened = replace(finding, handed=None, changed_at=now)
        write(register, opened, "finding.taken_back", {"from": decision.delegate}, actor, now)
        news(register, opened, "taken_back", now, but=own(actor), to=decision.delegate, by=actor.id)
        return
    opened, choice = replace(finding, verdict=None, changed_at=now), CHOICES[decision.ruling or Ruling.APPROVE]
    write(register, opened, "finding.undone", {"choice": str(choice)}, actor, now)
    news(register, opened, "undone", now, but=own(actor), choice=str(choice), by=actor.id)


def _taken_up(register: Register, decision: Decision, actor: Person, now: datetime) -> int | None:
    """The plan on which its people did not agree, and which goes on as if nobody had declined or delegated it."""
    finding = register.findings.by_id(decision.finding)
    if decision.plan is None or decision.ruling is Ruling.APPROVE or finding.state(now) is not State.OPEN:
        return None
    plan = take_up(register, register.plans.by_id(decision.plan), actor, now)
    verdict = Verdict(Choice.PLAN, plan.opened_by or actor.id, now, finding.found.covers)
    write(register, replace(finding, verdict=verdict), "finding.settled", {"choice": str(Choice.PLAN)}, actor, now)
    return plan.id


def _take_back(register: Register, decision: Decision, actor: Person, now: datetime) -> None:
    """The plan that was approved, with what it has changed."""
    plan = register.plans.by_id(decision.plan) if decision.plan is not None else None
    if plan is not None and plan.state is PlanState.CLOSED:
        raise AlreadyDone("Not undone: the outcome of the plan is known already.")
    if plan is not None and decision.ruling is Ruling.APPROVE:
        take_off(register, plan, actor, now)
