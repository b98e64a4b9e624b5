from dataclasses import replace
from typing import Any

import pytest

from handlers.ids import Action
from handlers.keeping import fitted
from handlers.views.checkin_forms import PAGE, check_in_form, kept_modal, page_of
from handlers.views.checkins import Turn, check_in_message
from planning.checkins.answering import NOTE_MAX
from planning.checkins.questions import Asking, Fate, Question
from planning.checkins.values import CheckIn, Standing
from planning.initiatives.values import Status
from planning.text import TITLE_MAX
from tests.builders import NOW, TODAY, initiative, person
from tests.handlers.slack import buttons, drawn, light, spoken
from tests.handlers.views.limits import LONG, NASTY, accepted


def question(id: int = 1, fate: Fate = Fate.OPEN, answer: Standing | None = None, **fields: Any) -> Question:
    note = fields.pop("note", "")
    check_in = CheckIn(id, id, 1, NOW, answer, note, NOW if answer else None)
    return Question(check_in, initiative(id, **fields), fate, fields.get("owner", ""))


def asking(*questions: Question) -> Asking:
    return Asking(questions[0].check_in.id, person(), NOW, questions)


def test_each_initiative_has_three_answers() -> None:
    message = check_in_message(asking(question(4, ends_on=TODAY)))

    shown = buttons(accepted(message))
    answers = [Action.CHECK_IN_ON_TRACK, Action.CHECK_IN_AT_RISK, Action.CHECK_IN_STUCK]
    assert [shown[one]["value"] for one in answers] == ["4", "4", "4"]
    assert "CX-4 Clearer letters: Not answered yet." in message.text


def test_what_was_said_stands_there_and_can_be_changed() -> None:
    message = check_in_message(asking(question(answer=Standing.STUCK, note="Waits for the lawyers.")))

    shown = buttons(accepted(message))
    assert "Stuck, said on 1 March 2027: Waits for the lawyers." in message.text
    assert message.text.startswith("Thank you for your answers.")
    assert [one for one, button in shown.items() if button.get("style")] == [Action.CHECK_IN_STUCK]


@pytest.mark.parametrize(
    ("said", "asked"),
    [({"answer": Standing.AT_RISK}, True), ({"answer": Standing.ON_TRACK}, False), ({"note": "Lawyers."}, False)],
)
def test_who_says_that_something_is_in_the_way_is_asked_what(said: dict[str, Any], asked: bool) -> None:
    message = check_in_message(asking(question(**{"answer": Standing.STUCK, **said})))

    assert ("“Say more” lets you write what is in the way." in message.text) is asked


@pytest.mark.parametrize(
    ("closed", "told"),
    [
        (question(fate=Fate.OVER, status=Status.DONE), "It is done by now"),
        (question(fate=Fate.OVER, status=Status.CANCELLED), "It is withdrawn by now"),
        (question(fate=Fate.OVER, joined=7), "It is part of CX-7 now"),
        (replace(question(fate=Fate.THEIRS), owner="Bo Lind"), "Bo Lind owns it now"),
        (question(fate=Fate.THEIRS), "You do not own it any more"),
        (question(fate=Fate.OVERTAKEN), "This was asked anew since"),
    ],
)
def test_what_is_closed_says_why_and_asks_nothing(closed: Question, told: str) -> None:
    message = check_in_message(asking(closed))

    assert told in message.text
    assert buttons(accepted(message)) == {}


def test_five_stand_in_the_message_and_the_others_behind_a_button() -> None:
    message = check_in_message(asking(*map(question, range(1, 9))))

    rest = buttons(accepted(message))[Action.CHECK_IN_REST]
    assert rest["text"]["text"] == "…and 3 more"
    assert Turn.model_validate_json(rest["value"]) == Turn(first=1, after=5)
    assert "…and 3 more, 3 of them to be answered." in message.text


def test_the_form_has_pages_and_leaves_out_what_is_closed() -> None:
    many = asking(question(1, Fate.OVER), *map(question, range(2, 9)))

    assert [one.check_in.id for one in page_of(many, 0)] == [2, 3, 4, 5, 6]
    assert "…and 2 more on the next page." in spoken(check_in_form(many, 0))
    assert [one.check_in.id for one in page_of(many, 6)] == [7, 8]


@pytest.mark.parametrize("text", [LONG, NASTY])
@pytest.mark.parametrize("fate", Fate)
def test_the_largest_check_in_fits(text: str, fate: Fate) -> None:
    title, note = text[:TITLE_MAX], text[:NOTE_MAX]
    full = asking(
        *(
            replace(question(id, fate, Standing.AT_RISK, note=note, title=title, ends_on=TODAY), owner=text[:80])
            for id in range(1, 300)
        )
    )

    accepted(check_in_message(full))
    form = check_in_form(full, 0, [text] * 9)
    assert fitted(form.to_dict()) == form.to_dict()
    assert light(form)
    drawn(form)
    drawn(kept_modal(full, full.questions[:PAGE], [text] * 9))
