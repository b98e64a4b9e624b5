"""The stewards' settings: roles, departments, leads and channels."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from planning.audit.values import Entry
from planning.errors import FieldError, NotAllowed
from planning.findings.detecting import detect
from planning.findings.queueing import Change
from planning.register import Register
from planning.text import NAME_MAX, one_line
from planning.workspace.values import ALERT_BUDGETS, AlertsTo, Channel, Department, Person, Role


def claim_stewardship(register: Register, actor: Person, now: datetime) -> Person:
    """Make the first person who asks the steward; later ones are named by a steward."""
    stewards = stewards_of(register)
    if actor in stewards:
        return actor
    if stewards:
        raise NotAllowed(f"{stewards[0].name} looks after this workspace already; ask there to become a steward too.")
    steward = replace(actor, roles=actor.roles | {Role.STEWARD})
    register.people.save(steward)
    register.audit.add(Entry(now, "person.steward", f"person:{actor.id}", actor.id))
    return steward


def stewards_of(register: Register) -> list[Person]:
    """Who looks after the workspace."""
    return [person for person in register.people.all() if Role.STEWARD in person.roles]


def check_steward(register: Register, actor: Person) -> None:
    """Raises NotAllowed, naming whom to ask, unless the person is a steward."""
    if Role.STEWARD not in actor.roles:
        names = " or ".join(person.name for person in stewards_of(register)[:3])
        raise NotAllowed(f"Only a steward can change this. {f'Ask {names}.' if names else 'Begin with /cx setup.'}")


def save_roles(
    register: Register, executives: Sequence[Person], stewards: Sequence[Person], actor: Person, now: datetime
) -> None:
    """Make exactly these people the executives and the stewards; who leads a department goes on leading it."""
    check_steward(register, actor)
    if not stewards:
        raise FieldError({"stewards": "Choose at least one steward: somebody has to look after Concord."})
    named = {Role.EXECUTIVE: {p.id for p in executives}, Role.STEWARD: {p.id for p in stewards}}
    for person in register.people.all():
        given = {role for role, ids in named.items() if person.id in ids}
        _give(register, person, (person.roles - named.keys()) | given, actor, now)


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
    check_steward(register, actor)
    name = _free_name(register, id, name)
    _check_free_to_lead(leads, id)
    if alerts_to is AlertsTo.CHANNEL and channel is None:
        raise FieldError({"channel": "Choose the channel that alerts should go to, or send them to the leads."})
    known = register.departments.add(name) if id is None else register.departments.by_id(id)
    department = replace(known, name=name, channel=channel, alerts_to=alerts_to)
    register.departments.save(department)
    _appoint(register, department, leads)
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
    department = register.departments.by_id(department_id)
    if actor.department == department.id or Role.LEAD in actor.roles:
        return actor
    moved = replace(actor, department=department.id)
    register.people.save(moved)
    register.audit.add(Entry(now, "person.department", f"person:{actor.id}", actor.id, {"department": department.id}))
    return moved


def _give(register: Register, person: Person, roles: frozenset[Role], actor: Person, now: datetime) -> None:
    if roles == person.roles:
        return
    register.people.save(replace(person, roles=roles))
    details: dict[str, object] = {"from": [*map(str, sorted(person.roles))], "to": [*map(str, sorted(roles))]}
    register.audit.add(Entry(now, "person.roles", f"person:{person.id}", actor.id, details))


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
        if Role.LEAD in person.roles and person.department != id:
            raise FieldError({"leads": f"{person.name} leads another department; a person leads one. Choose another."})


def _appoint(register: Register, department: Department, leads: Sequence[Person]) -> None:
    named = {person.id for person in leads}
    for person in register.people.all():
        if person.id in named:
            register.people.save(replace(person, department=department.id, roles=person.roles | {Role.LEAD}))
        elif person.leads(department.id):
            register.people.save(replace(person, roles=person.roles - {Role.LEAD}))
