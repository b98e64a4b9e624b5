from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from bot.delivery.drawing import drawn
from db.database import Database
from handlers.checkins import press_more, saying, submit_check_in
from handlers.ids import Action
from handlers.initiatives.showing import show
from handlers.views.checkins import BUTTONS, Turn
from planning.checkins.values import CheckIn, Standing
from planning.errors import AlreadyDone, NotAllowed
from planning.initiatives.values import Status
from planning.outbox.values import MessageKind
from tests.builders import NOW
from tests.handlers.slack import Desk, field_names, spoken, submitted
from tests.planning.checkins.stories import ask, owned


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """Ada was asked about CX-1 to CX-7, each by the check-in of the same number."""
    with desk.registers.writing() as register:
        for _ in range(7):
            owned(register)
    ask(desk.registers)  # type: ignore[arg-type]
    return desk


def press(desk: Desk, id: int, button: Action = Action.CHECK_IN_STUCK) -> None:
    saying(BUTTONS[button])(desk.ack, {"value": str(id)}, desk.registers, desk.actor, desk.now)


def form(desk: Desk, after: int = 0) -> dict[str, Any]:
    value = Turn(first=1, after=after).model_dump_json()
    press_more(desk.ack, desk.body, {"value": value}, desk.client, desk.registers, desk.actor)
    return desk.modal


def submit(desk: Desk, view: dict[str, Any], **typed: Any) -> None:
    submit_check_in(desk.ack, submitted(view, **typed), desk.registers, desk.actor, desk.now)


def last(desk: Desk, id: int) -> CheckIn | None:
    with desk.registers.reading() as register:
        return register.check_ins.latest([id]).get(id)


def standing(desk: Desk, database: Database) -> tuple[object, ...]:
    with desk.registers.reading() as register:
        audit = [(entry.verb, entry.subject) for entry in register.audit.since(None)]
        held = (register.initiatives.all(), register.check_ins.since(NOW))
    return audit, *held, [one.wanted for one in database.outbox("main").page(9).items]


def test_one_press_answers_and_is_acknowledged_when_it_is_kept(asked: Desk) -> None:
    press(asked, 2)

    kept = last(asked, 2)
    assert kept is not None
    assert kept.answer is Standing.STUCK
    asked.ack.assert_called_once_with()


@pytest.mark.parametrize("button", [*BUTTONS])
def test_a_press_that_comes_twice_does_it_once(asked: Desk, database: Database, button: Action) -> None:
    press(asked, 1, button)
    once = standing(asked, database)

    press(asked, 1, button)
    assert standing(asked, database) == once


def test_nobody_answers_for_somebody_else(asked: Desk, other: Desk) -> None:
    with pytest.raises(NotAllowed):
        press(other, 1)
    with pytest.raises(NotAllowed):
        form(other)
    assert last(asked, 1) is None


def test_the_message_shows_the_answer(asked: Desk, database: Database) -> None:
    press(asked, 1)

    (message,) = database.outbox("main").page(9).items
    with asked.registers.reading() as register:
        shown = drawn(register, message.posting, NOW).message({})
    assert message.posting.kind is MessageKind.CHECK_IN
    assert "CX-1 Clearer letters: Stuck, said on 1 March 2027" in shown.text
    assert "6 answers to go." in shown.text


def test_the_form_is_filled_page_by_page(asked: Desk) -> None:
    submit(asked, form(asked), standing_1="at_risk", note_1="Two people are ill.", status_2="paused")

    kept = last(asked, 1)
    assert kept is not None
    assert (kept.answer, kept.note) == (Standing.AT_RISK, "Two people are ill.")
    with asked.registers.reading() as register:
        assert register.initiatives.by_id(2).draft.status is Status.PAUSED
    assert [name for name in field_names(asked.shown) if name.startswith("standing_")] == ["standing_6", "standing_7"]

    submit(asked, asked.shown, standing_7="on_track")
    assert "5 answers to go" in spoken(asked.shown["blocks"])


def test_a_form_that_is_sent_twice_is_kept_once(asked: Desk, database: Database) -> None:
    view, seen = form(asked), []
    for _ in range(2):
        with suppress(AlreadyDone):
            submit(asked, view, standing_1="stuck", note_1="Short of people.", status_1="done", status_2="paused")
        seen.append(standing(asked, database))

    assert seen[0] == seen[1]
    assert "Not kept" not in spoken(asked.shown["blocks"])


def test_a_note_alone_is_asked_back_at_its_field(asked: Desk) -> None:
    submit(asked, form(asked), note_3="Hm.")

    assert list(asked.errors) == ["standing_3"]


def test_what_was_withdrawn_while_the_form_was_open_is_told(asked: Desk) -> None:
    view = form(asked, after=5)
    with asked.registers.writing() as register:
        known = register.initiatives.by_id(6)
        register.initiatives.save(replace(known, draft=replace(known.draft, status=Status.CANCELLED)))
    submit(asked, view, standing_6="on_track", standing_7="stuck")

    assert "CX-6 was withdrawn meanwhile" in spoken(asked.shown["blocks"])
    assert last(asked, 7) is not None


def test_when_everything_was_asked_anew_the_old_message_says_so(asked: Desk) -> None:
    ask(asked.registers, NOW.replace(day=31))  # type: ignore[arg-type]

    assert "Nothing is asked of you here any more" in spoken(form(asked)["blocks"])


def test_the_card_shows_what_was_said_last(asked: Desk) -> None:
    assert "Last check-in" not in show(asked.call("CX-1")).text
    press(asked, 1)

    assert "Last check-in: Stuck, said by Ada Berg on 1 March 2027" in show(asked.call("CX-1")).text
