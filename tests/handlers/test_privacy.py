import json
from dataclasses import replace

from bot.delivery.drawing import drawn
from handlers.ids import Action
from handlers.privacy import press_send, show_privacy
from handlers.views.privacy import privacy_message
from planning.data.values import TERMS
from planning.outbox.values import Address, MessageKind
from planning.workspace.values import Role
from tests.builders import NOW, person
from tests.handlers.slack import Desk, buttons
from tests.handlers.views.limits import LONG, accepted, words


def ask(desk: Desk) -> str:
    press_send(desk.ack, desk.respond, desk.registers, desk.actor, desk.now)
    return str(desk.private_reply["text"])


def test_anybody_sees_what_is_kept_about_them(desk: Desk) -> None:
    said = accepted(show_privacy(desk.call()))

    assert "Ada Berg, Marketing" in words(show_privacy(desk.call()))
    assert Action.PRIVACY_SEND in buttons(said)


def test_their_data_comes_to_them_alone_and_once_a_day(desk: Desk) -> None:
    assert "by direct message" in ask(desk)
    assert "sent then" in ask(desk)

    with desk.registers.reading() as register:
        (queued,) = register.postings.known(["personal:1:2027-03-01"])
        document = drawn(register, queued, NOW).document
    assert (queued.kind, queued.address) == (MessageKind.PERSONAL, Address.person("U0ADA"))
    assert document is not None
    assert json.loads(document.draw())["tied_to"]["people"][0]["name"] == "Ada Berg"


def test_the_longest_names_fit() -> None:
    days = {kept: term.most for kept, term in TERMS.items()}

    accepted(privacy_message(replace(person(), name=LONG, roles=frozenset(Role)), LONG, days, [LONG] * 9))
