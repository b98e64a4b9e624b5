"""What executives say of a decision: once, whoever of them is first."""

from dataclasses import replace
from datetime import datetime

from planning.alerts.news import news
from planning.alerts.preferences import Notice
from planning.alerts.reaching import when
from planning.audit.values import Entry
from planning.decisions.asking import Asked, still_asked
from planning.decisions.showing import draw_again
from planning.decisions.values import Decision, Ruling
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.findings.concerning import own, write
from planning.findings.facts.base import listed
from planning.findings.values import Choice, Handed, Verdict
from planning.outbox.values import Address, MessageKind, Posting
from planning.plans.accepting import accept_for_all
from planning.plans.opening import call_off, open_about, open_plan, written
from planning.plans.party import Party
from planning.plans.telling import tell
from planning.plans.values import Plan
from planning.proposals.applying import Stale, applied, named_in
from planning.proposals.asking import Progress, Proposal
from planning.proposals.values import About, AboutKind
from planning.register import Register
from planning.window import said
from planning.workspace.rights import Right, Who, holders, is_any
from planning.workspace.values import Person

ASKED_MAX = 4
RULED = {
    Ruling.APPROVE: "approved",
    Ruling.DELEGATE: "gave it to somebody to decide",
    Ruling.DECLINE: "left it as it is",
}


def rulers(register: Register) -> list[Person]:
    """The executives; where there are none, the stewards."""
    return holders(register.people.all(), Right.RULE)


def check_may_rule(register: Register, actor: Person) -> None:
    """Raises NotAllowed, naming whom to ask, unless such decisions are for this person."""
    those = rulers(register)
    if any(person.id == actor.id for person in those):
        return
    names = listed([person.name for person in those[:ASKED_MAX]] or ["a steward"], "or")
    executives = any(is_any(person, (Who.EXECUTIVE,)) for person in those)
    whose = "the executives decide this" if executives else "this workspace has no executives, so its stewards decide"
    raise NotAllowed(f"Not decided: {whose}. Ask {names}.")


def approve(register: Register, decision_id: int, actor: Person, now: datetime) -> Decision:
    """Do what Concord proposes; where there is no proposal that works, the leads are asked to plan it together."""
    asked = _taken(register, decision_id, actor, now)
    proposal = ready_proposal(register, asked.decision)
    if proposal is not None:
        plan: Plan | None = _begun(register, asked, proposal, actor, now)
        plan = accept_for_all(register, plan.id, actor, now) if plan else None
    else:
        plan = asked.plan or open_plan(register, asked.finding, actor, now)
        if plan is not None:
            _wanted(register, plan, actor, now)
    if asked.plan is None:
        _settle(register, asked, Choice.PLAN, actor, now)
    return _ruled(register, asked, Ruling.APPROVE, actor, now, plan=plan.id if plan else None)


def decline(register: Register, decision_id: int, actor: Person, now: datetime) -> Decision:
    """Leave it as it is; it comes back if the facts get worse."""
    asked = _taken(register, decision_id, actor, now)
    if asked.plan is not None:
        call_off(register, asked.plan, actor, now)
    _settle(register, asked, Choice.LEAVE, actor, now)
    return _ruled(register, asked, Ruling.DECLINE, actor, now, asked.decision.plan)


def delegate(register: Register, decision_id: int, person: Person, actor: Person, now: datetime) -> Decision:
    """Have one person decide it; a plan on which its people did not agree is taken back. Raises FieldError."""
    asked = _taken(register, decision_id, actor, now)
    if person.id == actor.id:
        raise FieldError({"person": "That is you. Choose somebody else, or approve or decline it yourself."})
    reach = when(register, person, Notice.OVERLAPS, now)
    if reach is None or person.slack_id is None:
        raise FieldError({"person": f"{person.name} has switched off messages about overlaps. Choose somebody else."})
    if asked.plan is not None:
        call_off(register, asked.plan, actor, now)
    handed = replace(asked.finding, handed=Handed(person.id, actor.id, now), changed_at=now)
    handed = replace(handed, verdict=None) if asked.plan is not None else handed
    write(register, handed, "finding.handed", {"to": person.id}, actor, now)
    news(register, handed, "handed", now, but=own(actor), to=person.id, by=actor.id)
    key = f"decision:{decision_id}:{person.id}:{now.isoformat()}"
    address = Address.person(person.slack_id)
    register.postings.add(Posting(key, MessageKind.DECISION, decision_id, address, not_before=reach), now)
    return _ruled(register, asked, Ruling.DELEGATE, actor, now, asked.decision.plan, person.id)


