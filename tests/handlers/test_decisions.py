from dataclasses import replace
from typing import Any

import pytest

from bot.delivery.drawing import drawn as drawing
from db.database import Database
from db.registers import SqlRegister
from handlers.decisions import RULINGS, press_delegate, ruler, show_decision, standing_of, submit_delegate
from handlers.digests import show_digest
from handlers.ids import Action
from handlers.views.decisions import decision_card
from planning.decisions.values import Ruling
from planning.digests.deciding import read_decision
from planning.errors import AlreadyDone, NotAllowed
from planning.outbox.values import MessageKind
from tests.builders import NOW, schedule
from tests.handlers.slack import Desk, next_monday, spoken, submitted
from tests.handlers.views.limits import accepted, elements, words
from tests.planning.decisions.stories import asked, executive, two_weeks_later
from tests.planning.plans.stories import queued
from tests.scheduled import do_due

MESSAGE = {"container": {"type": "message", "is_ephemeral": False}}
PRIVATE = {"container": {"type": "message", "is_ephemeral": True}}


@pytest.fixture
def boss(desk: Desk) -> Desk:
    """An executive who is asked to decide."""
    with desk.registers.writing() as register:
        assert isinstance(register, SqlRegister)
        asked(register, two_weeks_later())
        register.schedules.add(schedule())
        return replace(desk, actor=executive(register))


def press(desk: Desk, button: Action, body: dict[str, Any] | None = None) -> None:
    shared = (desk.client, desk.actor, desk.registers, desk.now, desk.respond)
    ruler(button)(desk.ack, body or MESSAGE, {"value": "1"}, *shared)


def delegated(desk: Desk, slack_id: str) -> None:
    press_delegate(desk.ack, dict(desk.body), {"value": "1"}, desk.client, desk.registers, desk.actor, desk.now)
    view = submitted(desk.modal, person=slack_id)
    submit_delegate(desk.ack, view, desk.context, desk.client, desk.registers, desk.actor, desk.now)


def ruling(desk: Desk) -> Ruling | None:
    with desk.registers.reading() as register:
        return register.decisions.by_id(1).ruling


def buttons_of(message: Any) -> list[str]:
    return [button["action_id"] for button in elements(message, "button")]


@pytest.mark.parametrize(
    ("button", "said"), [(Action.DECISION_APPROVE, Ruling.APPROVE), (Action.DECISION_DECLINE, Ruling.DECLINE)]
)
def test_a_press_rules_and_undo_takes_it_back(boss: Desk, button: Action, said: Ruling) -> None:
    press(boss, button)
    assert ruling(boss) is said
    with pytest.raises(AlreadyDone, match="You were faster"):
        press(boss, button)

    press(boss, Action.DECISION_UNDO)
    assert ruling(boss) is None
    boss.respond.assert_not_called()


@pytest.mark.parametrize("button", list(RULINGS))
def test_leads_cannot_press_what_executives_are_asked(boss: Desk, desk: Desk, button: Action) -> None:
    with pytest.raises(NotAllowed, match="Ask Edda"):
        press(desk, button)


def test_a_decision_is_shown_privately_and_replaced_there(boss: Desk) -> None:
    shared = (boss.client, boss.actor, boss.registers, boss.now, boss.respond)
    show_decision(boss.ack, PRIVATE, {"value": "1"}, *shared)
    assert "What waiting costs" in spoken(boss.private_reply["blocks"])

    press(boss, Action.DECISION_DECLINE, PRIVATE)
    assert "Edda left it as it is." in spoken(boss.private_reply["blocks"])


def test_whoever_it_is_delegated_to_gets_the_card_with_its_buttons(boss: Desk, database: Database) -> None:
    delegated(boss, "U0CAL")
    (message,) = queued(database, MessageKind.DECISION)

    with boss.registers.reading() as register:
        shown = drawing(register, message.posting, NOW).message({})
    accepted(shown)
    assert "Edda asks you to decide this for the executives." in words(shown)
    assert Action.OVERLAP_COORDINATE in buttons_of(shown)

    press(boss, Action.DECISION_UNDO)
    with boss.registers.reading() as register:
        assert "taken back" in words(drawing(register, message.posting, NOW).message({}))


def test_a_bot_cannot_be_asked_to_decide(boss: Desk) -> None:
    boss.client.users_info.side_effect = lambda *, user: {"user": {"id": user, "is_bot": True}}
    delegated(boss, "U0BOT")

    assert list(boss.errors) == ["person"]
    assert ruling(boss) is None


def test_the_digest_shows_how_its_decisions_stand_now(boss: Desk, database: Database) -> None:
    with boss.registers.writing() as register:
        (occurrence,) = do_due(register, NOW, next_monday)
    (message,) = queued(database, MessageKind.DIGEST)

    def seen() -> Any:
        with boss.registers.reading() as register:
            shown = drawing(register, message.posting, NOW).message({})
        accepted(shown)
        return shown

    assert "Concord proposes: \nCX-1" in words(seen())
    assert Action.DECISION_APPROVE in buttons_of(seen())
    press(boss, Action.DECISION_APPROVE)
    assert "Decided: \nEdda approved it; the plan is in force." in words(seen())
    assert buttons_of(seen()) == [Action.DECISION_UNDO]
    assert occurrence.content is not None


def test_a_proposal_that_no_longer_fits_is_not_promised(boss: Desk) -> None:
    with boss.registers.writing() as register:
        one = register.initiatives.by_id(1)
        register.initiatives.save(replace(one, draft=replace(one.draft, starts_on=None)))
        shown = decision_card(
            read_decision(register, register.decisions.by_id(1), NOW),
            standing_of(register, register.decisions.by_id(1), NOW),
        )

    assert "what it proposed does not fit any more" in words(shown)


def test_a_preview_shows_the_decisions_without_effects(boss: Desk) -> None:
    shown = show_digest(boss.call())

    assert "Decisions asked of you" in words(shown)
    assert Action.DECISION_APPROVE not in buttons_of(shown)
    assert ruling(boss) is None
