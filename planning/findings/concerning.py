"""Whom an overlap concerns: they decide it, and nobody else."""

from datetime import datetime

from planning.alerts.news import redraw
from planning.audit.values import Entry
from planning.decisions.showing import draw_again
from planning.errors import NotAllowed
from planning.findings.facts.base import listed
from planning.findings.values import Finding
from planning.outbox.values import Address
from planning.register import Register
from planning.workspace.rights import Right, Ties, Who, among, may
from planning.workspace.values import Person

ASKED_MAX = 4


def concerned(register: Register, finding: Finding) -> tuple[Person, ...]:
    """Whom it was handed to, the leads of the departments in it, then the owners of its initiatives."""
    ties, people = _ties(register, finding), register.people.all()
    each = (among(people, who, ties=ties) for who in (Who.ASKED, Who.LEAD_OF_DEPARTMENT, Who.OWNER))
    return tuple(dict.fromkeys(person for those in each for person in those))


def may_decide(register: Register, finding: Finding, actor: Person) -> bool:
    """Whether the overlap is for this person to decide."""
    return may(actor, Right.DECIDE_FINDING, _ties(register, finding))


def whom_to_ask(register: Register, finding: Finding) -> str:
    """Tells somebody else who decides."""
    names = [person.name for person in concerned(register, finding)[:ASKED_MAX]] or ["a steward"]
    return f"this is for the leads and owners of these initiatives to decide. Ask {listed(names, 'or')}."


def check_concerned(register: Register, finding: Finding, actor: Person) -> None:
    """Raises NotAllowed unless the overlap is for this person to decide."""
    if not may_decide(register, finding, actor):
        raise NotAllowed(f"Not decided: {whom_to_ask(register, finding)}")


def own(actor: Person) -> Address | None:
    """Where the actor's own card is, who needs no word of the own act."""
    return Address.person(actor.slack_id) if actor.slack_id else None


def write(
    register: Register, finding: Finding, verb: str, details: dict[str, object], actor: Person, now: datetime
) -> None:
    """Keep what was said, with its audit entry, and have the cards, and digests that ask for it, drawn again."""
    register.findings.save(finding, now)
    register.audit.add(Entry(now, verb, f"finding:{finding.id}", actor.id, details))
    redraw(register, finding.id)
    draw_again(register, *register.decisions.of([finding.id]))


def _ties(register: Register, finding: Finding) -> Ties:
    """Whom it was handed to, and the departments and owners of the initiatives in it."""
    drafts = [register.initiatives.by_id(id).draft for id in finding.found.initiatives()]
    departments, owners = {draft.department for draft in drafts}, {draft.owner for draft in drafts}
    return Ties(departments, owners, () if finding.handed is None else (finding.handed.to,))
