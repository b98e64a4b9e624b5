"""The Home tab: what needs me now, what is mine, my department's map, the scores; the settings."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.addressees import addressees
from handlers.ids import Modal
from handlers.scores import known_trends, upload_trends
from handlers.settings import read_settings
from handlers.uploading import Upload, no_upload
from handlers.views.home import NONE_STUCK, Home, home_view
from handlers.views.names import Names
from handlers.views.paging import PAGE
from planning.installations.scopes import off_in
from planning.needs.listing import needs_of
from planning.outbox.resending import stuck
from planning.portfolio.measuring import coverage
from planning.register import Register, Registers, Search
from planning.scoreboard.composing import scoreboard_of
from planning.workspace.rights import Right, may
from planning.workspace.values import Person


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
    steward = may(person, Right.SET_UP)
    portfolio = register.initiatives.portfolio(now)
    scores = scoreboard_of(register, portfolio)
    return Home(
        person=person,
        needs=needs_of(register, person, now, portfolio),
        mine=register.initiatives.matching(Search(owner=person.id, live_only=True), PAGE),
        names=Names.of(register),
        coverage=coverage(portfolio) if person.department is not None else None,
        settings=read_settings(register, menus=steward),
        today=portfolio.today,
        stuck=stuck(register, now) if steward else NONE_STUCK,
        addressees=addressees(register) if steward else {},
        scores=scores,
        trends=known_trends(register, scores),
        off=off_in(register) if steward else {},
    )
