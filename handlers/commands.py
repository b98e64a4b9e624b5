"""The one slash command: its sub-commands are values, help is drawn from the same table."""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.carrying import carried
from handlers.ids import COMMAND, Action
from handlers.views.help import help_message
from handlers.views.paging import Place
from handlers.views.text import Message
from planning.errors import NotFound
from planning.register import Registers
from planning.schedules.values import NextDue
from planning.similarity import Encoder
from planning.text import clean
from planning.workspace.values import Person

WORD_MAX = 40
"""A longer word is no sub-command that somebody misspelt."""

Behind = Callable[[], AbstractContextManager[None]]
"""Takes a turn, behind the acknowledgement."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """One use of the command (or of a button of its replies): `text` is what follows the sub-command, cleaned."""

    text: str
    body: dict[str, Any]
    actor: Person
    registers: Registers
    now: datetime
    encoder: Encoder
    client: WebClient
    respond: Respond
    next_due: NextDue


@dataclass(frozen=True, slots=True)
class Subcommand:
    """A word after `/cx`. `run` returns the private reply, or None when it answered by itself."""

    name: str
    usage: str
    help: str
    run: Callable[[Call], Message | None]
    writes: bool = False
    """Whether it may write: then it is acknowledged once that is kept."""
    searches: bool = False
    """Whether it looks through all that there is: then it takes its turn. What opens a modal cannot wait for one."""


Lister = Callable[[Call, str, int], Message]
"""Draws a list from an offset: (call, query, offset)."""


def register(app: App, commands: Sequence[Subcommand], lists: Mapping[str, Lister]) -> None:
    """Listen to the command, and to the buttons that turn the pages of its lists."""
    app.command(COMMAND)(_answering((_help_command(commands), *commands)))
    app.action(Action.LIST_MORE)(_turning(lists))
    app.action(Action.LIST_BACK)(_turning(lists))
    app.action(Action.LIST_OPEN)(_turning(lists, replace=False))
    app.action(Action.LIST_OPEN_OTHER)(_turning(lists, replace=False))


def _answering(table: Sequence[Subcommand]) -> Callable[..., None]:
    def answer_command(
        ack: Ack,
        body: dict[str, Any],
        actor: Person,
        registers: Registers,
        now: Callable[[], datetime],
        encoder: Encoder,
        client: WebClient,
        respond: Respond,
        next_due: NextDue,
        behind: Behind = nullcontext,
    ) -> None:
        word, text = split(str(body.get("text", "")))
        call = Call(text, body, actor, registers, now(), encoder, client, respond, next_due)
        command = chosen(table, word)
        if command.writes:
            message = command.run(call)
            ack()
        else:
            ack()
            with behind() if command.searches else nullcontext():
                message = command.run(call)
        reply(respond, message)

    return answer_command


def _turning(lists: Mapping[str, Lister], *, replace: bool = True) -> Callable[..., None]:
    """A list in the place of the one that is shown, or beside the message that leads to it."""

    def turn_page(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        actor: Person,
        registers: Registers,
        now: Callable[[], datetime],
        encoder: Encoder,
        client: WebClient,
        respond: Respond,
        next_due: NextDue,
    ) -> None:
        ack()
        place = carried(Place, action.get("value"))
        call = Call(place.query, body, actor, registers, now(), encoder, client, respond, next_due)
        reply(respond, _lister(lists, place)(call, place.query, place.offset), replace=replace)

    return turn_page


def split(typed: str) -> tuple[str, str]:
    """The sub-command in small letters, and what follows it."""
    parts = clean(typed).split(None, 1)
    return (parts[0].casefold() if parts else "", parts[1] if len(parts) > 1 else "")


def chosen(table: Sequence[Subcommand], word: str) -> Subcommand:
    """The sub-command with that name; for an unknown word help, with the nearest one that exists."""
    known = next((command for command in table if command.name == (word or "help")), None)
    return known or _unknown(table, word)


def _unknown(table: Sequence[Subcommand], word: str) -> Subcommand:
    def show_help(_call: Call) -> Message:
        near = get_close_matches(word[:WORD_MAX], [command.name for command in table], n=1, cutoff=0.5)
        return help_message(_rows(table), unknown=word, nearest=near[0] if near else None)

    return Subcommand(word, word, "", show_help)


def reply(respond: Respond, message: Message | None, *, replace: bool = False) -> None:
    """Answer privately; Slack's refusal of the answer goes to the log."""
    if message is None:
        return
    answer = respond(**message.arguments(), replace_original=replace)
    if answer.status_code != 200:
        log.error("private reply refused status=%s", answer.status_code)


def _help_command(commands: Sequence[Subcommand]) -> Subcommand:
    def show_help(_call: Call) -> Message:
        return help_message(_rows((own, *commands)))

    own = Subcommand("help", "help", "Show this list", show_help)
    return own


def _rows(table: Sequence[Subcommand]) -> list[tuple[str, str]]:
    return [(command.usage, command.help) for command in table]


def _lister(lists: Mapping[str, Lister], place: Place) -> Lister:
    lister = lists.get(place.list)
    if lister is None:
        raise NotFound(f"That list is no longer there. Try {COMMAND} help.")
    return lister
