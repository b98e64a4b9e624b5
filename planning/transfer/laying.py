"""A company's own file laid over what the register knows: what it says goes in, what it leaves empty stays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from planning.journey.values import Segment, Stage, Touchpoint
from planning.text import clean
from planning.transfer.company import Company, DepartmentPart, PersonPart, SegmentPart, StagePart
from planning.transfer.naming import Known, short_name
from planning.workspace.values import Channel, Department, Person, Role


def laid_over(known: Known, company: Company) -> Known:
    """The register as it will be with the company's file; what is new has a negative id."""
    zone = company.timezone or known.workspace.zone
    extras = {**known.workspace.extras, **(company.model_extra or {})}
    workspace = replace(known.workspace, name=short_name(company.name), zone=zone, extras=extras)
    departments = _departments(known.departments, company.departments)
    people = _people(known.people, departments, company, zone)
    journey = replace(
        known.journey,
        stages=_stages(known.journey.stages, company.journey, people, departments),
        segments=_segments(known.journey.segments, company.segments),
        touchpoints=_touchpoints(known.journey.touchpoints, company.touchpoints),
    )
    return replace(known, workspace=workspace, people=people, departments=departments, journey=journey)


def _departments(known: Sequence[Department], parts: Iterable[DepartmentPart]) -> tuple[Department, ...]:
    found = {department.name.casefold(): department for department in known}
    for part in parts:
        name = short_name(part.name)
        before = found.get(name.casefold()) or Department(-len(found) - 1, name)
        channel, alerts_to = _channel(before.channel, part), part.alerts_to or before.alerts_to
        found[name.casefold()] = replace(before, channel=channel, alerts_to=alerts_to)
    return tuple(found.values())


def _channel(known: Channel | None, part: DepartmentPart) -> Channel | None:
    """The file's channel, unless somebody chose one in Slack and the file has only a name."""
    if not part.channel or (known is not None and known.id and not part.channel_id):
        return known
    return Channel(short_name(part.channel).lstrip("#"), part.channel_id)


def _people(
    known: Sequence[Person], departments: Sequence[Department], company: Company, zone: str
) -> tuple[Person, ...]:
    ids = {department.name.casefold(): department.id for department in departments}
    people = list(known)
    for part in (*company.people, *(part for each in company.departments for part in _members(each))):
        department = ids.get(short_name(part.department).casefold()) if part.department else None
        _meet(people, part, department, zone)
    return tuple(people)


def _members(department: DepartmentPart) -> Iterable[PersonPart]:
    for name in dict.fromkeys([*map(short_name, department.people), *department.all_leads]):
        roles = frozenset({Role.LEAD}) if name in department.all_leads else frozenset[Role]()
        yield PersonPart(name=name, department=department.name, roles=roles)


def _meet(people: list[Person], part: PersonPart, department: int | None, zone: str) -> None:
    place = next((at for at, person in enumerate(people) if _is_meant(person, part, department)), None)
    if place is None:
        name = short_name(part.name)
        people.append(Person(-len(people) - 1, name, part.slack_id, department, part.zone or zone, part.roles))
        return
    person = people[place]
    people[place] = replace(
        person,
        slack_id=person.slack_id or part.slack_id,
        department=person.department if person.department is not None else department,
        roles=person.roles | part.roles,
    )


def _is_meant(person: Person, part: PersonPart, department: int | None) -> bool:
    """By Slack id, else by name in the department: but nobody gets a role for what they call themselves in Slack."""
    if part.slack_id and person.slack_id:
        return part.slack_id == person.slack_id
    same = person.name.casefold() == short_name(part.name).casefold() and person.department == department
    return same and (person.slack_id is None or part.roles <= person.roles)


def _stages(
    known: Sequence[Stage], parts: Sequence[StagePart], people: Sequence[Person], departments: Sequence[Department]
) -> tuple[Stage, ...]:
    """The file's stages in its order, then those that it does not name."""
    if not parts:
        return tuple(known)
    before = {stage.name.casefold(): stage for stage in known}
    named = {short_name(part.name).casefold(): part for part in parts}
    stages = [_stage(before, part, -at, people, departments) for at, part in enumerate(named.values(), start=1)]
    rest = [stage for name, stage in before.items() if name not in named]
    return tuple(replace(stage, position=at) for at, stage in enumerate([*stages, *rest]))


def _stage(
    known: Mapping[str, Stage],
    part: StagePart,
    new_id: int,
    people: Sequence[Person],
    departments: Sequence[Department],
) -> Stage:
    name = short_name(part.name)
    before = known.get(name.casefold()) or Stage(new_id, name, 0)
    return replace(
        before,
        definition=clean(part.definition) or before.definition,
        customer_goal=clean(part.customer_goal) or before.customer_goal,
        intent=clean(part.intent) or before.intent,
        weight=part.weight,
        owner=_owner(part.owner, before.owner, people, departments),
    )


def _owner(
    name: str | None, present: int | None, people: Sequence[Person], departments: Sequence[Department]
) -> int | None:
    """The person of that name, or the lead of the department of that name; who is it now stays when named so."""
    wanted = short_name(name or "").casefold()
    namesakes = [person.id for person in people if person.name.casefold() == wanted]
    ids = [department.id for department in departments if department.name.casefold() == wanted]
    leads = [person.id for person in people if person.department in ids and Role.LEAD in person.roles]
    found = [*namesakes, *leads]
    return present if present in found or not found else found[0]


def _segments(known: Sequence[Segment], parts: Sequence[SegmentPart]) -> tuple[Segment, ...]:
    """In the file's order, but larger groups before those that are part of them; a known one stays as it is."""
    found = {segment.name.casefold(): segment for segment in known}
    named = {short_name(part.name).casefold(): part for part in parts}
    waiting = {name: part for name, part in named.items() if name not in found}
    while waiting:
        _add_segment(found, waiting, next(iter(waiting)))
    return tuple(found.values())


def _add_segment(found: dict[str, Segment], waiting: dict[str, SegmentPart], name: str) -> None:
    part = waiting.pop(name)
    if _parent(part) in waiting:
        _add_segment(found, waiting, _parent(part))
    parent = found.get(_parent(part))
    found[name] = Segment(-len(found) - 1, short_name(part.name), parent.id if parent else None)


def _parent(part: SegmentPart) -> str:
    return short_name(part.parent or "").casefold()


def _touchpoints(known: Sequence[Touchpoint], names: Iterable[str]) -> tuple[Touchpoint, ...]:
    found = {touchpoint.name.casefold(): touchpoint for touchpoint in known}
    for name in filter(None, map(short_name, names)):
        found.setdefault(name.casefold(), Touchpoint(-len(found) - 1, name))
    return tuple(found.values())
