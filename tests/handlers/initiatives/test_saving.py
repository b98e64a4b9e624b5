import json
from dataclasses import replace

import pytest

from db.database import Database
from handlers.ids import Action
from handlers.initiatives.saving import submit_initiative
from handlers.initiatives.starting import open_form, start
from handlers.views.registering import NOTICE
from planning.findings.values import Choice, Kind
from planning.journey.arranging import save_stages
from tests.builders import NOW, steward
from tests.handlers.initiatives.registered import on_record, registered
from tests.handlers.slack import (
    Desk,
    app_for,
    buttons,
    dispatched,
    field_names,
    field_of,
    interaction,
    light,
    spoken,
    submitted,
)

LETTERS = "Customers call twice because the letter does not say what to do."


def form(desk: Desk, text: str = "") -> dict[str, object]:
    start(desk.call(text))
    return desk.modal


def submit(desk: Desk, view: dict[str, object], **typed: object) -> None:
    desk.ack.reset_mock()
    sent = submitted(view, **typed)
    submit_initiative(desk.ack, sent, desk.client, desk.actor, desk.registers, desk.now, desk.encoder)


def test_a_filled_form_is_saved_and_the_modal_says_so(desk: Desk) -> None:
    submit(desk, form(desk), title="Clearer letters", problem=LETTERS, stages=[2])

    assert on_record(desk).draft.title == "Clearer letters"
    assert on_record(desk).draft.owner == desk.actor.id
    assert on_record(desk).draft.stages == (2,)
    assert "CX-1 is saved" in spoken(desk.shown)
    assert field_names(desk.shown) == []
    assert {Action.INITIATIVE_EDIT, Action.INITIATIVE_SHOW} <= buttons(desk.shown["blocks"]).keys()


def test_one_thing_that_is_missing_is_asked_for_gently(desk: Desk) -> None:
    submit(desk, form(desk), title="Clearer letters", stages=[2])

    assert "Still missing: when it starts and ends" in spoken(desk.shown)


def test_an_empty_title_is_told_at_the_title(desk: Desk) -> None:
    submit(desk, form(desk), title=" \x00 ", stages=[1])

    assert desk.errors == {"title": "Give it a title, a few words are enough."}


def test_without_stages_the_form_comes_back_with_suggestions_to_confirm(desk: Desk) -> None:
    submit(desk, form(desk), title="Help people to join faster", problem="They wait to join")

    again = desk.shown
    assert "Please confirm or clear" in spoken(again)
    assert [option["text"]["text"] for option in field_of(again, "stages")["initial_options"]] == ["Join"]
    assert field_of(again, "title")["initial_value"] == "Help people to join faster"


def test_suggestions_stand_in_the_menu_although_it_was_left_empty(desk: Desk) -> None:
    first = form(desk)
    submit(desk, first, title="Help people to join faster")

    assert field_of(desk.shown, "stages")["action_id"] != field_of(first, "stages")["action_id"]
    assert field_of(desk.shown, "title")["action_id"] == field_of(first, "title")["action_id"]


def test_cleared_suggestions_are_not_suggested_again(desk: Desk) -> None:
    submit(desk, form(desk), title="Help people to join faster")
    submit(desk, desk.shown, stages=[])

    assert on_record(desk).draft.stages == ()


def test_the_form_comes_back_with_what_it_would_run_into_before_it_is_saved(desk: Desk, other: Desk) -> None:
    registered(other, title="Better letters", problem=LETTERS, stages=(2,))
    submit(desk, form(desk), title="Clearer letters", problem=LETTERS, stages=[2])

    again = desk.shown
    assert "Before you save" in spoken(again)
    assert "CX-1 Better letters" in spoken(again)
    assert "Service, Bo Lind" in spoken(again)
    assert "alike" in spoken(again)
    assert again["submit"]["text"] == "Save"
    assert [option["value"] for option in field_of(again, "answer_1")["options"]] == ["join", "coordinate", "different"]
    assert field_of(again, "problem")["initial_value"] == LETTERS
    with pytest.raises(Exception, match="CX-2"):
        on_record(desk, 2)


