"""A form whose answer takes long is acknowledged in time, and answered in its modal."""

import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Any
from unittest.mock import Mock

import pytest
from slack_bolt import Ack, App, BoltResponse

from handlers.ids import Modal
from handlers.initiatives.editing import edit
from handlers.initiatives.starting import start
from handlers.patience import FAILED, Patience
from planning.errors import Busy
from planning.similarity import Floats
from tests.handlers.initiatives.registered import on_record, registered
from tests.handlers.slack import Desk, WordEncoder, app_for, dispatched, field_of, interaction, spoken, submitted

SOON_S, LONG_S = 0.05, 10.0
LOOKING = "One moment"


@dataclass
class Slow(WordEncoder):
    """An encoder that answers when it is let."""

    let: Event = field(default_factory=Event)

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row for each text, late."""
        assert self.let.wait(LONG_S)
        return super().encode(texts)


@pytest.fixture
def slow() -> Iterator[Slow]:
    """Whatever waits for it is let go in the end."""
    encoder = Slow()
    yield encoder
    encoder.let.set()


def app_of(desk: Desk, slow: Slow) -> App:
    patience = Patience(2, SOON_S, settles_s=0)
    return app_for(lambda _team: desk.registers, desk.client, desk.respond, encoder=slow, patience=patience)


def filled(desk: Desk) -> dict[str, Any]:
    start(desk.call())
    desk.client.views_update, view = Mock(), desk.modal
    body = interaction("view_submission", view=submitted(view, title="Clearer letters", stages=[2]))
    return {**body, "response_urls": []}


def shown(answer: BoltResponse) -> dict[str, Any]:
    view: dict[str, Any] = json.loads(answer.body)["view"]
    return view


def updated(desk: Desk, times: int = 1) -> dict[str, Any]:
    """The modal once it was updated so often."""
    deadline = time.monotonic() + LONG_S
    while desk.client.views_update.call_count < times and time.monotonic() < deadline:
        time.sleep(0.01)
    view: dict[str, Any] = desk.client.views_update.call_args.kwargs["view"]
    return view


def test_what_is_not_ready_is_acknowledged_with_the_form_as_it_was_typed(desk: Desk, slow: Slow) -> None:
    began = time.monotonic()
    view = shown(dispatched(app_of(desk, slow), filled(desk)))

    assert time.monotonic() - began < LONG_S / 2
    assert view["callback_id"] == Modal.REGISTER
    assert LOOKING in spoken(view)
    assert "Clearer letters" in json.dumps(view)
    slow.let.set()
    updated(desk)


def test_the_answer_follows_in_the_modal(desk: Desk, slow: Slow) -> None:
    dispatched(app_of(desk, slow), filled(desk))
    slow.let.set()

    assert "CX-1 is saved" in spoken(updated(desk))


def test_a_second_press_meanwhile_saves_nothing_twice(desk: Desk, slow: Slow) -> None:
    app, body = app_of(desk, slow), filled(desk)
    with ThreadPoolExecutor(2) as people:
        list(people.map(lambda _: dispatched(app, body), range(2)))
    slow.let.set()

    assert "CX-1 is saved" in spoken(updated(desk, times=2))
    assert on_record(desk).draft.title == "Clearer letters"
    with desk.registers.reading() as register:
        assert len(register.initiatives.all()) == 1


def test_what_is_ready_soon_is_said_by_the_acknowledgement(desk: Desk, slow: Slow) -> None:
    slow.let.set()
    patience = Patience(2, LONG_S)
    app = app_for(lambda _team: desk.registers, desk.client, desk.respond, encoder=slow, patience=patience)

    assert "CX-1 is saved" in spoken(shown(dispatched(app, filled(desk))))
    desk.client.views_update.assert_not_called()


def edited(desk: Desk, **typed: Any) -> dict[str, Any]:
    registered(desk, stages=(1,))
    edit(desk.call("CX-1"))
    desk.client.views_update, view = Mock(), desk.modal
    return {**interaction("view_submission", view=submitted(view, **typed)), "response_urls": []}


def test_an_edit_that_takes_long_is_acknowledged_as_typed_and_saved_in_its_modal(desk: Desk, slow: Slow) -> None:
    view = shown(dispatched(app_of(desk, slow), edited(desk, title="Plain letters")))

    assert (view["callback_id"], LOOKING in spoken(view)) == (Modal.EDIT, True)
    assert "saved" not in spoken(view).replace("nothing is saved twice", "")
    slow.let.set()
    assert "CX-1 is saved" in spoken(updated(desk))
    assert on_record(desk).draft.title == "Plain letters"


def test_a_fault_of_an_edit_that_is_found_late_stands_on_top_of_what_was_typed(desk: Desk, slow: Slow) -> None:
    dispatched(app_of(desk, slow), edited(desk, title="Plain letters", starts_on="2027-04-02", ends_on="2027-04-01"))
    slow.let.set()

    assert "Not saved yet. Choose an end on or after the start." in spoken(updated(desk))
    assert field_of(desk.client.views_update.call_args.kwargs["view"], "title")["initial_value"] == "Plain letters"
    assert on_record(desk).draft.title != "Plain letters"


def late(desk: Desk, error: Exception) -> str:
    """What the form says when its answer fails after it was acknowledged."""
    let, view = Event(), filled(desk)["view"]

    def fail(_say: object) -> None:
        assert let.wait(LONG_S)
        raise error

    ack = Mock(Ack, side_effect=lambda **_: let.set())
    Patience(1, SOON_S, settles_s=0).answer(ack, desk.client, view, fail)
    return spoken(updated(desk))


def test_a_refusal_that_comes_late_is_said_on_top_of_the_form(desk: Desk) -> None:
    assert "Not saved. Press again in a moment." in late(desk, Busy("Press again in a moment."))


def test_a_fault_that_comes_late_leaves_the_form_and_is_raised(desk: Desk) -> None:
    with pytest.raises(RuntimeError):
        late(desk, RuntimeError("broken"))

    assert FAILED in spoken(updated(desk))
