"""Handing an overlap to a colleague, who then may decide it."""

from dataclasses import replace
from datetime import datetime

from planning.alerts.news import news
from planning.alerts.preferences import Notice
from planning.alerts.reaching import when
from planning.alerts.telling import enlist, tell_due
from planning.alerts.values import Alert, Reason
from planning.errors import AlreadyDone, FieldError
from planning.findings.concerning import check_concerned, own, write
from planning.findings.values import Finding, Handed, State
from planning.outbox.values import Address
from planning.register import Register
from planning.workspace.values import Person


def hand(register: Register, finding_id: int, colleague: Person, actor: Person, now: datetime) -> Finding:
    """Ask a colleague to decide an open overlap; they get a card of it, in their hours.

    Raises NotAllowed, and FieldError when they cannot be told.
    """
    finding = register.findings.by_id(finding_id, lock=True)
    check_concerned(register, finding, actor)
    if finding.state(now) is not State.OPEN:
        raise AlreadyDone("Not handed over: this overlap is decided already. The card shows by whom.")
    if colleague.id == actor.id:
        raise FieldError({"colleague": "That is you. Choose a colleague."})
    if finding.handed is not None and finding.handed.to == colleague.id:
        return finding
    reach = when(register, colleague, Notice.OVERLAPS, now)
    if reach is None or colleague.slack_id is None:
        told = f"{colleague.name} has switched off messages about overlaps. Choose somebody else."
        raise FieldError({"colleague": told})
    handed = replace(finding, handed=Handed(colleague.id, actor.id, now), changed_at=now)
    write(register, handed, "finding.handed", {"to": colleague.id}, actor, now)
    news(register, handed, "handed", now, but=own(actor), to=colleague.id, by=actor.id)
    address = Address.person(colleague.slack_id)
    alert = Alert(0, finding.id, address, Reason.HANDED, reach, colleague.department, colleague.id)
    enlist(register, alert)
    tell_due(register, now)
    return handed


def take_back(register: Register, finding_id: int, actor: Person, now: datetime) -> Finding:
    """Decide it oneself after all; the colleague's card says so."""
    finding = register.findings.by_id(finding_id, lock=True)
    check_concerned(register, finding, actor)
    if finding.handed is None:
        raise AlreadyDone("Nobody has it from you: it is not handed to anybody.")
    kept = replace(finding, handed=None, changed_at=now)
    write(register, kept, "finding.taken_back", {"from": finding.handed.to}, actor, now)
    news(register, kept, "taken_back", now, but=own(actor), to=finding.handed.to, by=actor.id)
    return kept
