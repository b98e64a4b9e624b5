"""Raising a hand for what nobody looks after, and handing it back; both are on record."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from planning.audit.values import Entry
from planning.claims.values import Claim, Claimable, Held
from planning.errors import AlreadyDone, NotAllowed, NotFound
from planning.findings.values import Finding, Kind, Rule, State
from planning.journey.values import HandOff, Journey, Stage
from planning.journey.versioning import put_on_record
from planning.problems.values import Problem
from planning.register import Register
from planning.workspace.arranging import check_steward
from planning.workspace.rights import Right, Ties, may
from planning.workspace.values import Person

RAISED, HANDED_BACK = "hand.raised", "hand.given_back"

T = TypeVar("T", Stage, HandOff, Problem)


def raise_hand(register: Register, claim: Claim, actor: Person, now: datetime) -> Held:
    """Look after it from now on; doing it twice is doing it once. Raises AlreadyDone where somebody else does."""
    thing = held(register, claim, now)
    if thing.owner == actor.id:
        return thing
    if thing.owner is not None:
        who = register.people.by_id(thing.owner).name
        raise AlreadyDone(f"{who} looks after {thing.words} already. Ask there if you want to take it over.")
    return _pass_on(register, thing, actor.id, RAISED, actor, now)


def hand_back(register: Register, claim: Claim, actor: Person, now: datetime) -> Held:
    """Nobody looks after it from now on. Raises NotAllowed when somebody else does."""
    thing = held(register, claim, now)
    if thing.owner is None:
        return thing
    if not may(actor, Right.HAND_BACK, Ties(owners=(thing.owner,))):
        who = register.people.by_id(thing.owner).name
        raise NotAllowed(f"Not handed back: {who} looks after it. Ask there, or ask a steward to release it.")
    return _pass_on(register, thing, None, HANDED_BACK, actor, now)


def release(register: Register, claim: Claim, owner: int | None, actor: Person, now: datetime) -> Held:
    """A steward relieves `owner`, the person who was shown to look after it. Raises AlreadyDone when another does."""
    check_steward(register, actor, Right.RELEASE)
    thing = held(register, claim, now)
    if thing.owner is None:
        return thing
    if thing.owner != owner:
        who = register.people.by_id(thing.owner).name
        raise AlreadyDone(f"Not released: meanwhile {who} looks after it. Open the list again to see how it stands.")
    return _pass_on(register, thing, None, HANDED_BACK, actor, now)


def held(register: Register, claim: Claim, now: datetime) -> Held:
    """It as it is now; raises NotFound when it has gone, AlreadyDone when it is a gap that has closed."""
    if claim.kind is Claimable.GAP:
        gap = _gap(register, claim.id, now)
        return Held(claim, gap.found.why, gap.owner)
    if claim.kind is Claimable.PROBLEM:
        problem = _the(register.problems.all(), claim.id)
        return Held(claim, problem.name, problem.owner)
    return _of_journey(register.journeys.current(), claim)


def claim_of(gap: Finding) -> Claim:
    """What a hand is raised for beside a gap: a stage without an owner is claimed itself, which closes the gap."""
    if gap.found.rule is Rule.STAGE_WITHOUT_OWNER:
        return Claim(Claimable.STAGE, gap.found.members[0].id)
    return Claim(Claimable.GAP, gap.id)


def edge_name(hand_off: HandOff, journey: Journey) -> str:
    """A hand-off by its two stages."""
    names = journey.stage_names()
    return f"{names.get(hand_off.before, 'a former stage')} to {names.get(hand_off.after, 'a former stage')}"


def _of_journey(journey: Journey, claim: Claim) -> Held:
    if claim.kind is Claimable.STAGE:
        stage = _the(journey.stages, claim.id)
        return Held(claim, stage.name, stage.owner)
    hand_off = _the(journey.hand_offs, claim.id)
    return Held(claim, edge_name(hand_off, journey), hand_off.owner)


def _gap(register: Register, id: int, now: datetime) -> Finding:
    gap = register.findings.by_id(id)
    if gap.found.rule.kind is not Kind.GAP:
        raise NotFound("This is an overlap. Its leads decide it on its card: see “/cx overlaps”.")
    if gap.state(now) is State.CLOSED:
        raise AlreadyDone("This gap has closed by itself: what was missing is there now. “/cx gaps” shows the others.")
    return gap


def _the(among: Iterable[T], id: int) -> T:
    one = next((one for one in among if one.id == id), None)
    if one is None:
        raise NotFound("It is no longer there; it may have been removed meanwhile. Open the list again.")
    return one


def _pass_on(register: Register, thing: Held, owner: int | None, verb: str, actor: Person, now: datetime) -> Held:
    """Write who looks after it; what is of the journey makes a version of it, and gaps may close or open."""
    before, kind = register.journeys.current(), thing.claim.kind
    _KEEP[kind](register, thing.claim.id, owner, now)
    relieved: dict[str, object] = {} if thing.owner is None else {"owner": thing.owner}
    entry = Entry(now, verb, str(thing.claim), actor.id, {"name": thing.name, "kind": str(kind), **relieved})
    if kind in (Claimable.STAGE, Claimable.HAND_OFF):
        put_on_record(register, before, entry, actor, now)
    else:
        register.audit.add(entry)
    return replace(thing, owner=owner)


def _keep_stage(register: Register, id: int, owner: int | None, _now: datetime) -> None:
    register.journeys.save_stage(replace(_the(register.journeys.current().stages, id), owner=owner))


def _keep_hand_off(register: Register, id: int, owner: int | None, _now: datetime) -> None:
    register.journeys.save_hand_off(replace(_the(register.journeys.current().hand_offs, id), owner=owner))


def _keep_problem(register: Register, id: int, owner: int | None, _now: datetime) -> None:
    register.problems.save(replace(_the(register.problems.all(), id), owner=owner))


def _keep_gap(register: Register, id: int, owner: int | None, now: datetime) -> None:
    register.findings.save(replace(_gap(register, id, now), owner=owner, changed_at=now), now)


_KEEP: dict[Claimable, Callable[[Register, int, int | None, datetime], None]] = {
    Claimable.STAGE: _keep_stage,
    Claimable.HAND_OFF: _keep_hand_off,
    Claimable.PROBLEM: _keep_problem,
    Claimable.GAP: _keep_gap,
}
