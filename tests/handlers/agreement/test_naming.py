from dataclasses import replace
from typing import Any

import pytest

from handlers.agreement.naming import press_adopt, press_start, proposed_lines, submit_start
from planning.agreement.results import ProposedStage
from planning.agreement.values import PollKind
from planning.errors import NotAllowed
from tests.asked import naming_result, poll
from tests.builders import at, journey
from tests.handlers.agreement.asked import round_of, sam_at
from tests.handlers.slack import Desk, field_of, spoken, submitted


@pytest.fixture
def sam(desk: Desk) -> Desk:
    """The steward."""
    return sam_at(desk)


def opened(desk: Desk) -> dict[str, Any]:
    press_start(desk.ack, desk.body, desk.client, desk.registers, desk.actor, desk.now)
    return desk.modal


def submit(desk: Desk, view: dict[str, Any], **typed: Any) -> None:
    desk.ack.reset_mock()
    submit_start(desk.ack, submitted(view, **typed), desk.registers, desk.actor, desk.now)


def rounds(desk: Desk) -> int:
    with desk.registers.reading() as register:
        return len(register.polls.of_kind(PollKind.NAMING))


def test_the_form_shows_who_could_be_asked_and_ends_in_a_week(sam: Desk) -> None:
    view = opened(sam)

    assert "Marketing: \n5 of 5" in spoken(view)
    assert field_of(view, "closes_on")["initial_date"] == "2027-03-08"
    assert rounds(sam) == 0


def test_another_size_is_shown_before_anybody_is_asked(sam: Desk) -> None:
    submit(sam, opened(sam), size="2")
    assert "Not sent yet" in spoken(sam.shown)
    assert "Marketing: \n2 of 5" in spoken(sam.shown)
    assert rounds(sam) == 0

    submit(sam, sam.shown)
    assert "4 people are asked now" in spoken(sam.shown)
    assert "until Monday 8 March 2027, 17:00" in spoken(sam.shown)
    assert rounds(sam) == 1


@pytest.mark.parametrize(
    ("field", "typed"), [("closes_on", "2027-02-28"), ("closes_on", "2027-06-01")], ids=["the past", "too late"]
)
def test_a_day_that_will_not_do_is_told_at_its_field(sam: Desk, field: str, typed: str) -> None:
    submit(sam, opened(sam), **{field: typed})

    assert list(sam.errors) == [field]
    assert rounds(sam) == 0


@pytest.mark.parametrize(("size", "said"), [("51", "at most 50"), ("9" * 400, "up to 2,147,483,647")])
def test_a_number_that_is_too_large_is_told_at_its_field(sam: Desk, size: str, said: str) -> None:
    submit(sam, opened(sam), size=size)

    assert said in sam.errors["size"]


def test_a_number_that_is_none_is_told_at_its_field(sam: Desk) -> None:
    submit(sam, opened(sam), size="2.5")

    assert sam.errors == {"size": "Give a whole number."}


def test_only_stewards_get_the_form(sam: Desk, desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="Ask Sam Steward"):
        opened(desk)


def test_the_proposal_fills_the_form_of_the_journey(sam: Desk) -> None:
    stages = (naming_result().proposed[0], ProposedStage(name="Pay: by card", support=4, names=(("Pay: by card", 4),)))
    with sam.registers.writing() as register:
        register.polls.add(poll(closed_at=at(7), next_at=None, result=naming_result(proposed=stages)))
    press_adopt(sam.ack, sam.body, {"value": "1"}, sam.client, sam.registers, sam.actor)

    text = field_of(sam.modal, "stages")["initial_value"]
    assert text.splitlines() == ["Join: The customer signs up and gets started.", "Pay – by card"]


def test_a_first_journey_takes_nothing_from_a_template() -> None:
    assert proposed_lines(naming_result(), replace(journey(), stages=())) == ["Join"]


def test_a_round_in_the_meantime_keeps_the_form(sam: Desk) -> None:
    view = opened(sam)
    round_of(sam)

    with pytest.raises(Exception, match="Sam Steward has started one already"):
        submit(sam, view)
