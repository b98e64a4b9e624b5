"""Writing a company's own file: what differs between the register and how the file would have it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from planning.audit.values import Entry
from planning.journey.values import Journey
from planning.journey.versioning import keep_version
from planning.register import Register
from planning.transfer.naming import Known
from planning.transfer.settling_aims import (
    Ids,
    Numbers,
    settle_hand_offs,
    settle_metrics,
    settle_pools,
    settle_problems,
)
from planning.workspace.roles import give
from planning.workspace.values import Department, Person


def apply_company(register: Register, before: Known, after: Known, actor: Person | None, now: datetime) -> bool:
    """Write what `laid_over` decided; False, and nothing is written, when the register is so already.

    The findings are left to whoever writes the rows that follow: a stage must not be without work for a moment.
    """
    if before == after:
        return False
    if before.workspace != after.workspace:
        register.workspaces.save(after.workspace)
    departments = _departments(register, before, after.departments)
    people = _people(register, before, after.people, departments, actor, now)
    stages = _stages(register, before.journey, after.journey, people)
    segments = _segments(register, before.journey, after.journey)
    for touchpoint in after.journey.touchpoints:
        if touchpoint.id < 0:
            register.journeys.add_touchpoint(touchpoint.name)
    ids = Ids(people, departments, stages, segments, {})
    ids = replace(ids, metrics=settle_metrics(register, before, after, ids))
    settle_hand_offs(register, before.journey, after.journey, ids)
    keep_version(register, before.journey, actor, now)
    settle_pools(register, before, after)
    settle_problems(register, before, after, ids)
    details: dict[str, object] = {"name": after.workspace.name}
    register.audit.add(Entry(now, "company.imported", "workspace", actor.id if actor else None, details))
    return True


def _departments(register: Register, before: Known, wanted: Iterable[Department]) -> Numbers:
    ids, known = {}, set(before.departments)
    for department in wanted:
        stored = department
        if department.id < 0:
            stored = replace(department, id=register.departments.add(department.name, department.channel).id)
        if department not in known:
            register.departments.save(stored)
        ids[department.id] = stored.id
    return ids


def _people(
    register: Register,
    before: Known,
    wanted: Iterable[Person],
    departments: Numbers,
    actor: Person | None,
    now: datetime,
) -> Numbers:
    ids, known = {}, set(before.people)
    for person in wanted:
        home = None if person.department is None else departments.get(person.department)
        stored = replace(person, department=home)
        if person.id < 0:
            stored = register.people.add(person.name, slack_id=person.slack_id, department=home, zone=person.zone)
        if person not in known:
            give(register, stored, person.roles, actor, now)
        ids[person.id] = stored.id
    return ids


def _stages(register: Register, before: Journey, after: Journey, people: Numbers) -> Numbers:
    ids, known = {}, set(before.stages)
    for stage in after.stages:
        owned = replace(stage, owner=None if stage.owner is None else people.get(stage.owner))
        ids[stage.id] = stage.id
        if stage.id < 0:
            ids[stage.id] = register.journeys.add_stage(owned).id
        elif stage not in known:
            register.journeys.save_stage(owned)
    return ids


def _segments(register: Register, before: Journey, after: Journey) -> Numbers:
    ids: dict[int, int] = {}
    known = set(before.segments)
    for segment in after.segments:
        stored = segment
        if segment.id < 0:
            parent = None if segment.parent is None else ids[segment.parent]
            stored = replace(segment, id=register.journeys.add_segment(segment.name, parent).id, parent=parent)
        if segment not in known:
            register.journeys.save_segment(stored)
        ids[segment.id] = stored.id
    return ids
