"""The sample company in the register, tied to the people and channels of the local workspace."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.demo.cast import Cast, sample_folder
from bot.encoder import open_encoder
from bot.importing import import_folder
from bot.scheduling.due_times import next_due
from db.database import open_database
from db.migrating import upgrade
from planning.alerts.announcing import announce
from planning.alerts.preferences import Preferences
from planning.register import Register
from planning.schedules.changing import save_schedule
from planning.schedules.cron import Cron
from planning.schedules.defaults import add_usual
from planning.schedules.personal import keep_list
from planning.schedules.values import Schedule, ScheduleKind
from planning.workspace.values import Person, Role


def seed(database_url: str, cast: Cast) -> None:
    """Write the company, its people with their roles, and its calendar."""
    upgrade(database_url)
    encoder = open_encoder()
    database = open_database(database_url, encoder=encoder.version)
    now = datetime.fromisoformat(cast.roles["starts_at"])
    workspace = database.ensure_workspace(name=cast.company["name"], slack_id=cast.roles["team"]["id"])
    registers = database.registers(workspace.id)
    brought = import_folder(registers, sample_folder(), encoder, now)
    with registers.writing() as register:
        connect_people(register, cast)
        connect_channels(register, cast.channels)
        announce(register, brought.result.findings, None, now, together=True)
        _schedule(register, cast, now)
    database.close()


def connect_people(register: Register, cast: Cast) -> None:
    """Give everybody of the company their Slack id, and make the executives and the steward known."""
    zone = cast.company["timezone"]
    for person in register.people.all():
        slack = cast.people.get(person.name)
        if slack is not None:
            register.people.save(replace(person, slack_id=slack["id"], zone=zone, roles=_roles(person, cast)))
    for name in cast.executives:
        roles = frozenset({Role.EXECUTIVE})
        register.people.add(name, slack_id=cast.people[name]["id"], zone=zone, roles=roles)


def connect_channels(register: Register, channels: Mapping[str, Mapping[str, Any]]) -> None:
    """Give the departments' channels their Slack ids."""
    for department in register.departments.all():
        channel = department.channel
        if channel is not None:
            id = channels[channel.name.lstrip("#")]["id"]
            register.departments.save(replace(department, channel=replace(channel, id=id)))


def _roles(person: Person, cast: Cast) -> frozenset[Role]:
    return person.roles | ({Role.STEWARD} if person.name == cast.roles["steward"] else set())


def _schedule(register: Register, cast: Cast, now: datetime) -> None:
    """Digests for the executives and two departments, lists for two people, and what every workspace has."""
    people = {person.name: person for person in register.people.all()}
    steward = people[cast.roles["steward"]]
    channel = cast.channels[cast.roles["executive_channel"]["name"]]["id"]
    executives = Schedule(
        0, ScheduleKind.EXECUTIVE, _weekly(cast.roles["schedule"]), steward.zone, now, channel=channel
    )
    for schedule in (executives, *_department_digests(register, cast, now)):
        save_schedule(register, schedule, steward, now, next_due)
    for person in (people[name] for name in cast.roles["mornings"]):
        wanted = Preferences(person.id)
        keep_list(register, person, (wanted, wanted), True, now, next_due)
    add_usual(register, now, next_due)


def _department_digests(register: Register, cast: Cast, now: datetime) -> Iterator[Schedule]:
    cron, zone = _weekly(cast.roles["department_schedule"]), cast.company["timezone"]
    for department in register.departments.all():
        if department.channel and department.channel.id and department.name in cast.roles["department_digests"]:
            yield Schedule(0, ScheduleKind.DEPARTMENT, cron, zone, now, department.id, department.channel.id)


def _weekly(due: Mapping[str, int]) -> Cron:
    return Cron.weekly(frozenset({due["weekday"]}), due["hour"], due["minute"])
