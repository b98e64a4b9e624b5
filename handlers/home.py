"""The Home tab: what needs me, what is mine, my department's map; for stewards the settings."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers.ids import Modal
from handlers.settings import read_settings
from handlers.views.finding_lists import listed_initiatives
from handlers.views.home import NONE_STUCK, Home, home_view
from handlers.views.names import Names
from handlers.views.paging import PAGE
from planning.digests.values import Coverage
from planning.findings.values import Finding, Kind
from planning.outbox.resending import stuck
from planning.portfolio.measuring import coverage
from planning.register import Page, Register, Registers, Search
from planning.workspace.values import Person, Role


def register(app: App) -> None:
    """Listen to the opening of the tab, and to the closing of what was open over it."""
    app.event("app_home_opened")(open_home)
    app.view_closed(Modal.TOLD)(come_back)


def open_home(
    event: dict[str, Any], client: WebClient, registers: Registers, actor: Person, now: Callable[[], datetime]
) -> None:
    """Draw the tab as it is now."""
    if event.get("tab", "home") == "home":
        publish_home(client, registers, actor, now())


def come_back(ack: Ack, client: WebClient, registers: Registers, actor: Person, now: Callable[[], datetime]) -> None:
    """Draw the tab anew: a button in the modal that was closed may have changed what it shows."""
    ack()
    publish_home(client, registers, actor, now())


def publish_home(client: WebClient, registers: Registers, actor: Person, now: datetime) -> None:
    """Draw the person's Home tab."""
    with registers.reading() as register:
        home = _read(register, register.people.by_id(actor.id), now)
    client.views_publish(user_id=str(actor.slack_id), view=home_view(home))


def _read(register: Register, person: Person, now: datetime) -> Home:
    needed, steward = _needed(register, person, now), Role.STEWARD in person.roles
    return Home(
        person=person,
        needed=needed,
        involved={id: register.initiatives.by_id(id) for id in listed_initiatives(needed.items)},
        mine=register.initiatives.matching(Search(owner=person.id, live_only=True), PAGE),
        names=Names.of(register),
        coverage=_coverage(register, person, now),
        settings=read_settings(register),
        now=now,
        stuck=stuck(register, now) if steward else NONE_STUCK,
        addressees=_addressees(register) if steward else {},
    )


def _needed(register: Register, person: Person, now: datetime) -> Page[Finding]:
    """The open overlaps of the person's department."""
    if person.department is None:
        return Page((), 0)
    return register.findings.page(Kind.OVERLAP, now, PAGE, departments=(person.department,))


def _addressees(register: Register) -> dict[str, str]:
    """The names of people and channels, by Slack id."""
    people = {person.slack_id: person.name for person in register.people.all() if person.slack_id}
    channels = [department.channel for department in register.departments.all() if department.channel]
    digests = {schedule.channel: "the executives' channel" for schedule in register.schedules.all()}
    return {**people, **digests, **{channel.id: f"#{channel.name}" for channel in channels if channel.id}}


def _coverage(register: Register, person: Person, now: datetime) -> Coverage | None:
    return coverage(register.initiatives.portfolio(now)) if person.department is not None else None
