"""The Home tab: what needs me, what is mine, my department's map; for stewards the settings."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from handlers.settings import read_settings
from handlers.views.home import Home, home_view
from handlers.views.names import Names
from handlers.views.paging import PAGE
from planning.digests.values import Coverage
from planning.findings.values import Finding, Kind
from planning.portfolio.measuring import coverage
from planning.register import Page, Register, Registers, Search
from planning.workspace.values import Person


def register(app: App) -> None:
    """Listen to the opening of the tab."""
    app.event("app_home_opened")(open_home)


def open_home(
    event: dict[str, Any], client: WebClient, registers: Registers, actor: Person, now: Callable[[], datetime]
) -> None:
    """Draw the tab as it is now."""
    if event.get("tab", "home") == "home":
        publish_home(client, registers, actor, now())


def publish_home(client: WebClient, registers: Registers, actor: Person, now: datetime) -> None:
    """Draw the person's Home tab."""
    with registers.reading() as register:
        home = _read(register, register.people.by_id(actor.id), now)
    client.views_publish(user_id=str(actor.slack_id), view=home_view(home))


def _read(register: Register, person: Person, now: datetime) -> Home:
    needed = _needed(register, person, now)
    return Home(
        person=person,
        needed=needed,
        involved={id: register.initiatives.by_id(id) for finding in needed.items for id in finding.found.initiatives()},
        mine=register.initiatives.matching(Search(owner=person.id, live_only=True), PAGE),
        names=Names.of(register),
        coverage=_coverage(register, person),
        settings=read_settings(register),
        now=now,
    )


def _needed(register: Register, person: Person, now: datetime) -> Page[Finding]:
    """The open overlaps of the person's department."""
    if person.department is None:
        return Page((), 0)
    return register.findings.page(Kind.OVERLAP, now, PAGE, departments=(person.department,))


def _coverage(register: Register, person: Person) -> Coverage | None:
    return coverage(register.initiatives.portfolio()) if person.department is not None else None
