"""What people say of an overlap, and taking it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from planning.audit.values import Entry
from planning.errors import AlreadyDone, NotAllowed
from planning.findings.values import Choice, Finding, State, Verdict
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register
from planning.window import said
from planning.workspace.values import Person, Role

SNOOZE = timedelta(days=7)
ASKED_MAX = 4
GROUP_MAX = 8
"""Slack opens a group conversation with at most eight people."""


def decide(
    register: Register, finding_id: int, choice: Choice, actor: Person, now: datetime, until: datetime | None = None
) -> Finding:
    """Settle, dismiss or snooze an open overlap, once; the cards follow."""
    finding = register.findings.by_id(finding_id, lock=True)
    _check_concerned(register, finding, actor)
    _check_open(register, finding, now)
    if choice is Choice.JOIN and finding.found.pair is None:
        raise NotAllowed("Not joined: one initiative joins one other, and this overlap is not between two.")
    ends = (until or now + SNOOZE) if choice is Choice.SNOOZE else None
    decided = replace(finding, verdict=Verdict(choice, actor.id, now, finding.found.covers, ends), changed_at=now)
    _write(register, decided, "finding.settled", {"choice": str(choice)}, actor, now)
    if choice is Choice.PLAN:
        _open_conversation(register, decided, now)
    return decided


def undo(register: Register, finding_id: int, actor: Person, now: datetime) -> Finding:
    """Take a verdict back; the overlap is open again."""
    finding = register.findings.by_id(finding_id, lock=True)
    _check_concerned(register, finding, actor)
    if finding.verdict is None or finding.state(now) is State.OPEN:
        raise AlreadyDone("There is nothing to undo: this overlap is open. The card will show it in a moment.")
    choice = finding.verdict.choice
    opened = replace(finding, verdict=None, changed_at=now)
    _write(register, opened, "finding.undone", {"choice": str(choice)}, actor, now)
    register.postings.revise(MessageKind.PLAN, finding.id)
    return opened


def concerned(register: Register, finding: Finding) -> tuple[Person, ...]:
    """The leads of the departments in it, then the owners of its initiatives."""
    drafts = [register.initiatives.by_id(id).draft for id in finding.found.initiatives()]
    departments, owners = {draft.department for draft in drafts}, {draft.owner for draft in drafts}
    people = register.people.all()
    leads = [person for person in people if any(person.leads(department) for department in departments)]
    return tuple(dict.fromkeys((*leads, *(person for person in people if person.id in owners))))


def may_decide(register: Register, finding: Finding, actor: Person) -> bool:
    """Whether the overlap is for this person to decide."""
    return Role.STEWARD in actor.roles or any(person.id == actor.id for person in concerned(register, finding))


def whom_to_ask(register: Register, finding: Finding) -> str:
    """Tells somebody else who decides."""
    names = [person.name for person in concerned(register, finding)[:ASKED_MAX]] or ["a steward"]
    return f"this is for the leads and owners of these initiatives to decide. Ask {_either(names)}."


def _either(names: Sequence[str]) -> str:
    return " or ".join((", ".join(names[:-1]), names[-1]) if len(names) > 1 else names)


def _check_concerned(register: Register, finding: Finding, actor: Person) -> None:
    if not may_decide(register, finding, actor):
        raise NotAllowed(f"Not decided: {whom_to_ask(register, finding)}")


def _check_open(register: Register, finding: Finding, now: datetime) -> None:
    state = finding.state(now)
    if state is State.OPEN:
        return
    if finding.verdict is None or state is State.CLOSED:
        raise AlreadyDone("This overlap has gone by itself: its cause is no longer there.")
    who = register.people.by_id(finding.verdict.by).name
    raise AlreadyDone(
        f"{who} was faster: {SAID[finding.verdict.choice]} since {said(finding.verdict.at.date())}. "
        "You can undo it on the card."
    )


SAID = {
    Choice.PLAN: "planning together",
    Choice.COORDINATE: "coordinating",
    Choice.JOIN: "joined",
    Choice.DIFFERENT: "truly different",
    Choice.SNOOZE: "snoozed",
    Choice.LEAVE: "left as it is",
}


def _write(
    register: Register, finding: Finding, verb: str, details: dict[str, object], actor: Person, now: datetime
) -> None:
    register.findings.save(finding, now)
    register.audit.add(Entry(now, verb, f"finding:{finding.id}", actor.id, details))
    register.postings.revise(MessageKind.ALERT, finding.id)


def _open_conversation(register: Register, finding: Finding, now: datetime) -> None:
    """One conversation of leads and owners; planning again after an undo edits the message that is there."""
    ids = tuple(person.slack_id for person in concerned(register, finding) if person.slack_id)[:GROUP_MAX]
    if not ids:
        return
    address = Address.group(ids) if len(ids) > 1 else Address.person(ids[0])
    if not register.postings.add(Posting(f"plan:{finding.id}", MessageKind.PLAN, finding.id, address), now):
        register.postings.revise(MessageKind.PLAN, finding.id)
