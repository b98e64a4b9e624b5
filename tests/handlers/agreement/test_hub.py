import pytest

from handlers.agreement.hub import press_agree, show_agreement
from handlers.ids import Action
from planning.agreement.answering import answer
from planning.agreement.answers import NamedStages
from planning.agreement.closing import close_now
from planning.agreement.results import Index
from tests.asked import naming_result, poll
from tests.builders import NOW, at
from tests.handlers.agreement.asked import desk_of, round_of, sam_at
from tests.handlers.slack import Desk, WordEncoder, buttons, spoken
from tests.handlers.views.limits import accepted, elements, words


@pytest.fixture
def sam(desk: Desk) -> Desk:
    """The steward."""
    return sam_at(desk)


def pressable(desk: Desk) -> list[str]:
    return [element["action_id"] for element in elements(show_agreement(desk.call()), "button")]


def test_a_steward_can_start_a_round_and_others_cannot(sam: Desk, other: Desk) -> None:
    assert "Nobody has been asked yet" in words(show_agreement(sam.call()))
    assert Action.NAMING_START in pressable(sam)
    assert Action.NAMING_START not in pressable(other)


def test_of_an_open_round_the_steward_sees_who_was_asked_and_everybody_how_many_answered(sam: Desk) -> None:
    round_of(sam)
    somebody, invitation = desk_of(sam, 1)
    with sam.registers.writing() as register:
        answer(register, invitation.id, NamedStages(names=("Telltale", "Use")), somebody.actor, NOW)
    shown, others = words(show_agreement(sam.call())), words(show_agreement(somebody.call()))

    assert "1 of 6 people have answered" in shown
    assert "1 of 6 people have answered" in others
    assert "Asked: 3 of Marketing, 3 of Service; drawn with seed 7." in shown
    assert "seed" not in others
    assert "Telltale" not in shown + others


def test_who_is_asked_finds_the_question_there(sam: Desk) -> None:
    round_of(sam)
    somebody, _ = desk_of(sam, 1)

    assert "You are asked: Name the stages." in words(show_agreement(somebody.call()))
    assert Action.POLL_ANSWER in pressable(somebody)
    assert Action.POLL_ANSWER not in pressable(sam)


def test_the_index_of_the_last_round_is_shown_with_those_before(sam: Desk, other: Desk) -> None:
    with sam.registers.writing() as register:
        for value in (0.3, 0.42):
            index = Index(value=value, low=0.31, high=0.55, people=10)
            register.polls.add(poll(closed_at=at(7), next_at=None, result=naming_result(overall=index)))
    shown = words(show_agreement(other.call()))

    assert "The last one (8 March 2027): 0.42 (0.31 to 0.55): people use partly the same stages." in shown
    assert "Before that: 0.30." in shown
    assert Action.POLL_RESULT in pressable(other)


def test_a_round_with_too_few_answers_says_so(sam: Desk) -> None:
    round_of(sam)
    with sam.registers.writing() as register:
        close_now(register, 1, WordEncoder(), sam.actor, NOW)

    assert "too few answers to tell" in words(show_agreement(sam.call()))


def test_the_same_opens_from_a_button(sam: Desk) -> None:
    press_agree(sam.ack, sam.body, sam.client, sam.registers, sam.actor, sam.now, sam.respond)

    assert "Naming round." in spoken(sam.private_reply["blocks"])
    assert Action.NAMING_START in buttons(sam.private_reply["blocks"])


def test_slack_takes_it(sam: Desk) -> None:
    round_of(sam)

    accepted(show_agreement(sam.call()))
