"""Raising a hand, handing back and releasing, by a button or a menu wherever something is shown."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from handlers.answering import answer
from handlers.carrying import carried, chosen_value, claim_carried
from handlers.commands import Call, Lister
from handlers.ids import Action
from handlers.views.claims import ClaimStep, claim_told
from handlers.views.names import Names
from handlers.views.paging import Place
from handlers.views.text import Message
from planning.claims.claiming import hand_back, held, raise_hand, release
from planning.claims.values import Held
from planning.register import Register, Registers
from planning.schedules.values import NextDue
from planning.similarity import Encoder
from planning.workspace.values import Person

TITLE, OWN_LIST = "Raise a hand", "claim"
Deed = Callable[[Register, ClaimStep, Person, datetime], Held]


def register(app: App, lists: Mapping[str, Lister]) -> None:
    """Listen to the buttons and menus; `lists` are those in which they stand."""
    for action, deed in DEEDS.items():
        app.action(action)(doing(deed, lists))


def doing(deed: Deed, lists: Mapping[str, Lister]) -> Callable[..., None]:
    """The listener that does it and draws what it stands in anew."""

    def press(
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
        step = carried(ClaimStep, action.get("value") or chosen_value(action))
        with registers.writing() as register:
            deed(register, step, actor, now())
        ack()
        place = step.at or Place(list=OWN_LIST, query=str(step.claim))
        call = Call(place.query, body, actor, registers, now(), encoder, client, respond, next_due)
        message = lists.get(place.list, show_claim)(call, place.query, place.offset)
        answer(client, body, respond, message, TITLE, replace=step.at is not None)

    return press


def show_claim(call: Call, query: str, _offset: int) -> Message:
    """How it stands with one thing; `query` names it."""
    place = Place(list=OWN_LIST, query=query)
    with call.registers.reading() as register:
        thing = held(register, claim_carried(query), call.now)
        return claim_told(thing, call.actor, Names.of(register), place)


def _raise(register: Register, step: ClaimStep, actor: Person, now: datetime) -> Held:
    return raise_hand(register, step.claim, actor, now)


def _hand_back(register: Register, step: ClaimStep, actor: Person, now: datetime) -> Held:
    return hand_back(register, step.claim, actor, now)


def _release(register: Register, step: ClaimStep, actor: Person, now: datetime) -> Held:
    return release(register, step.claim, step.owner, actor, now)


DEEDS: Mapping[Action, Deed] = {
    Action.CLAIM_RAISE: _raise,
    Action.CLAIM_HAND_BACK: _hand_back,
    Action.CLAIM_RELEASE: _release,
}
LISTS: Mapping[str, Lister] = {OWN_LIST: show_claim}
