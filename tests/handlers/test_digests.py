from dataclasses import replace

import pytest

from handlers.digests import send_digest, show_digest
from handlers.views.digest_previews import SendNow
from planning.errors import AlreadyDone, NotAllowed
from planning.schedules.values import Occurrence, Schedule
from planning.workspace.values import Role
from tests.builders import NOW, at, person, schedule
from tests.handlers.slack import Desk, spoken
from tests.handlers.views.limits import accepted, elements, words
from tests.scheduled import do_due


@pytest.fixture
def weekly(desk: Desk) -> Schedule:
    """A schedule that is not due yet."""
    with desk.registers.writing() as register:
        return register.schedules.add(schedule(next_due_at=at(7)))


@pytest.fixture
def executive(desk: Desk) -> Desk:
    """Somebody who may send."""
    with desk.registers.writing() as register:
        edda = register.people.add("Edda", slack_id="U0EDDA", roles=frozenset({Role.EXECUTIVE}))
    return replace(desk, actor=edda)


def press(desk: Desk, value: str) -> None:
    send_digest(desk.ack, {"value": value}, desk.actor, desk.registers, desk.now, desk.respond)


def made(desk: Desk) -> list[Occurrence]:
    with desk.registers.writing() as register:
        return do_due(register, NOW)


def test_a_preview_is_sent_once_after_a_confirmation(executive: Desk, weekly: Schedule) -> None:
    shown = show_digest(executive.call())
    accepted(shown)
    (button,) = elements(shown, "button")
    press(executive, button["value"])
    with pytest.raises(AlreadyDone):
        press(executive, button["value"])

    assert len(made(executive)) == 1
    assert executive.private_reply["replace_original"] is True
    assert "on its way" in spoken(executive.private_reply["blocks"])


def test_a_lead_sees_the_preview_but_cannot_send(desk: Desk, weekly: Schedule) -> None:
    shown = show_digest(desk.call())
    assert elements(shown, "button") == []

    with pytest.raises(NotAllowed):
        press(desk, SendNow(schedule=weekly.id, previewed_at=NOW).model_dump_json())
    assert made(desk) == []


def test_without_a_schedule_the_preview_still_works(desk: Desk) -> None:
    sam = replace(desk, actor=person(id=99, roles=frozenset({Role.STEWARD})))

    assert "/cx setup" in words(show_digest(sam.call()))
