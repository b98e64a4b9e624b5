"""`/cx agree`: how far everybody agrees, in sections; each is a function, and the table says their order."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.agreement.kinds import KINDS
from handlers.agreement.sections import progress, pulse, ratification, score
from handlers.answering import answer
from handlers.commands import Call
from handlers.ids import Action
from handlers.views.agreement.hub import hub_message, waiting_section
from handlers.views.agreement.naming import naming_section
from handlers.views.text import Message
from planning.agreement.closing import may_see_results
from planning.agreement.values import PollKind
from planning.register import Register, Registers
from planning.workspace.rights import Right, may
from planning.workspace.values import Person

TREND = 5
"""As many rounds are looked back at."""

Section = Callable[[Register, Person, datetime], Message | None]
"""A part of the hub as one person sees it; its blocks' ids are its own. None when there is nothing to say."""


def register(app: App) -> None:
    """Listen to the button that opens the hub."""
    app.action(Action.AGREE_SHOW)(press_agree)


def show_agreement(call: Call) -> Message:
    """`/cx agree`."""
    with call.registers.reading() as register:
        return hub(register, call.actor, call.now)


def press_agree(
    ack: Ack,
    body: dict[str, Any],
    client: WebClient,
    registers: Registers,
    actor: Person,
    now: Callable[[], datetime],
    respond: Respond,
) -> None:
    """The same from a button."""
    ack()
    with registers.reading() as register:
        shown = hub(register, actor, now())
    answer(client, body, respond, shown, "Agreement")


def hub(register: Register, actor: Person, now: datetime) -> Message:
    """All sections, one after the other."""
    sections = (section(register, actor, now) for section in SECTIONS)
    return hub_message([section for section in sections if section is not None])


def waiting(register: Register, actor: Person, _now: datetime) -> Message | None:
    """What the person is asked."""
    invited = [(one, register.polls.by_id(one.poll)) for one in register.polls.waiting_for(actor.id)]
    asked = [(KINDS[poll.kind].wording(register, poll), poll, one) for one, poll in invited]
    return waiting_section(asked, actor.zone) if asked else None


def naming(register: Register, actor: Person, _now: datetime) -> Message:
    """The open naming round, and what came of the last ones."""
    polls = register.polls.of_kind(PollKind.NAMING, TREND)
    going = next((progress(register, poll) for poll in polls if poll.open), None)
    closed = [poll for poll in polls if poll.result is not None]
    steward = may(actor, Right.RUN_AGREEMENT)
    return naming_section(closed, going, actor.zone, reader=may_see_results(actor), steward=steward)


SECTIONS: tuple[Section, ...] = (waiting, ratification, naming, pulse, score)