def ready_proposal(register: Register, decision: Decision) -> Proposal | None:
    """The proposal, when all of it can be done as the register stands now."""
    proposal = register.proposals.by_id(decision.proposal) if decision.proposal is not None else None
    if proposal is None or proposal.best is None or proposal.progress is not Progress.DONE:
        return None
    changes = proposal.best.changes
    try:
        applied({one.id: one for one in register.initiatives.some(named_in(changes))}, changes)
    except Stale:
        return None
    return proposal if proposal.best.possible and changes else None


def does_not_fit(register: Register, decision: Decision) -> bool:
    """Whether what was proposed could have been done, and no longer can: an initiative was changed since."""
    proposal = register.proposals.by_id(decision.proposal) if decision.proposal is not None else None
    if proposal is None or proposal.best is None or proposal.progress is not Progress.DONE:
        return False
    could = proposal.best.possible and bool(proposal.best.changes)
    return could and ready_proposal(register, decision) is None


def _taken(register: Register, decision_id: int, actor: Person, now: datetime) -> Asked:
    """The decision, locked after its finding; raises NotAllowed, and AlreadyDone when it is no longer asked for."""
    check_may_rule(register, actor)
    finding = register.findings.by_id(register.decisions.by_id(decision_id).finding, lock=True)
    decision = register.decisions.by_id(decision_id, lock=True)
    if decision.ruling is not None:
        raise AlreadyDone(_who_was_first(register, decision, actor))
    asked = still_asked(register, decision, now)
    if asked is None:
        who = f" {register.people.by_id(finding.verdict.by).name} decided it." if finding.verdict else ""
        raise AlreadyDone(f"This needs no decision any more: it was settled meanwhile, or its cause has gone.{who}")
    return asked


def _who_was_first(register: Register, decision: Decision, actor: Person) -> str:
    name = "You were" if decision.by == actor.id else f"{register.people.by_id(decision.by or 0).name} was"
    since = f" on {said(decision.at.date())}" if decision.at else ""
    what = RULED[decision.ruling] if decision.ruling else ""
    return f"{name} faster and {what}{since}. For a day it can be undone in the digest."


def _begun(register: Register, asked: Asked, proposal: Proposal, actor: Person, now: datetime) -> Plan:
    """The plan with the proposal that was approved as part of it."""
    plan = asked.plan
    if plan is None:
        about = About(kind=AboutKind.FINDING, id=asked.finding.id)
        members = [register.initiatives.by_id(id) for id in asked.finding.found.initiatives()]
        plan = open_about(register, about, members, actor, now, proposal.id)
    if plan.terms.proposal != proposal.id:
        terms = replace(plan.terms, proposal=proposal.id)
        plan = replace(plan, terms=terms, revision=plan.revision + 1, changed_at=now)
        written(register, plan, "plan.changed", actor, now, {"fields": ["proposal"]})
    return plan


def _wanted(register: Register, plan: Plan, actor: Person, now: datetime) -> None:
    """Its people are to agree, and have their time for it from now on."""
    begun = replace(register.plans.by_id(plan.id, lock=True), changed_at=now, next_at=now, reminded=0)
    written(register, begun, "plan.wanted", actor, now, {})
    tell(register, begun, "wanted", now, by=actor.id, asked=[one.id for one in Party.of(register, begun).asked])


def _settle(register: Register, asked: Asked, choice: Choice, actor: Person, now: datetime) -> None:
    """The verdict of the finding, told in the threads of its cards.

    It covers the facts as they are now: what an approved plan has changed has been found anew already.
    """
    finding = register.findings.by_id(asked.finding.id)
    verdict = Verdict(choice, actor.id, now, asked.finding.found.covers | finding.found.covers)
    settled = replace(finding, verdict=verdict, handed=None, changed_at=now)
    write(register, settled, "finding.settled", {"choice": str(choice)}, actor, now)
    news(register, settled, "decided", now, but=own(actor), choice=str(choice), by=actor.id)


def _ruled(
    register: Register,
    asked: Asked,
    ruling: Ruling,
    actor: Person,
    now: datetime,
    plan: int | None = None,
    delegate: int | None = None,
) -> Decision:
    who = replace(asked.decision, by=actor.id, delegate=delegate)
    decision = replace(who, ruling=ruling, at=now, plan=plan, told_at=None)
    register.decisions.save(decision)
    details: dict[str, object] = {"finding": decision.finding, "ruling": str(ruling)}
    register.audit.add(Entry(now, "decision.ruled", f"decision:{decision.id}", actor.id, details))
    draw_again(register, decision)
    return decision
