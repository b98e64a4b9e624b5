from dataclasses import replace

import pytest

from bot.delivery.drawings.season import DRAW
from db.registers import SqlRegisters
from handlers.ids import Action
from handlers.season import press_open, press_session, show_season
from planning.errors import NotFound
from planning.outbox.values import MessageKind
from planning.proposals.asking import Progress
from planning.schedules.values import ScheduleKind
from planning.season.opening import about_quarter, is_opened
from tests.builders import NOW, at, lead, posting, steward
from tests.handlers.slack import Desk, buttons
from tests.handlers.views.limits import words
from tests.planning.season.quarters import QUARTER, shared_stage
from tests.scheduled import scheduled


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Ada leads Marketing and is the steward, too; her department shares a stage with Service."""
    desk.actor = lead(1, id=1, roles=lead().roles | steward().roles)
    with desk.registers.writing() as register:
        register.people.save(desk.actor)
        shared_stage(register)  # type: ignore[arg-type]
    return desk


def press(desk: Desk, listener: object, value: str) -> None:
    """Press a button with a value."""
    listener(  # type: ignore[operator]
        desk.ack, desk.body, {"value": value}, desk.client, desk.actor, desk.registers, desk.now, desk.respond
    )


def test_a_steward_sees_the_season_and_opens_it_after_a_question(keeper: Desk) -> None:
    shown = show_season(keeper.call("next"))
    assert "Join (2 departments): Ada Berg and Bo Lind" in shown.text
    assert buttons([block.to_dict() for block in shown.blocks])[Action.SEASON_OPEN]["value"] == QUARTER

    press(keeper, press_open, QUARTER)
    assert "The planning season of Q2 2027 is open: 1 conversation with 2 people" in keeper.private_reply["text"]
    with keeper.registers.reading() as register:
        assert is_opened(register, QUARTER)


def test_others_see_it_without_the_button(keeper: Desk, other: Desk) -> None:
    with keeper.registers.writing() as register:
        scheduled(register, ScheduleKind.SEASON, next_due_at=at(3))

    assert "4 March 2027" in show_season(other.call()).text
    assert Action.SEASON_OPEN not in buttons([block.to_dict() for block in show_season(other.call()).blocks])


def test_a_quarter_that_is_none_is_refused(keeper: Desk) -> None:
    with pytest.raises(NotFound):
        show_season(keeper.call("soon"))


def test_the_session_is_one_plan_and_the_message_says_so(keeper: Desk, other: Desk) -> None:
    press(keeper, press_open, QUARTER)
    for desk in (keeper, other):
        press(desk, press_session, "1")
        assert "The session is open by Ada Berg" in desk.private_reply["text"]

    with keeper.registers.reading() as register:
        drawn = DRAW[MessageKind.SEASON](register, posting(kind=MessageKind.SEASON, subject=1), NOW)
        assert len(register.plans.changed_since(None)) == 1
    assert "The session is open" in words(drawn.message({}))


def test_the_pack_is_sent_as_a_document(keeper: Desk, company: SqlRegisters) -> None:
    assert "as soon as its plan is computed" in str(show_season(keeper.call("pack")).text)
    with company.writing() as register:
        asked = register.proposals.of(about_quarter(QUARTER))[0]
        register.proposals.save(replace(asked, progress=Progress.DONE, done_at=NOW))
        drawn = DRAW[MessageKind.PACK](register, posting(kind=MessageKind.PACK, subject=asked.id), NOW)

    assert "in a moment" in show_season(keeper.call("pack")).text
    assert drawn.document is not None
    assert drawn.document.draw().startswith(b"%PDF")
    assert "Planning pack Q2 2027: 2 live initiatives" in drawn.message({}).text
