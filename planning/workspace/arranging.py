"""The stewards' settings: roles, departments, leads and channels."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from planning.audit.values import Entry
from planning.errors import FieldError, NotAllowed
from planning.findings.detecting import detect
from planning.findings.queueing import Change
from planning.outbox.values import MessageKind
from planning.register import Register
from planning.text import NAME_MAX, one_line
from planning.workspace.rights import Right, Who, among, holders, may
from planning.workspace.roles import give
from planning.workspace.values import ALERT_BUDGETS, AlertsTo, Channel, Department, Person, Role


def claim_stewardship(register: Register, actor: Person, now: datetime) -> Person:
    """Make the first person who asks the steward; later ones are named by a steward."""
    known = register.people.by_id(actor.id)
    stewards = stewards_of(register)
    if known in stewards:
        return known
    if known not in holders(register.people.all(), Right.BECOME_STEWARD):
        raise NotAllowed(f"{stewards[0].name} looks after this workspace already; ask there to become a steward too.")
    steward = give(register, known, known.roles | {Role.STEWARD}, known, now, "person.steward")
    register.postings.revise(MessageKind.STEWARD, *(one.id for one in register.people.all() if one.left_at))
    return steward


def stewards_of(register: Register) -> list[Person]:
    """Who looks after the workspace."""
    return among(register.people.all(), Who.STEWARD)


def check_steward(register: Register, actor: Person, right: Right = Right.SET_UP) -> None:
    """Raises NotAllowed, naming whom to ask, unless the person has a right that stewards have."""
    if not may(actor, right):
        names = " or ".join(person.name for person in stewards_of(register)[:3])
        raise NotAllowed(f"Only a steward can change this. {f'Ask {names}.' if names else 'Begin with /cx setup.'}")


def save_roles(
    register: Register, executives: Sequence[Person], stewards: Sequence[Person], actor: Person, now: datetime
) -> None:
    """Make exactly these people the executives and the stewards; who leads a department goes on leading it.

    Who asks has to be a steward still: of two who remove each other, the second one is refused.
    """
    check_steward(register, register.people.by_id(actor.id), Right.NAME_ROLES)
    if all(person.left_at is not None for person in stewards):
        raise FieldError({"stewards": "Choose at least one steward: somebody has to look after Concord."})
    named = {Role.EXECUTIVE: {p.id for p in executives}, Role.STEWARD: {p.id for p in stewards}}
    for person in register.people.all():
        given = {role for role, ids in named.items() if person.id in ids}
        give(register, person, (person.roles - named.keys()) | given, actor, now)


def save_department(
    register: Register,
    id: int | None,
    name: str,
    leads: Sequence[Person],
    channel: Channel | None,
    alerts_to: AlertsTo,
    actor: Person,
    now: datetime,
) -> Department:
    """Make a department (`id` None) or change it; its leads are exactly those given."""
    check_steward(register, register.people.by_id(actor.id), Right.NAME_ROLES)
    name = _free_name(register, id, name)
    _check_free_to_lead(leads, id)
    if alerts_to is AlertsTo.CHANNEL and channel is None:
        raise FieldError({"channel": "Choose the channel that alerts should go to, or send them to the leads."})
    known = register.departments.add(name) if id is None else register.departments.by_id(id)
    department = replace(known, name=name, channel=channel, alerts_to=alerts_to)
    register.departments.save(department)
    _appoint(register, department, leads, actor, now)
    register.audit.add(Entry(now, "department.saved", f"department:{department.id}", actor.id, {"name": name}))
    if department.name != known.name:  # the facts of findings name it
        detect(register, Change(None, actor.id), now)
    return department


def save_alert_budget(register: Register, budget: int, actor: Person, now: datetime) -> None:
    """As many alerts as a person or a channel gets in a week from now on."""
    check_steward(register, actor)
    if budget not in ALERT_BUDGETS:
        raise FieldError({"budget": f"Give at least {ALERT_BUDGETS[0]} and at most {ALERT_BUDGETS[-1]}."})
    workspace = register.workspaces.current()
    if budget == workspace.alert_budget:
        return
    register.workspaces.save(replace(workspace, alert_budget=budget))
    details: dict[str, object] = {"from": workspace.alert_budget, "to": budget}
    register.audit.add(Entry(now, "alerts.budget", "workspace", actor.id, details))


def join_department(register: Register, department_id: int, actor: Person, now: datetime) -> Person:
    """Remember the department that a person says they belong to; a lead of another is not moved."""
    department, known = register.departments.by_id(department_id), register.people.by_id(actor.id)
    if known.department == department.id or among([known], Who.LEAD):
        return known
    moved = replace(known, department=department.id)
    register.people.save(moved)
    register.audit.add(Entry(now, "person.department", f"person:{actor.id}", actor.id, {"department": department.id}))
    return moved


def _free_name(register: Register, id: int | None, name: str) -> str:
    name = one_line(name)
    if not name or len(name) > NAME_MAX:
        raise FieldError({"name": f"Give the department a name of at most {NAME_MAX} characters."})
    taken = [d for d in register.departments.all() if d.id != id and d.name.casefold() == name.casefold()]
    if taken:
        raise FieldError({"name": f"There is a department called {taken[0].name} already; choose another name."})
    return name


def _check_free_to_lead(leads: Sequence[Person], id: int | None) -> None:
    for person in leads:
        if among([person], Who.LEAD) and person.department != id:
            raise FieldError({"leads": f"{person.name} leads another department; a person leads one. Choose another."})


def _appoint(register: Register, department: Department, leads: Sequence[Person], actor: Person, now: datetime) -> None:
    named = {person.id for person in leads}
    for person in register.people.all():
        if person.id in named:
            give(register, replace(person, department=department.id), person.roles | {Role.LEAD}, actor, now)
        elif person.leads(department.id):
            give(register, person, person.roles - {Role.LEAD}, actor, now)
