"""What a plan says: anybody who takes part may change it, and a change asks the others anew."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.initiatives.checking import PERSON_WEEKS_MAX, may_ask_for
from planning.initiatives.values import Initiative
from planning.plans.accepting import CLOSED, agreed, locked
from planning.plans.opening import written
from planning.plans.party import Party
from planning.plans.telling import SESSION, disinvite, invite, tell
from planning.plans.values import Acceptance, Plan, PlanState, Pledge, Terms
from planning.proposals.asking import Progress, Proposal
from planning.register import Register
from planning.text import clean, one_line
from planning.workspace.hours import day_in
from planning.workspace.values import Person

GOAL_MAX = 300
DECISIONS_MAX = 2000
PLEDGES_MAX = 30
PAST = "Choose a day that is still to come."
FAR = "Choose a day within the next ten years."
FURTHEST = timedelta(days=3653)


@dataclass(frozen=True, slots=True)
class Known:
    """What terms may name, what they were, and on which day they are checked."""

    plan: Plan
    today: date
    now: datetime
    metrics: Collection[int]
    pools: Collection[int]


def change_terms(register: Register, plan_id: int, terms: Terms, actor: Person, now: datetime) -> Plan:
    """Write what is agreed; the changer's departments accept it by that, the others are asked anew.

    Where there are no others it is agreed at once. Raises FieldError with every fault by its field, and NotAllowed with
    whom to ask.
    """
    plan = locked(register, plan_id)
    party = Party.of(register, plan)
    if not party.may_change(actor):
        raise NotAllowed(f"Not changed: {party.whom_to_ask}")
    if plan.state in CLOSED:
        raise AlreadyDone(CLOSED[plan.state])
    tidy = checked(terms, _known(register, plan, actor, now))
    changed = [field.name for field in fields(Terms) if getattr(tidy, field.name) != getattr(plan.terms, field.name)]
    if not changed:
        return plan
    revised = _revised(plan, tidy, party.speaks_for(actor), actor, now)
    written(register, revised, "plan.changed", actor, now, {"fields": changed, "revision": revised.revision})
    asked = [one.id for one in replace(party, plan=revised).asked if one.id != actor.id]
    tell(register, revised, "changed", now, by=actor.id, fields=changed, asked=asked)
    if "session_at" in changed and tidy.session_at is not None:
        invite(register, revised, SESSION, now)
    disinvite(register, plan, revised, now)
    return agreed(register, revised, actor, now)


def checked(terms: Terms, known: Known) -> Terms:
    """The terms with their text cleaned; raises FieldError with every fault that they have."""
    tidy = replace(terms, goal=one_line(terms.goal), decisions=clean(terms.decisions))
    faults = {
        "goal": _too_long(tidy.goal, GOAL_MAX),
        "metric": _metric(tidy, known),
        "due_on": _day(tidy.due_on, known.plan.terms.due_on, known.today),
        "session_on": _session(tidy, known),
        "review_on": _day(tidy.review_on, known.plan.terms.review_on, known.today),
        "decisions": _too_long(tidy.decisions, DECISIONS_MAX),
        "pledges": _pledges(tidy, known),
    }
    if errors := {field: fault for field, fault in faults.items() if fault}:
        raise FieldError(errors)
    return tidy


def proposal_of(register: Register, plan: Plan) -> Proposal | None:
    """The one that is part of it, or, while the plan is open, a newer one; else the newest about the same."""
    every = register.proposals.of(plan.about)
    newest = next((one for one in every if one.plan == plan.id), next(iter(every), None))
    agreed_on = plan.terms.proposal
    if agreed_on is None or (plan.state is PlanState.OPEN and newest is not None and newest.id > agreed_on):
        return newest
    return register.proposals.by_id(agreed_on)


def offered(plan: Plan, proposal: Proposal | None) -> Proposal | None:
    """The proposal, when its changes can be made part of the plan: it is done, and changes something."""
    ready = proposal is not None and proposal.progress is Progress.DONE and proposal.id != plan.applied
    return proposal if ready and proposal is not None and proposal.best and proposal.best.changes else None


def asked_pledges(initiatives: Collection[Initiative], today: date) -> tuple[Pledge, ...]:
    """What the initiatives of each department ask of each pool from now on, to begin with."""
    wanted: dict[tuple[int, int], Pledge] = {}
    for initiative in initiatives:
        for request in initiative.draft.requests:
            if request.window.end >= today:
                key = (initiative.draft.department, request.pool)
                known = wanted.get(key, Pledge(*key, 0.0, request.window.start))
                begins = min(known.starts_on, request.window.start)
                wanted[key] = Pledge(*key, known.person_weeks + request.person_weeks, begins)
    return tuple(pledge for _, pledge in sorted(wanted.items()))[:PLEDGES_MAX]


def _revised(plan: Plan, terms: Terms, departments: Collection[int], actor: Person, now: datetime) -> Plan:
    """The next revision; one that was accepted is open again, and keeps what has become of it so far."""
    revision = plan.revision + 1
    others = tuple(one for one in plan.acceptances if one.department not in departments)
    own = tuple(Acceptance(one, actor.id, now, revision) for one in departments)
    opened = replace(plan, state=PlanState.OPEN, revision=revision, terms=terms, changed_at=now)
    return replace(opened, acceptances=(*others, *own), next_at=now, reminded=0)


def _known(register: Register, plan: Plan, actor: Person, now: datetime) -> Known:
    metrics, pools = (frozenset(one.id for one in store.all()) for store in (register.metrics, register.pools))
    return Known(plan, day_in(actor.zone, now), now, metrics, pools)


def _too_long(text: str, most: int) -> str:
    return f"Use at most {most} characters; this has {len(text)}." if len(text) > most else ""


def _metric(terms: Terms, known: Known) -> str:
    gone = terms.metric is not None and terms.metric not in known.metrics
    return "That metric was removed meanwhile; choose again." if gone else ""


def _day(day: date | None, before: date | None, today: date) -> str:
    if day is None or day == before:
        return ""
    return PAST if day < today else FAR if day > today + FURTHEST else ""


def _session(terms: Terms, known: Known) -> str:
    at = terms.session_at
    if at is None or at == known.plan.terms.session_at:
        return ""
    past = "Choose a time that is still to come." if at < known.now else ""
    return FAR if at > known.now + FURTHEST else past


def _pledges(terms: Terms, known: Known) -> str:
    pledges, pairs = terms.pledges, {(one.department, one.pool) for one in terms.pledges}
    if len(pledges) > PLEDGES_MAX:
        return f"Keep at most {PLEDGES_MAX} pledges; this has {len(pledges)}."
    if any(one.department not in known.plan.departments or one.pool not in known.pools for one in pledges):
        return "A department or pool that you name is not part of this plan any more; take that line out."
    if not all(may_ask_for(one.person_weeks) for one in pledges):
        return f"Pledge more than 0 and at most {PERSON_WEEKS_MAX:,} person-weeks."
    return "Name each pool once for a department." if len(pairs) < len(pledges) else ""
