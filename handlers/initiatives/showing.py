"""One initiative: its card, its status, withdrawing and undoing."""

from collections.abc import Callable
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.answering import answer
from handlers.carrying import carried, chosen_value, id_carried
from handlers.commands import Call, Subcommand
from handlers.ids import COMMAND, Action
from handlers.initiatives.telling import open_overlaps
from handlers.references import split_reference
from handlers.views.cards import Standing, initiative_card
from handlers.views.checkins import said_words
from handlers.views.names import STATUS_WORDS, Names
from handlers.views.statuses import StatusStep, left, status_changed, status_question
from handlers.views.text import Message
from planning.errors import NotFound
from planning.initiatives.changing import change_status, leave, may_change
from planning.initiatives.values import Status
from planning.register import Register, Registers
from planning.workspace.values import Person

TITLE = "Initiative"


def register(app: App) -> None:
    """Listen to the buttons of the card."""
    app.action(Action.INITIATIVE_SHOW)(press_show)
    app.action(Action.INITIATIVE_SET_STATUS)(choose_status)
    app.action(Action.INITIATIVE_WITHDRAW)(press_withdraw)
    app.action(Action.INITIATIVE_UNDO)(press_undo)
    app.action(Action.INITIATIVE_LEAVE)(press_leave)


def show(call: Call) -> Message:
    """`/cx show CX-12`."""
    id, _ = split_reference(call.text, "show")
    return _card(call.registers, id, call.actor, call.now)


def status(call: Call) -> Message:
    """`/cx status CX-12`, with the new status or asking for it."""
    id, word = split_reference(call.text, "status")
    if word:
        return _moved(call.registers, id, _status_named(word), call.actor, call.now)
    with call.registers.reading() as register:
        initiative = register.initiatives.by_id(id)
        return status_question(initiative, may_change(initiative, call.actor))


def withdraw(call: Call) -> Message:
    """`/cx withdraw CX-12`."""
    id, _ = split_reference(call.text, "withdraw")
    return _moved(call.registers, id, Status.CANCELLED, call.actor, call.now)


def press_show(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """The card, where the button stands."""
    ack()
    card = _card(registers, id_carried(action["value"]), actor, now())
    answer(client, body, respond, card, TITLE)


def choose_status(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """The status that was chosen in the menu."""
    step = carried(StatusStep, chosen_value(action))
    message = _moved(registers, step.initiative, step.status, actor, now())
    ack()
    answer(client, body, respond, message, TITLE, replace=True)


def press_withdraw(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Withdrawn, after the question of the button."""
    message = _moved(registers, id_carried(action["value"]), Status.CANCELLED, actor, now())
    ack()
    answer(client, body, respond, message, TITLE, replace=True)


def press_undo(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """Back to the former status."""
    step = carried(StatusStep, action["value"])
    message = _moved(registers, step.initiative, step.status, actor, now())
    ack()
    answer(client, body, respond, message, TITLE, replace=True)


def press_leave(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
) -> None:
    """A join is taken back."""
    with registers.writing() as register:
        message = left(leave(register, id_carried(action["value"]), actor, now()))
    ack()
    answer(client, body, respond, message, TITLE, replace=True)


def _card(registers: Registers, id: int, actor: Person, now: datetime) -> Message:
    with registers.reading() as register:
        initiative = register.initiatives.by_id(id)
        host = register.initiatives.by_id(initiative.joined).draft.title if initiative.joined is not None else ""
        overlaps, names = len(open_overlaps(register, initiative, now)), Names.of(register)
        said = _said(register, id, names, actor)
        return initiative_card(initiative, names, Standing(overlaps, host, may_change(initiative, actor), said))


def _said(register: Register, id: int, names: Names, viewer: Person) -> str:
    """What its owner said of it last."""
    last = register.check_ins.latest([id]).get(id)
    return said_words(last, names.people.get(last.person, ""), viewer.zone) if last else ""


def _moved(registers: Registers, id: int, status: Status, actor: Person, now: datetime) -> Message:
    with registers.writing() as register:
        before = register.initiatives.by_id(id).draft.status
        return status_changed(change_status(register, id, status, actor, now), before)


def _status_named(word: str) -> Status:
    words = {STATUS_WORDS[status].casefold(): status for status in Status}
    near = get_close_matches(word.casefold()[:40], list(words), n=1, cutoff=0.6)
    if not near:
        known = ", ".join(words)
        raise NotFound(f"There is no such status. The words are: {known}. Or try “{COMMAND} status CX-12” for a menu.")
    return words[near[0]]


COMMANDS = (
    Subcommand("show", "show CX-12", "Show all that is registered of one", show),
    Subcommand("status", "status CX-12 [active]", "Change how far it is", status, writes=True),
    Subcommand("withdraw", "withdraw CX-12", "Take it out of the plans; it can be undone", withdraw, writes=True),
)
