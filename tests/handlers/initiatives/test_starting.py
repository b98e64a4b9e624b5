from dataclasses import replace

import pytest

from db.registers import SqlRegisters
from handlers.initiatives.starting import TITLE_TYPED, from_text, open_form, open_form_from_message, start
from handlers.views.registering import Turn
from tests.builders import person
from tests.handlers.slack import Desk, drawn, field_names, field_of, spoken


def test_a_modal_is_opened_at_once_and_filled_afterwards(desk: Desk) -> None:
    start(desk.call())

    opened = drawn(desk.client.views_open.call_args.kwargs["view"])
    assert opened["callback_id"] == "loading"
    assert [call[0] for call in desk.client.method_calls] == ["views_open", "views_update"]
    assert field_names(desk.modal) == ["title", "problem", "stages"]


def test_words_after_the_command_become_the_title(desk: Desk) -> None:
    start(desk.call("Clearer  letters"))

    assert field_of(desk.modal, "title")["initial_value"] == "Clearer letters"
    assert "initial_value" not in field_of(desk.modal, "problem")


def test_a_text_longer_than_a_title_is_the_problem_and_its_first_sentence_the_title() -> None:
    text = "Customers wait too long. " + "They call, and nobody knows. " * 8
    filled = from_text(text)

    assert filled.title == "Customers wait too long"
    assert filled.problem == text.strip()


def test_a_text_without_an_end_is_cut_for_the_title() -> None:
    filled = from_text("x" * 40_000)

    assert len(filled.title) == TITLE_TYPED
    assert len(filled.problem) == 3000


def test_a_text_that_does_not_fit_is_not_cut_in_silence(desk: Desk) -> None:
    start(desk.call("word " * 8000))

    assert "Only the first 3000 characters fit" in spoken(desk.modal)


def test_stages_are_suggested_from_the_words_and_said_to_be_suggestions(desk: Desk) -> None:
    start(desk.call("Make it easier to join"))

    assert [option["text"]["text"] for option in field_of(desk.modal, "stages")["initial_options"]] == ["Join"]
    assert "Suggested from your words" in spoken(desk.modal)


def test_somebody_without_a_department_is_asked_for_it(desk: Desk) -> None:
    desk.actor = person(id=1)
    start(desk.call())

    assert [option["text"]["text"] for option in field_of(desk.modal, "department")["options"]] == [
        "Marketing",
        "Service",
    ]


def test_while_nothing_is_set_up_the_modal_says_what_to_do_and_gives_the_text_back(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        nora = register.people.add("Nora New", slack_id="U0NEW")
    desk = Desk(registers, nora)
    start(desk.call("Our <!channel> idea"))

    said = spoken(desk.modal)
    assert "the stages of the customer's journey and the departments" in said
    assert "/cx setup" in said
    assert "Our <!channel> idea" in said


def test_the_global_shortcut_opens_the_empty_form(desk: Desk) -> None:
    open_form(desk.ack, desk.body, desk.client, desk.registers, desk.actor, desk.encoder)

    desk.ack.assert_called_once_with()
    assert field_names(desk.modal) == ["title", "problem", "stages"]


def test_a_message_becomes_a_form_with_its_text_and_its_address(desk: Desk) -> None:
    desk.body |= {"channel": {"id": "C1"}, "message": {"ts": "1.2", "text": "People wait.\nThey call twice."}}
    open_form_from_message(desk.ack, desk.body, desk.client, desk.registers, desk.actor, desk.encoder)

    assert field_of(desk.modal, "title")["initial_value"] == "People wait"
    assert field_of(desk.modal, "problem")["initial_value"] == "People wait.\nThey call twice."
    turn = Turn.model_validate_json(desk.modal["private_metadata"])
    assert turn.link == "https://harbour.slack.test/archives/C1/p1"


@pytest.mark.parametrize("text", ["", "  \x00 ", "\u202eשלום", "<!channel>", "`x` & <@U1>", "🎉" * 500])
def test_every_text_survives(desk: Desk, text: str) -> None:
    start(desk.call(text))

    assert "title" in field_names(desk.modal)


def test_a_person_of_another_department_sees_the_form_too(other: Desk) -> None:
    other.actor = replace(other.actor, department=None)
    start(other.call())

    assert "department" in field_names(other.modal)
