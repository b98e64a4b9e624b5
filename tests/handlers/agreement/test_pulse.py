from typing import Any

import pytest

from handlers.agreement.hub import show_agreement
from handlers.agreement.polls import press_answer, submit_answer
from handlers.agreement.pulse import outcome, press_start, result, submit_start
from handlers.ids import Action
from handlers.views.agreement.pulse import UNSURE
from planning.agreement.answering import answer
from planning.agreement.answers import TaggedInitiatives
from planning.agreement.closing import close_now
from planning.agreement.pulsing import open_pulse
from planning.errors import NotAllowed, PlanningError
from tests.builders import NOW, draft, vector
from tests.handlers.agreement.asked import desk_of, sam_at
from tests.handlers.slack import Desk, WordEncoder, field_of, spoken, submitted
from tests.handlers.views.limits import accepted, elements, words

TAGS = {"tag_1": 1, "tag_2": 2, "tag_3": 3}


@pytest.fixture
def sam(desk: Desk) -> Desk:
    """The steward, in a company with three clear initiatives, all of them registered on “Renew”."""
    sam = sam_at(desk)
    with sam.registers.writing() as register:
        for n in (1, 2, 3):
            register.initiatives.add(draft(title=f"Title {n}", department=1 + n % 2, stages=(3,)), vector(n), NOW)
    return sam


@pytest.fixture
def asked(sam: Desk) -> Desk:
    """Somebody who is asked in a pulse."""
    with sam.registers.writing() as register:
        open_pulse(register, 3, sam.actor, 7, NOW)
    return desk_of(sam, 1)[0]


def start(desk: Desk, **typed: Any) -> None:
    press_start(desk.ack, desk.body, desk.client, desk.registers, desk.actor, desk.now)
    submit_start(desk.ack, submitted(desk.modal, **typed), desk.registers, desk.actor, desk.now)


def opened(desk: Desk) -> dict[str, Any]:
    press_answer(desk.ack, desk.body, {"value": "1"}, desk.client, desk.registers, desk.actor)
    return desk.modal


def submit(desk: Desk, **typed: Any) -> None:
    submit_answer(desk.ack, submitted(opened(desk), **typed), desk.registers, desk.actor, desk.now)


def closed(sam: Desk, *stages: int) -> str:
    """What came of a pulse in which everybody puts the first initiative on “Join”, and the second as given."""
    with sam.registers.writing() as register:
        for id, stage in enumerate(stages, 1):
            person = register.people.by_id(register.polls.invitation(id).person)
            answer(register, id, TaggedInitiatives(tags=((1, 1), (2, stage))), person, NOW)
        poll = close_now(register, 1, WordEncoder(), sam.actor, NOW)
        assert "How far people agree" in outcome(poll)
        return words(result(register, poll, True))


def test_a_steward_starts_one_and_hears_how_many_are_asked(sam: Desk, other: Desk) -> None:
    start(sam, size="2")

    assert "4 people are asked now" in spoken(sam.shown)
    assert "0 of 4 people have answered" in words(show_agreement(other.call()))
    with pytest.raises(NotAllowed):
        start(other)


@pytest.mark.parametrize(("typed", "told"), [("0", "at least 1"), ("11", "at most 10"), ("2.5", "whole number")])
def test_a_number_of_people_that_cannot_be_is_told_at_its_field(sam: Desk, typed: str, told: str) -> None:
    start(sam, size=typed)

    assert told in sam.errors["size"]


def test_what_is_lacking_is_said_before_the_form_is_filled_in(desk: Desk) -> None:
    with pytest.raises(PlanningError, match="3 live initiatives"):
        start(sam_at(desk))


def test_the_form_shows_the_initiatives_without_their_stages(asked: Desk) -> None:
    view = opened(asked)

    assert "Title 1" in spoken(view["blocks"])
    assert "Customers call twice" in spoken(view["blocks"])
    assert "“Title 1” works most on" in spoken(view["blocks"])
    assert "initial_option" not in field_of(view, "tag_1")
    assert [option["text"]["text"] for option in field_of(view, "tag_1")["options"]] == [
        *("Join", "Use", "Renew"),
        "I cannot tell",
    ]


def test_an_answer_is_kept_and_shown_when_it_is_changed(asked: Desk) -> None:
    submit(asked, **{**TAGS, "tag_3": UNSURE})

    with asked.registers.reading() as register:
        assert register.polls.invitation(1).answer == TaggedInitiatives(tags=((1, 1), (2, 2)))
    assert field_of(opened(asked), "tag_2")["initial_option"]["value"] == "2"
    assert field_of(opened(asked), "tag_3")["initial_option"]["value"] == UNSURE


def test_what_is_not_chosen_or_gone_is_told_at_its_field(asked: Desk) -> None:
    submit(asked, tag_1=1, tag_2=2)
    assert list(asked.errors) == ["tag_3"]

    view = opened(asked)
    with asked.registers.writing() as register:
        register.journeys.retire_stage(2)
    submit_answer(asked.ack, submitted(view, **TAGS), asked.registers, asked.actor, asked.now)
    assert "taken out meanwhile" in asked.errors["tag_2"]


def test_the_result_says_what_is_confused_and_what_to_do(asked: Desk, sam: Desk) -> None:
    told = closed(sam, 2, 2, 3, 3)

    assert "Most often taken for each other: “Use” and “Renew”, in 4 of 12 pairs of answers." in told
    assert "Talk over where “Use” ends and “Renew” begins; sharpen their definitions: /cx setup." in told
    assert "Krippendorff’s alpha: " in told
    assert "Asked about CX-1 “Title 1”, CX-2 “Title 2” and CX-3 “Title 3”." in told


def test_people_who_agree_are_left_in_peace_and_the_hub_shows_the_index(asked: Desk, sam: Desk) -> None:
    assert "Nothing now." in closed(sam, 2, 2, 2)
    shown = show_agreement(sam.call())

    assert "The last one: 1.00: people put the same work on the same stages." in words(shown)
    assert {Action.PULSE_START, Action.POLL_RESULT} <= {one["action_id"] for one in elements(shown, "button")}
    accepted(shown)
