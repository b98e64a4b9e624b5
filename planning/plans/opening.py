"""Planning together begins: one plan, one conversation with one message, one proposal asked for at once."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from planning.audit.values import Entry
from planning.decisions.showing import draw_again
from planning.errors import AlreadyDone, NotAllowed, NotFound
from planning.findings.values import Finding
from planning.initiatives.values import Initiative
from planning.outbox.values import Address, MessageKind, Posting
from planning.plans.party import GROUP_MAX, Party, address_of, concerned_by
from planning.plans.telling import SESSION, disinvite, invite, plan_key, tell
from planning.plans.values import Plan, PlanState, Terms
from planning.proposals.requesting import ask_for, may_be_proposed
from planning.proposals.values import About, AboutKind
from planning.register import Register
from planning.workspace.arranging import stewards_of
from planning.workspace.values import Person

_NEW = 0
"""The number of a plan before it is stored."""
GOING_ON = frozenset({PlanState.OPEN, PlanState.OFF})
"""A plan in one of these is taken up when its finding is planned again."""


def open_plan(register: Register, finding: Finding, actor: Person | None, now: datetime) -> Plan | None:
    """The plan of a finding; planning again after an undo takes up the same one, with its message.

    When others have come to the finding meanwhile, it goes on in a new conversation with them.
    """
    initiatives = [register.initiatives.by_id(id) for id in finding.found.initiatives()]
    if not initiatives:
        return None
    former = register.plans.of_finding(finding.id)
    plan = _plan(About(kind=AboutKind.FINDING, id=finding.id), initiatives, actor, now)
    plan = replace(plan, finding=finding.id)
    if former is None or former.state not in GOING_ON:
        return _begin(register, _seated(register, plan), now)
    if {*plan.initiatives} <= {*former.initiatives}:
        return take_up(register, former, actor, now)
    if former.state is PlanState.OPEN:
        call_off(register, former, actor, now, what="moved")
    return _begin(register, _seated(register, replace(plan, terms=former.terms, applied=former.applied)), now)


def open_about(
    register: Register,
    about: About,
    initiatives: Sequence[Initiative],
    actor: Person | None,
    now: datetime,
    proposal: int | None = None,
) -> Plan:
    """A plan for a stage, a pool, the quarter or an approved decision; one that is open for it already is the answer.

    Its people are the leads of the departments, then the owners, at most as many as one conversation holds.
    """
    same = next((one for one in register.plans.in_state({PlanState.OPEN}) if one.about == about), None)
    if same is not None:
        return _with_proposal(register, same, proposal, actor, now)
    plan = replace(_plan(about, initiatives, actor, now), terms=Terms(proposal=proposal))
    if about.kind is AboutKind.FINDING:
        plan = replace(plan, finding=about.id)
    return _begin(register, _seated(register, plan), now)


def take_up(register: Register, former: Plan, actor: Person | None, now: datetime) -> Plan:
    """The same plan again: who had accepted is asked anew."""
    former = register.plans.by_id(former.id, lock=True)
    opened = replace(former, state=PlanState.OPEN, revision=former.revision + 1, changed_at=now)
    opened = replace(opened if opened.people else _seated(register, opened), next_at=now, reminded=0)
    written(register, opened, "plan.opened", actor, now, {"about": str(opened.about)})
    if may_be_proposed(register, opened.about):
        ask_for(register, opened.about, None, now, plan=opened.id)
    tell(register, opened, "again", now, by=actor.id if actor else None)
    _invite_again(register, opened, now)
    return opened


def call_off(
    register: Register,
    plan: Plan,
    actor: Person | None,
    now: datetime,
    what: str = "off",
    back: Sequence[int] = (),
    stay: Sequence[int] = (),
) -> Plan:
    """Take it back; one that is closed or taken back stays as it is.

    What its initiatives have taken over stays too, but for those that the caller has put `back` by then.
    """
    known = register.plans.by_id(plan.id, lock=True)
    if known.state in (PlanState.OFF, PlanState.CLOSED):
        return known
    off = replace(known, state=PlanState.OFF, applied=None if back or stay else known.applied)
    off = replace(off, changed_at=now, next_at=None)
    written(register, off, "plan.off", actor, now, {"back": [*back], "stay": [*stay]} if back or stay else {})
    tell(register, off, what, now, by=actor.id if actor else None, back=[*back], stay=[*stay])
    disinvite(register, known, off, now)
    return off


def invite_steward(register: Register, plan_id: int, actor: Person, now: datetime) -> Plan:
    """Ask a steward to help: the plan comes to them in a message of their own, for conversations cannot grow."""
    plan = register.plans.by_id(plan_id, lock=True)
    party = Party.of(register, plan)
    if not party.may_change(actor):
        raise NotAllowed(f"Nobody is asked: {party.whom_to_ask}")
    stewards = stewards_of(register)
    if any(one.id in plan.people for one in stewards):
        raise AlreadyDone("A steward takes part already.")
    asked = next((one for one in stewards if one.slack_id), None)
    if asked is None:
        raise NotFound("There is no steward whom Concord can reach. “/cx setup” shows who looks after this workspace.")
    invited = replace(plan, people=(*plan.people, asked.id), changed_at=now)
    written(register, invited, "plan.invited", actor, now, {"person": asked.id})
    own = Posting(f"{plan_key(plan)}:{asked.id}", MessageKind.PLAN, plan.id, Address.person(str(asked.slack_id)))
    register.postings.add(own, now)
    tell(register, invited, "invited", now, by=actor.id, people=[asked.id])
    return invited


def written(
    register: Register, plan: Plan, verb: str, actor: Person | None, now: datetime, details: dict[str, object]
) -> None:
    """Keep a plan as it is now, with its audit entry; its messages, and digests that ask for it, are drawn again."""
    register.plans.save(plan)
    register.audit.add(Entry(now, verb, f"plan:{plan.id}", actor.id if actor else None, details))
    register.postings.revise(MessageKind.PLAN, plan.id)
    if plan.finding is not None:
        draw_again(register, *register.decisions.of([plan.finding]))


def _plan(about: About, initiatives: Collection[Initiative], actor: Person | None, now: datetime) -> Plan:
    departments = tuple(sorted({one.draft.department for one in initiatives}))
    ids = tuple(sorted(one.id for one in initiatives))
    return Plan(_NEW, about, now, actor.id if actor else None, departments, (), ids, changed_at=now, next_at=now)


def _seated(register: Register, plan: Plan) -> Plan:
    """The plan with the people of its conversation; a steward who opens it is there too, if there is room."""
    opener = [one for one in stewards_of(register) if one.id == plan.opened_by]
    asked = {one.id: one for one in (*concerned_by(Party.of(register, plan)), *opener)}
    return replace(plan, people=tuple(id for id, one in asked.items() if one.slack_id)[:GROUP_MAX])


def _begin(register: Register, plan: Plan, now: datetime) -> Plan:
    begun = register.plans.add(plan)
    register.audit.add(Entry(now, "plan.opened", f"plan:{begun.id}", begun.opened_by, {"about": str(begun.about)}))
    _propose(register, begun, now)
    people = [register.people.by_id(id) for id in begun.people]
    if (address := address_of(people)) is not None:
        register.postings.add(Posting(plan_key(begun), MessageKind.PLAN, begun.id, address), now)
    _invite_again(register, begun, now)
    return begun


def _invite_again(register: Register, plan: Plan, now: datetime) -> None:
    """To the session that was agreed before it was taken back, or went on with others."""
    if plan.terms.session_at is not None and plan.terms.session_at > now:
        invite(register, plan, SESSION, now)


def _propose(register: Register, plan: Plan, now: datetime) -> None:
    """Ask for a proposal, or take up the one that the plan begins with: what becomes of it is drawn in its message."""
    if plan.terms.proposal is None:
        if may_be_proposed(register, plan.about):
            ask_for(register, plan.about, None, now, plan=plan.id)
        return
    proposal = register.proposals.by_id(plan.terms.proposal, lock=True)
    if proposal.plan is None:
        register.proposals.save(replace(proposal, plan=plan.id))


def _with_proposal(register: Register, plan: Plan, proposal: int | None, actor: Person | None, now: datetime) -> Plan:
    """An open plan that takes in a proposal where it had none: who had accepted is asked anew."""
    if proposal is None or plan.terms.proposal is not None:
        return plan
    terms = replace(plan.terms, proposal=proposal)
    changed = replace(plan, terms=terms, revision=plan.revision + 1, changed_at=now)
    written(register, changed, "plan.changed", actor, now, {"fields": ["proposal"]})
    return changed
