"""What an initiative plans, one at a time: contacts, effects on metrics, requests, and its part in fixing a problem."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from planning.initiatives.changing import amend
from planning.initiatives.values import Contact, Draft, Effect, Initiative, Request
from planning.problems.values import Part
from planning.register import Register
from planning.workspace.values import Person

Planned = Contact | Effect | Request
FIELDS: Mapping[type[Planned], str] = {Contact: "contacts", Effect: "effects", Request: "requests"}
"""Kind → the field of the draft that holds it."""


def add_planned(register: Register, id: int, planned: Planned, actor: Person, now: datetime) -> Initiative:
    """Plan one more; an effect takes the place of another one on its metric. Raises FieldError."""
    draft = register.initiatives.by_id(id).draft
    kept = [one for one in _alike(draft, planned) if not _replaced(one, planned)]
    return _keep(register, id, draft, planned, dict.fromkeys((*kept, planned)), actor, now)


def remove_planned(register: Register, id: int, planned: Planned, actor: Person, now: datetime) -> Initiative:
    """Take one back; what is not there any more is taken back already."""
    draft = register.initiatives.by_id(id).draft
    kept = dict.fromkeys(one for one in _alike(draft, planned) if one != planned)
    return _keep(register, id, draft, planned, kept, actor, now)


def serve(
    register: Register, id: int, problem: int | None, supplies: Sequence[Part], actor: Person, now: datetime
) -> Initiative:
    """Name the customer problem that it serves and the parts of the fix that it brings. Raises FieldError."""
    draft = replace(register.initiatives.by_id(id).draft, serves=problem, supplies=tuple(supplies))
    return amend(register, id, draft, None, actor, now)


def _alike(draft: Draft, planned: Planned) -> Sequence[Planned]:
    alike: Sequence[Planned] = getattr(draft, FIELDS[type(planned)])
    return alike


def _replaced(one: Planned, by: Planned) -> bool:
    return isinstance(one, Effect) and isinstance(by, Effect) and one.metric == by.metric


def _keep(
    register: Register,
    id: int,
    draft: Draft,
    like: Planned,
    kept: Mapping[Planned, None],
    actor: Person,
    now: datetime,
) -> Initiative:
    changes: dict[str, Any] = {FIELDS[type(like)]: tuple(kept)}
    return amend(register, id, replace(draft, **changes), None, actor, now)