def test_what_the_own_department_has_already_is_asked_about_and_tells_nobody(desk: Desk, database: Database) -> None:
    registered(desk, title="Better letters", problem=LETTERS, stages=(2,))
    submit(desk, form(desk), title="Clearer letters", problem=LETTERS, stages=[2])

    again = desk.shown
    assert "Your department has this already" in spoken(again)
    assert [option["value"] for option in field_of(again, "answer_1")["options"]] == ["join", "different"]
    assert field_of(again, "title")["initial_value"] == "Clearer letters"
    submit(desk, again, answer_1=Choice.DIFFERENT)
    assert on_record(desk, 2).draft.title == "Clearer letters"
    assert database.outbox("main").page(10).items == ()


def test_who_is_told_is_said_before_it_is_saved(desk: Desk, other: Desk, database: Database) -> None:
    registered(other, title="Better letters", problem=LETTERS, stages=(2,))
    submit(desk, form(desk), title="Clearer letters", problem=LETTERS, stages=[2])

    assert "Saving tells Bo Lind (leads Service), now." in spoken(desk.shown)
    submit(desk, desk.shown, answer_1=Choice.DIFFERENT)
    assert [str(one.posting.address) for one in database.outbox("main").page(10).items] == ["person:U0BO"]


def test_what_the_own_department_has_already_can_be_joined(desk: Desk) -> None:
    registered(desk, title="Better letters", problem=LETTERS, stages=(2,))
    submit(desk, form(desk), title="Clearer letters", problem=LETTERS, stages=[2])
    submit(desk, desk.shown, answer_1=Choice.JOIN)

    assert on_record(desk, 2).joined == 1


def test_what_was_answered_is_kept_with_the_overlap_and_its_leads_are_named(desk: Desk, other: Desk) -> None:
    registered(other, title="Better letters", problem=LETTERS, stages=(2,))
    submit(desk, form(desk), title="Clearer letters", problem=LETTERS, stages=[2])
    submit(desk, desk.shown, answer_1=Choice.COORDINATE)

    assert "Concord tells Bo Lind" in spoken(desk.shown)
    with desk.registers.reading() as register:
        answers = [finding.answer for finding in register.findings.standing(Kind.OVERLAP)]
    assert [answer.choice for answer in answers if answer] == [Choice.COORDINATE]


def test_a_joined_initiative_says_so_and_offers_the_way_back(desk: Desk, other: Desk) -> None:
    registered(other, title="Better letters", problem=LETTERS, stages=(2,))
    submit(desk, form(desk), title="Clearer letters", problem=LETTERS, stages=[2])
    submit(desk, desk.shown, answer_1=Choice.JOIN)

    assert on_record(desk, 2).joined == 1
    assert "kept as part of CX-1 “Better letters”" in spoken(desk.shown)
    assert Action.INITIATIVE_LEAVE in buttons(desk.shown["blocks"])


def test_an_unanswered_question_is_told_at_the_question(desk: Desk, other: Desk) -> None:
    registered(other, title="Better letters", problem=LETTERS, stages=(2,))
    submit(desk, form(desk), title="Clearer letters", problem=LETTERS, stages=[2])
    submit(desk, desk.shown)

    assert desk.errors == {"answer_1": "Choose one of the answers."}


def test_what_a_changed_text_runs_into_is_asked_too_and_answers_stay(desk: Desk, other: Desk) -> None:
    registered(other, title="Better letters", problem=LETTERS, stages=(2,))
    submit(desk, form(desk), title="Clearer letters", problem=LETTERS, stages=[2])
    again = desk.shown
    registered(other, title="Letters in plain words", problem=LETTERS, stages=(2,))
    submit(desk, again, answer_1=Choice.COORDINATE)

    assert {"answer_1", "answer_2"} <= set(field_names(desk.shown))
    assert field_of(desk.shown, "answer_1")["initial_option"]["value"] == Choice.COORDINATE


