"""The Home tab: what is asked of me, what needs me, what is mine, my department's map, the scores; the settings."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.agreement.kinds import KINDS
from handlers.ids import Modal
from handlers.scores import known_trends, upload_trends
from handlers.settings import read_settings
from handlers.uploading import Upload, no_upload
from handlers.views.agreement.ratification import Asked
from handlers.views.finding_lists import listed_initiatives
from handlers.views.home import NONE_STUCK, Home, home_view
from handlers.views.home_asked import Waiting
from handlers.views.names import Names
from handlers.views.paging import PAGE
from planning.agreement.ratifying import newest_tally
from planning.agreement.tallying import Word
from planning.findings.values import Finding, Kind
from planning.initiatives.values import Initiative
from planning.outbox.resending import stuck
from planning.portfolio.measuring import coverage
from planning.portfolio.values import Portfolio
from planning.register import Page, Register, Registers, Search
from planning.scoreboard.composing import scoreboard_of
from planning.workspace.values import Person, Role


def register(app: App) -> None:
    """Listen to the opening of the tab, and to the closing of what was open over it."""
    app.event("app_home_opened")(open_home)
    app.view_closed(Modal.TOLD)(come_back)


def open_home(
    event: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
    upload: Upload = no_upload,
) -> None:
    """Draw the tab as it is now."""
    if event.get("tab", "home") == "home":
        publish_home(client, registers, actor, now(), upload)


def come_back(
    ack: Ack,
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
    upload: Upload = no_upload,
) -> None:
    """Draw the tab anew: a button in the modal that was closed may have changed what it shows."""
    ack()
    publish_home(client, registers, actor, now(), upload)


def publish_home(
    client: WebClient, registers: Registers, actor: Person, now: datetime, upload: Upload = no_upload
) -> None:
    """Draw the person's Home tab at once, and once more when a picture that Slack does not have yet is uploaded."""
    home = _home(registers, actor, now)
    if _published(client, home) and home.trends is not None:
        return
    if upload_trends(registers, client, home.scores, upload, now):
        _published(client, _home(registers, actor, now))


def _published(client: WebClient, home: Home) -> bool:
    """Draw it, without its picture where Slack no longer has that; whether it was drawn as it is."""
    user = str(home.person.slack_id)
    try:
        client.views_publish(user_id=user, view=home_view(home))
    except SlackApiError:
        if home.trends is None:
            raise
        client.views_publish(user_id=user, view=home_view(replace(home, trends=None)))
        return False
    return True


def _home(registers: Registers, actor: Person, now: datetime) -> Home:
    with registers.reading() as register:
        return _read(register, register.people.by_id(actor.id), now)


def _read(register: Register, person: Person, now: datetime) -> Home:
    needed, steward = _needed(register, person, now), Role.STEWARD in person.roles
    portfolio = register.initiatives.portfolio(now)
    scores = scoreboard_of(register, portfolio)
    return Home(
        person=person,
        needed=needed,
        involved={id: _initiative(register, portfolio, id) for id in listed_initiatives(needed.items)},
        mine=register.initiatives.matching(Search(owner=person.id, live_only=True), PAGE),
        names=Names.of(register),
        coverage=coverage(portfolio) if person.department is not None else None,
        settings=read_settings(register, menus=steward),
        now=now,
        stuck=stuck(register, now) if steward else NONE_STUCK,
        addressees=_addressees(register) if steward else {},
        waiting=_waiting(register, person),
        scores=scores,
        trends=known_trends(register, scores),
    )


def _initiative(register: Register, portfolio: Portfolio, id: int) -> Initiative:
    """Live ones are at hand; the others are looked up."""
    return portfolio.holdings.by_id(id) or register.initiatives.by_id(id)


def _waiting(register: Register, person: Person) -> Waiting:
    """What the person has not answered yet."""
    open_ones = (one for one in register.polls.waiting_for(person.id) if one.answered_at is None)
    invited = [(register.polls.by_id(one.poll), one) for one in open_ones]
    questions = [(KINDS[poll.kind].wording(register, poll), poll, one) for poll, one in invited]
    return Waiting(questions, _unratified(register, person))


def _unratified(register: Register, person: Person) -> Asked | None:
    """The ratification that waits for the department that the person leads."""
    standing = newest_tally(register) if person.department is not None and person.leads(person.department) else None
    if standing is None or standing.ratification.closed_at is not None:
        return None
    silent = (one.id for one in standing.departments if one.word in (Word.WAITING, Word.UNASKED))
    if person.department is None or person.department not in silent:
        return None
    return Asked(ratification=standing.ratification.id, department=person.department)


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
