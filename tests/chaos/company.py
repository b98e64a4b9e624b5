"""A small company with much on its calendar: a list for everybody, digests, nightly passes, in several zones."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import URL

from bot.demo.cast import APP_TOKEN, BOT_TOKEN
from bot.encoder import open_encoder
from bot.manifest import manifest
from bot.scheduling.due_times import next_due
from db.database import open_database
from db.migrating import upgrade
from planning.initiatives.registering import register_initiative
from planning.initiatives.values import Draft, Status
from planning.register import Register
from planning.schedules.cron import Cron
from planning.schedules.defaults import add_usual
from planning.schedules.timetable import TIMETABLE
from planning.schedules.values import Schedule, ScheduleKind
from planning.workspace.values import Channel, Person, Role
from tests.builders import journey, segment, touchpoint

STARTS_AT = datetime(2027, 3, 8, 4, 0, tzinfo=UTC)
"""A Monday; the clocks change in New York six days later and in Europe after three weeks."""
TEAM, BOT = "T0CHAOS", "U0CONCORD"
ZONES = ("Europe/Oslo", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/London")
DEPARTMENTS = ("Marketing", "Service", "Sales", "Claims")
PEOPLE = 20
EXECUTIVES, UNREADABLE = "C0EXECUTIVES", "C0UNREADABLE"
PLAIN = tuple(f"C0PLAIN{number}" for number in range(1, 5))
VERBS = ("Answer", "Shorten", "Explain", "Translate", "Repair", "Merge", "Simplify", "Announce", "Measure", "Retire")
THINGS = ("letters", "phone menus", "invoices", "refunds", "the portal", "parking", "claims photos", "branch hours")
"""Words for titles, unlike enough for few overlaps and alike enough for some."""
STEWARD = "U0PERSON01"


def slack_id(number: int) -> str:
    """Of the person with a number, from 1 on."""
    return f"U0PERSON{number:02}"


def channel_of(department: int) -> str:
    """Of the department with a number, from 1 on."""
    return f"C0DEPARTMENT{department}"


def workspace_file() -> dict[str, Any]:
    """The local workspace; in one private channel the bot may not read what it said."""
    scopes = manifest()
    bot = scopes["oauth_config"]["scopes"]["bot"]
    scopes["oauth_config"]["scopes"]["bot"] = [scope for scope in bot if scope != "groups:history"]
    return {
        "team": {"id": TEAM, "name": "Harbour", "domain": "harbour"},
        "starts_at": STARTS_AT.isoformat(),
        "people": [_shown(number) for number in range(1, PEOPLE + 1)],
        "channels": [
            *(_channel(id) for id in (EXECUTIVES, *PLAIN)),
            *(_channel(channel_of(number)) for number in range(1, len(DEPARTMENTS) + 1)),
            {**_channel(UNREADABLE), "is_private": True},
        ],
        "app": {
            "id": "A0CONCORD",
            "bot_id": "B0CONCORD",
            "bot_user_id": BOT,
            "bot_token": BOT_TOKEN,
            "app_token": APP_TOKEN,
            "manifest": scopes,
        },
    }


def found_company(url: URL | str) -> None:
    """Write the company and its calendar."""
    upgrade(url)
    encoder = open_encoder()
    database = open_database(url, encoder=encoder.version)
    workspace = database.ensure_workspace(name="Harbour", slack_id=TEAM)
    with database.registers(workspace.id).writing() as register:
        _people(register)
        for number, person in enumerate(register.people.all()):
            problem = f"Customers wait for {THINGS[number % len(THINGS)]}."
            draft = Draft(_title(number), problem, person.department or 1, status=Status.ACTIVE)
            (vector,) = encoder.encode([f"{draft.title} {draft.problem}"])
            register_initiative(register, draft, vector, {}, person, STARTS_AT)
        _calendar(register)
    database.close()


def _title(number: int) -> str:
    return f"{VERBS[number % len(VERBS)]} {THINGS[number % len(THINGS)]}"


def _people(register: Register) -> None:
    for number, name in enumerate(DEPARTMENTS, 1):
        register.departments.add(name, Channel(name.lower(), channel_of(number)))
    for number in range(1, PEOPLE + 1):
        register.people.add(
            f"Person {number}",
            slack_id=slack_id(number),
            department=1 + number % len(DEPARTMENTS),
            zone=ZONES[number % len(ZONES)],
            roles=_roles(number),
        )
    for stage in journey().stages:
        register.journeys.add_stage(stage)
    register.journeys.add_segment(segment().name)
    register.journeys.add_touchpoint(touchpoint().name)


def _roles(number: int) -> frozenset[Role]:
    if number == 1:
        return frozenset({Role.STEWARD})
    return frozenset({Role.LEAD}) if number <= 1 + len(DEPARTMENTS) else frozenset()


def _calendar(register: Register) -> None:
    _due(register, ScheduleKind.CHECK_IN, "0 7 * * mon,wed,fri", ZONES[0])
    add_usual(register, STARTS_AT, next_due)
    _due(register, ScheduleKind.EXECUTIVE, "0 9 * * mon,wed,fri", ZONES[0], channel=EXECUTIVES)
    if ScheduleKind.DEPARTMENT in TIMETABLE:
        for number in range(1, len(DEPARTMENTS) + 1):
            _due(register, ScheduleKind.DEPARTMENT, "30 8 * * *", ZONES[number], number, channel_of(number))
    for person in register.people.all():
        _due(register, ScheduleKind.PERSONAL, _morning(person), person.zone, person.id)


def _due(register: Register, kind: ScheduleKind, cron: str, zone: str, subject: int = 0, channel: str = "") -> None:
    schedule = Schedule(0, kind, Cron.of(cron), zone, STARTS_AT, subject, channel)
    register.schedules.add(replace(schedule, next_due_at=next_due(schedule, STARTS_AT)))


def _morning(person: Person) -> str:
    """In the night that has an hour less or more, for some; in the morning for the others."""
    days = "*" if person.id % 5 == 0 else "mon,tue,wed,thu,fri"
    return f"30 2 * * {days}" if person.id % 4 == 0 else f"{person.id} {7 + person.id % 3} * * {days}"


def _shown(number: int) -> dict[str, Any]:
    zone = ZONES[number % len(ZONES)]
    return {"id": slack_id(number), "name": f"p{number}", "real_name": f"Person {number}", "tz": zone}


def _channel(id: str) -> dict[str, Any]:
    members = [*(slack_id(number) for number in range(1, PEOPLE + 1)), BOT]
    return {"id": id, "name": id[2:].lower(), "members": members}
