"""Asking for proposals: who may, what they want otherwise, and that it is enough."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from planning.audit.values import Entry
from planning.decisions.showing import draw_again as draw_decisions
from planning.errors import AlreadyDone, NotAllowed, NotFound
from planning.findings.concerning import may_decide, whom_to_ask
from planning.findings.values import Rule, State
from planning.outbox.values import Address, MessageKind, Posting
from planning.proposals.asking import NO_WISHES, Progress, Proposal
from planning.proposals.values import About, AboutKind, Wishes
from planning.register import Register
from planning.workspace.arranging import stewards_of
from planning.workspace.rights import Right, may
from planning.workspace.values import Person

UNDER_WAY = frozenset({Progress.WAITING, Progress.RUNNING})
OF_THEIR_OWN = (MessageKind.PROPOSAL, MessageKind.SEASON, MessageKind.PACK)
"""Messages whose subject is a proposal."""
ASKED_MAX = 3
WITHOUT_DATES = frozenset({Rule.SPLIT_PROBLEM, Rule.METRIC_CONFLICT})
GONE = "This overlap has gone by itself: its cause is no longer there, and there is nothing left to propose."


def ask_for(
    register: Register,
    about: About,
    actor: Person | None,
    now: datetime,
    plan: int | None = None,
    wishes: Wishes = NO_WISHES,
) -> Proposal:
    """Ask for a proposal; one that waits or runs already for the same wishes is the answer."""
    check_known(register, about, now)
    if actor is not None:
        check_may_ask(register, about, actor)
    same = _under_way(register.proposals.of(about), wishes, plan)
    if same is not None:
        return _taken_up(register, same, plan)
    asked = Proposal(0, about, now, actor.id if actor else None, plan, wishes)
    proposal = register.proposals.add(asked)
    _audit(register, proposal, "proposal.asked", actor, now, about=str(about))
    return proposal


def ask_another(register: Register, proposal_id: int, actor: Person, now: datetime) -> Proposal:
    """Ask for one that differs from this one and from those that were not wanted before."""
    proposal = _done(register, proposal_id)
    if proposal.best is None or not proposal.best.changes:
        raise AlreadyDone("There is no other: nothing has to change for this one.")
    avoided = tuple(dict.fromkeys((*proposal.wishes.avoided, proposal.best.signature)))
    return _instead(register, proposal, proposal.wishes.model_copy(update={"avoided": avoided}), actor, now)


def wish(register: Register, proposal_id: int, wishes: Wishes, actor: Person, now: datetime) -> Proposal:
    """Ask for one with these pins and forbidden changes; what was not wanted before is still avoided."""
    proposal = _done(register, proposal_id)
    kept = wishes.model_copy(update={"avoided": proposal.wishes.avoided})
    return _instead(register, proposal, kept, actor, now)


def stop(register: Register, proposal_id: int, actor: Person, now: datetime) -> Proposal:
    """Have enough of waiting: the best found so far is the proposal."""
    proposal = register.proposals.by_id(proposal_id, lock=True)
    check_may_ask(register, proposal.about, actor)
    if proposal.progress not in UNDER_WAY:
        raise AlreadyDone("Concord has stopped looking already; the message shows what it found.")
    if proposal.stop:
        return proposal
    stopped = replace(proposal, stop=True)
    register.proposals.save(stopped)
    _audit(register, stopped, "proposal.stopped", actor, now)
    return stopped


def send_to(register: Register, proposal: Proposal, person: Person, now: datetime) -> bool:
    """Have it shown to a person in a message of their own; whether they can be reached."""
    if person.slack_id is None or not person.reachable:
        return False
    address = Address.person(person.slack_id)
    posting = Posting(f"proposal:{proposal.id}:{address}", MessageKind.PROPOSAL, proposal.id, address)
    if not register.postings.add(posting, now):
        register.postings.revise(MessageKind.PROPOSAL, proposal.id)
    return True


def draw_again(register: Register, proposal: Proposal) -> None:
    """Have every message that shows it drawn again."""
    for kind in OF_THEIR_OWN:
        register.postings.revise(kind, proposal.id)
    if proposal.plan is not None:
        register.postings.revise(MessageKind.PLAN, proposal.plan)
    draw_decisions(register, *(one for one in register.decisions.open() if one.proposal == proposal.id))


def may_be_proposed(register: Register, about: About) -> bool:
    """Whether something could be computed; work that is split or pulls a metric two ways has no dates to move."""
    if about.kind is not AboutKind.FINDING:
        return True
    return register.findings.by_id(about.id).found.rule not in WITHOUT_DATES


def newer(register: Register, proposal: Proposal) -> Proposal | None:
    """The one that the same person asked for instead of it; None while it is the newest."""
    asked = (one for one in register.proposals.of(proposal.about) if one.asked_by == proposal.asked_by)
    newest = next(asked, proposal)
    return newest if newest.id > proposal.id else None


def may_ask(register: Register, about: About, actor: Person) -> bool:
    """Whether it is for this person to ask what would have to change."""
    if about.kind is AboutKind.FINDING:
        return may_decide(register, register.findings.by_id(about.id), actor)
    return may(actor, Right.ASK_AT_LARGE)


def check_may_ask(register: Register, about: About, actor: Person) -> None:
    """Raises NotAllowed, naming whom to ask, unless it is for this person."""
    if may_ask(register, about, actor):
        return
    if about.kind is AboutKind.FINDING:
        raise NotAllowed(f"No proposal: {whom_to_ask(register, register.findings.by_id(about.id))}")
    names = " or ".join(person.name for person in stewards_of(register)[:ASKED_MAX])
    who = f" {names} can too." if names else ""
    raise NotAllowed(f"Leads and executives ask for proposals of this size; ask the lead of your department.{who}")


def check_known(register: Register, about: About, now: datetime) -> None:
    """Raises NotFound when what it is about is no longer there."""
    if about.kind is AboutKind.FINDING and register.findings.by_id(about.id).state(now) is State.CLOSED:
        raise NotFound(GONE)
    if about.kind is AboutKind.STAGE and about.id not in register.journeys.current().stage_names():
        raise NotFound("This stage is no longer part of the journey.")
    if about.kind is AboutKind.POOL and all(pool.id != about.id for pool in register.pools.all()):
        raise NotFound("This pool is no longer there.")


def _under_way(proposals: Iterable[Proposal], wishes: Wishes, plan: int | None) -> Proposal | None:
    """One that is not stopped, and not for another plan."""
    live = (one for one in proposals if one.progress in UNDER_WAY and not one.stop)
    same = (one for one in live if one.wishes == wishes and (plan is None or one.plan in (None, plan)))
    return next(same, None)


def _taken_up(register: Register, proposal: Proposal, plan: int | None) -> Proposal:
    """The same for a plan, when it is nobody's yet."""
    if plan is None or proposal.plan is not None:
        return proposal
    taken = replace(proposal, plan=plan)
    register.proposals.save(taken)
    return taken


def _done(register: Register, id: int) -> Proposal:
    proposal = register.proposals.by_id(id, lock=True)
    if proposal.progress in UNDER_WAY:
        raise AlreadyDone("Concord is still looking for this one. Press Stop first, or wait a moment.")
    return proposal


def _instead(register: Register, proposal: Proposal, wishes: Wishes, actor: Person, now: datetime) -> Proposal:
    """A new one in its place; the old one stays on record."""
    asked = ask_for(register, proposal.about, actor, now, proposal.plan, wishes)
    draw_again(register, proposal)
    return asked


def _audit(
    register: Register, proposal: Proposal, verb: str, actor: Person | None, now: datetime, **details: object
) -> None:
    register.audit.add(Entry(now, verb, f"proposal:{proposal.id}", actor.id if actor else None, details))
