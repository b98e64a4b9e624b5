"""Joining theirs: of two initiatives that do the same, one is given up for the other."""

from dataclasses import replace
from datetime import datetime

from planning.alerts.announcing import announce_joined
from planning.audit.values import Entry
from planning.checkins.questions import redraw_of
from planning.errors import FieldError, NotAllowed
from planning.findings.detecting import detect
from planning.findings.queueing import Change
from planning.findings.settling import Said, decide
from planning.findings.values import Choice, Finding
from planning.initiatives.changing import may_change, who_may_change
from planning.initiatives.values import Initiative
from planning.register import Register
from planning.workspace.values import Person


def join(register: Register, finding_id: int, given_up: int, actor: Person, now: datetime) -> Said:
    """Give one of the two up for the other, and tell the people of that one. Raises NotAllowed and FieldError."""
    finding = register.findings.by_id(finding_id, lock=True)
    pair = finding.found.pair
    if pair is None or given_up not in pair:
        raise NotAllowed("Not joined: one initiative joins one other, and this overlap is not between two.")
    leaving, host = (register.initiatives.by_id(id) for id in sorted(pair, key=lambda id: id != given_up))
    if not may_change(leaving, actor):
        raise FieldError({"given_up": who_may_change(register, leaving)})
    said = decide(register, finding_id, Choice.JOIN, actor, now)
    if not said.late and leaving.live:
        _give_up(register, leaving, host, actor, now)
    return replace(said, finding=register.findings.by_id(finding_id))


def may_give_up(register: Register, finding: Finding, actor: Person) -> list[Initiative]:
    """Which of the two the actor may give up for the other one."""
    pair = [register.initiatives.by_id(id) for id in finding.found.pair or ()]
    return [one for one in pair if one.live and may_change(one, actor)]


def _give_up(register: Register, leaving: Initiative, host: Initiative, actor: Person, now: datetime) -> None:
    joined = replace(leaving, joined=host.id, changed_at=now)
    register.initiatives.save(joined)
    details: dict[str, object] = {"to": host.reference}
    register.audit.add(Entry(now, "initiative.joined", f"initiative:{joined.id}", actor.id, details))
    detect(register, Change((leaving, joined), actor.id), now)
    redraw_of(register, leaving, joined)
    announce_joined(register, joined, host, actor, now)
