"""The list of what needs a person, sent when their day of work begins, to those who want it."""

from dataclasses import replace
from datetime import datetime, timedelta

from planning.alerts.preferences import Preferences
from planning.needs.listing import needs_of
from planning.outbox.values import Address, MessageKind, Posting
from planning.portfolio.values import Portfolio
from planning.register import Register
from planning.workspace.hours import Hours, day_in, zone_of
from planning.workspace.values import Person

LATE = timedelta(hours=3)
"""What was missed for longer than that, for nothing ran, waits for the next morning."""


def morning_due(wanted: Preferences, hours: Hours, now: datetime) -> bool:
    """Whether a day of work has begun for which nobody has looked what needs the person."""
    local = now.astimezone(zone_of(hours.zone))
    looked = wanted.listed_on is not None and wanted.listed_on >= local.date()
    return wanted.morning and not looked and hours.on(local.date()) and hours.at(local.time())


def mornings(register: Register, now: datetime) -> int:
    """Queue the list of everybody whose morning it is and whom something needs; the number of lists."""
    due = _due(register, now)
    if not due:
        return 0
    portfolio = register.initiatives.portfolio(now)
    return sum(_listed(register, person, wanted, portfolio, now) for person, wanted in due)


def leave_out(register: Register, now: datetime) -> None:
    """Let this morning go: what looking stumbled over, it would stumble over at every beat."""
    for person, wanted in _due(register, now):
        register.preferences.save(replace(wanted, listed_on=day_in(person.zone, now)))


def _due(register: Register, now: datetime) -> list[tuple[Person, Preferences]]:
    people = {person.id: person for person in register.people.all()}
    asked = [(people[id], wanted) for id, wanted in register.preferences.all().items() if wanted.morning]
    return [(one, wanted) for one, wanted in asked if morning_due(wanted, Hours.of(one, wanted), now)]


def _listed(register: Register, person: Person, wanted: Preferences, portfolio: Portfolio, now: datetime) -> bool:
    """Look once a day, whatever comes of it."""
    day = day_in(person.zone, now)
    register.preferences.save(replace(wanted, listed_on=day))
    if not person.slack_id or _late(person, wanted, now) or not needs_of(register, person, now, portfolio).total:
        return False
    address = Address.person(person.slack_id)
    return register.postings.add(Posting(f"morning:{person.id}:{day}", MessageKind.MORNING, person.id, address), now)


def _late(person: Person, wanted: Preferences, now: datetime) -> bool:
    local = now.astimezone(zone_of(person.zone))
    return local - datetime.combine(local.date(), wanted.begins, local.tzinfo) > LATE