def test_a_stage_removed_meanwhile_brings_the_form_back_with_fresh_stages(desk: Desk) -> None:
    view = form(desk)
    with desk.registers.writing() as register:
        register.people.save(steward(id=1))
        save_stages(register, [("Join", ""), ("Renew", "")], steward(id=1), NOW)
    submit(desk, view, title="Clearer letters", problem=LETTERS, stages=[1, 2])

    again = desk.shown
    assert again["blocks"][0]["block_id"] == NOTICE
    assert "Not saved yet. A stage you chose was removed meanwhile" in spoken(again)
    stages = field_of(again, "stages")
    assert [option["text"]["text"] for option in stages["options"]] == ["Join", "Renew"]
    assert [option["text"]["text"] for option in stages["initial_options"]] == ["Join"]
    assert field_of(again, "problem")["initial_value"] == LETTERS

    submit(desk, again)
    assert on_record(desk).draft.stages == (1,)


def test_a_new_person_is_asked_for_the_department_once(desk: Desk) -> None:
    with desk.registers.writing() as register:
        desk.actor = register.people.add("Nora New", slack_id="U0NEW")
    submit(desk, form(desk), title="Clearer letters", stages=[1], department=2)

    with desk.registers.reading() as register:
        desk.actor = register.people.by_id(desk.actor.id)
    assert desk.actor.department == 2
    assert "department" not in field_names(form(desk))


def test_a_department_that_is_gone_is_asked_for_again(desk: Desk) -> None:
    desk.actor = replace(desk.actor, department=99)
    submit(desk, form(desk), title="Clearer letters", problem=LETTERS, stages=[1])

    assert "department" in field_names(desk.shown)
    assert field_of(desk.shown, "title")["initial_value"] == "Clearer letters"


def test_the_largest_form_that_comes_back_fits_into_a_reply(desk: Desk, other: Desk) -> None:
    for number in range(3):
        registered(other, title=f"{number} letter {'🎉' * 380}", problem=LETTERS, stages=(2,))
    submit(desk, form(desk), title="letter" + "🎉" * 390, problem="letter 営" * 370, stages=[2])

    assert len([name for name in field_names(desk.shown) if name.startswith("answer_")]) == 3
    assert light(desk.shown)


def test_typed_tokens_stay_plain_words(desk: Desk) -> None:
    submit(desk, form(desk), title="<!channel> & <@U0BO> `x`", problem="<!here> *bold*", stages=[1])

    assert on_record(desk).draft.title == "<!channel> & <@U0BO> `x`"
    assert "mrkdwn" not in json.dumps(desk.shown)


def test_a_form_that_slack_delivers_twice_is_saved_once_and_answered_alike(desk: Desk, other: Desk) -> None:
    registered(other, title="Better letters", problem=LETTERS, stages=(2,))
    submit(desk, form(desk), title="Clearer letters", problem=LETTERS, stages=[2])
    view = submitted(desk.shown, answer_1=Choice.COORDINATE)
    app = app_for(lambda _tenant: desk.registers, desk.client, desk.respond)
    first, second = (dispatched(app, interaction("view_submission", view=view, response_urls=[])) for _ in range(2))

    assert first.body == second.body
    assert "CX-2 is saved" in spoken(json.loads(first.body)["view"])
    with desk.registers.reading() as register:
        assert len(register.initiatives.all()) == 2
        assert [entry.verb for entry in register.audit.since(None)].count("initiative.registered") == 2


def test_another_form_with_the_same_words_is_another_initiative(desk: Desk) -> None:
    view = submitted(form(desk), title="Clearer letters", stages=[2])
    app = app_for(lambda _tenant: desk.registers, desk.client, desk.respond)
    dispatched(app, interaction("view_submission", view=view, response_urls=[]))
    asked = dispatched(app, interaction("view_submission", view={**view, "id": "V2"}, response_urls=[]))
    again = submitted(json.loads(asked.body)["view"], answer_1=Choice.DIFFERENT)
    dispatched(app, interaction("view_submission", view={**again, "id": "V2"}, response_urls=[]))

    assert on_record(desk, 2).draft.title == "Clearer letters"


def test_an_initiative_begun_in_the_home_tab_is_shown_there_when_it_is_saved(desk: Desk) -> None:
    desk.body["view"] = {"id": "VH", "type": "home"}
    open_form(desk.ack, desk.body, desk.client, desk.registers, desk.actor, desk.encoder)
    submit(desk, desk.modal, title="Clearer letters", stages=[1])

    assert desk.client.views_publish.call_args.kwargs["user_id"] == "U0ADA"
