"""A company's own file laid over what the register knows: what it says goes in, what it leaves empty stays."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from planning.transfer.company import Company, DepartmentPart, PersonPart, unreadable
from planning.transfer.laying_aims import metrics_over, pools_over, problems_over, tensions_over
from planning.transfer.laying_journey import hand_offs_over, journey_over
from planning.transfer.naming import Known, short_name
from planning.transfer.references import References
from planning.workspace.values import Channel, Department, Person, Role, Workspace


def laid_over(known: Known, company: Company) -> Known:
    """The register as it will be with the company's file; what is new has a negative id.

    Raises TransferFault, with the place of each, when the file names what it does not define.
    """
    workspace = _workspace(known.workspace, company)
    departments = _departments(known.departments, company.departments)
    people = _people(known.people, departments, company, workspace.zone)
    references = References(people, departments)
    journey = journey_over(known.journey, company, references)
    metrics = metrics_over(known.metrics, company.metrics, journey, references)
    after = replace(
        known,
        workspace=workspace,
        people=people,
        departments=departments,
        journey=replace(journey, hand_offs=hand_offs_over(journey, company.hand_offs, metrics, references)),
        metrics=metrics,
        tensions=tensions_over(known.tensions, company.tensions, metrics, references),
        pools=pools_over(known.pools, company.pools),
        problems=problems_over(known.problems, company.problems, references),
    )
    if references.faults:
        raise unreadable(references.faults)
    return after


def _workspace(known: Workspace, company: Company) -> Workspace:
    """With what else the file says kept; what was once kept and is now understood is no longer."""
    kept = {name: value for name, value in known.extras.items() if name not in company.model_fields_set}
    extras = {**kept, **(company.model_extra or {})}
    return replace(known, name=short_name(company.name), zone=company.timezone or known.zone, extras=extras)


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
        roles=person.roles | part.roles if person.left_at is None else person.roles,
    )


def _is_meant(person: Person, part: PersonPart, department: int | None) -> bool:
    """By Slack id, else by name in the department: but nobody gets a role for what they call themselves in Slack."""
    if part.slack_id and person.slack_id:
        return part.slack_id == person.slack_id
    same = person.name.casefold() == short_name(part.name).casefold() and person.department == department
    return same and (person.slack_id is None or part.roles <= person.roles)
