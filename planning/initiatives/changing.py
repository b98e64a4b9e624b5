"""Changing what is registered: by its owner, who registered it, a lead of its department, or a steward."""

from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from planning.audit.values import Entry
from planning.checkins.questions import redraw_of
from planning.errors import NotAllowed
from planning.findings.detecting import detect
from planning.findings.queueing import Change
from planning.initiatives.checking import Vocabulary, checked
from planning.initiatives.values import Draft, Initiative, Status
from planning.register import Register
from planning.workspace.rights import Right, Ties, may
from planning.workspace.values import Person


def may_change(initiative: Initiative, actor: Person) -> bool:
    """Whether the person may edit, change the status of, or withdraw the initiative."""
    owners = (initiative.draft.owner, initiative.registered_by)
    return may(actor, Right.CHANGE_INITIATIVE, Ties((initiative.draft.department,), owners))


def amend(
    register: Register, id: int, draft: Draft, vector: NDArray[np.float32] | None, actor: Person, now: datetime
) -> Initiative:
    """Write the initiative as the form has it; the vector only where the text may have changed."""
    initiative = _changeable(register, id, actor)
    draft = checked(draft, Vocabulary.of(register))
    if draft == initiative.draft:
        return initiative
    changed = sorted(name for name in Draft.__slots__ if getattr(draft, name) != getattr(initiative.draft, name))
    details: dict[str, object] = {"fields": changed}
    return _apply(register, initiative, replace(initiative, draft=draft), "amended", details, actor, now, vector)


def change_status(register: Register, id: int, status: Status, actor: Person, now: datetime) -> Initiative:
    """Move the initiative to another status."""
    initiative = _changeable(register, id, actor)
    before = initiative.draft.status
    if before is status:
        return initiative
    verb = "withdrawn" if status is Status.CANCELLED else "status"
    details: dict[str, object] = {"from": str(before), "to": str(status)}
    changed = replace(initiative, draft=replace(initiative.draft, status=status))
    return _apply(register, initiative, changed, verb, details, actor, now)


def withdraw(register: Register, id: int, actor: Person, now: datetime) -> Initiative:
    """Cancel the initiative; it stays on record and can be brought back by its former status."""
    return change_status(register, id, Status.CANCELLED, actor, now)


def leave(register: Register, id: int, actor: Person, now: datetime) -> Initiative:
    """Make a joined initiative one of its own again."""
    initiative = _changeable(register, id, actor)
    if initiative.joined is None:
        return initiative
    details: dict[str, object] = {"from": f"CX-{initiative.joined}"}
    return _apply(register, initiative, replace(initiative, joined=None), "left", details, actor, now)


def who_may_change(register: Register, initiative: Initiative) -> str:
    """Whose it is and whom to ask, for somebody who may not change it."""
    department = register.departments.by_id(initiative.draft.department)
    people = register.people.all()
    names = [person.name for person in people if person.id == initiative.draft.owner]
    names += [person.name for person in people if person.leads(department.id)]
    whom = " or ".join(dict.fromkeys(names)) or "a steward"
    return f"{initiative.reference} belongs to {department.name}; ask {whom} to change it."


def _changeable(register: Register, id: int, actor: Person) -> Initiative:
    initiative = register.initiatives.by_id(id)
    if not may_change(initiative, actor):
        raise NotAllowed(who_may_change(register, initiative))
    return initiative


def _apply(
    register: Register,
    before: Initiative,
    after: Initiative,
    verb: str,
    details: dict[str, object],
    actor: Person,
    now: datetime,
    vector: NDArray[np.float32] | None = None,
) -> Initiative:
    changed = replace(after, changed_at=now)
    register.initiatives.save(changed, vector)
    register.audit.add(Entry(now, f"initiative.{verb}", f"initiative:{changed.id}", actor.id, details))
    detect(register, Change((before, changed), actor.id), now)
    redraw_of(register, before, changed)
    return changed
