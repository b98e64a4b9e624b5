from dataclasses import replace

import pytest

from handlers.views.agreement.forms import answer_form, names_field, naming_form
from handlers.views.agreement.hub import hub_message, waiting_section
from handlers.views.agreement.naming import NAMING_WORDING
from handlers.views.agreement.questions import SECRET, Wording, question_message, reminder_message
from handlers.views.agreement.words import index_words, moment
from planning.agreement.answers import NamedStages
from planning.agreement.results import Index
from planning.agreement.values import Invitation, Poll
from planning.text import NAME_MAX
from tests.asked import invitation, naming_result, poll
from tests.builders import NOW, TODAY, at
from tests.handlers.slack import drawn, field_of, light, spoken
from tests.handlers.views.limits import LONG, NASTY, accepted, elements, words

OPEN, CLOSED = poll(), poll(closed_at=at(7), next_at=None, result=naming_result())
ANSWERED = invitation(answered_at=NOW, answer=NamedStages(names=("Telltale", "Use")))
WORST = Wording(title=NASTY[:24], asks=LONG[:900], why=LONG[:300], shown=LONG[:300], button=LONG)


def test_the_question_says_why_until_when_and_that_nobody_sees_the_answer() -> None:
    message = question_message(NAMING_WORDING, OPEN, invitation(), "Europe/Oslo")
    accepted(message)

    assert "drawn at random" in words(message)
    assert SECRET in words(message)
    assert "until Monday 8 March 2027, 10:00" in words(message)
    assert "until Monday 8 March 2027, 10:00" in message.text


def test_a_title_that_asks_keeps_its_mark_alone() -> None:
    asking = replace(NAMING_WORDING, title="On which stage?")
    messages = (
        question_message(asking, OPEN, invitation(), "UTC"),
        reminder_message(asking, OPEN, invitation(), "UTC"),
    )

    assert all("On which stage? " in message.text for message in messages)
    assert NAMING_WORDING.heading == "Name the stages."


def test_after_the_answer_it_thanks_and_does_not_repeat_it() -> None:
    message = question_message(NAMING_WORDING, OPEN, ANSWERED, "UTC")

    assert "You can change your answer until" in words(message)
    assert "Telltale" not in words(message) + message.text
    assert len(elements(message, "button")) == 1


@pytest.mark.parametrize("asked", [invitation(), ANSWERED], ids=["silent", "answered"])
def test_at_the_end_it_says_what_came_of_it_and_has_no_button(asked: Invitation) -> None:
    told = words(question_message(NAMING_WORDING, CLOSED, asked, "UTC", "10 of 12 people answered."))

    assert "This round is closed. 10 of 12 people answered." in told
    assert ("Thank you" in told) is (asked is ANSWERED)
    assert "called off" in words(question_message(NAMING_WORDING, CLOSED, invitation(), "UTC"))


def test_the_reminder_has_nothing_left_to_say_after_an_answer_or_the_end() -> None:
    assert elements(reminder_message(NAMING_WORDING, OPEN, invitation(), "UTC"), "button")
    for run, asked in ((OPEN, ANSWERED), (CLOSED, invitation())):
        message = reminder_message(NAMING_WORDING, run, asked, "UTC")
        assert "nothing is left to do" in words(message)
        assert elements(message, "button") == []


@pytest.mark.parametrize("run", [OPEN, CLOSED], ids=["open", "closed"])
@pytest.mark.parametrize("asked", [invitation(), ANSWERED], ids=["silent", "answered"])
def test_the_longest_words_fit(run: Poll, asked: Invitation) -> None:
    accepted(question_message(WORST, run, asked, "UTC", LONG))
    accepted(reminder_message(WORST, run, asked, "UTC"))


def test_many_questions_at_once_are_counted() -> None:
    section = waiting_section([(WORST, OPEN, invitation(id=n)) for n in range(1, 9)], "UTC")
    accepted(hub_message([section]))

    assert "…and 5 more" in words(section)


def test_the_forms_at_their_longest_are_taken() -> None:
    samples = [(f"{n} {NASTY}"[:NAME_MAX], 50, 400) for n in range(60)]
    assert light(drawn(naming_form(50, TODAY, samples, again=True)))
    assert "…and 40 more departments" in spoken(naming_form(5, TODAY, samples))

    names = [f"{n} {'营' * 77}" for n in range(20)]
    form = answer_form(WORST, 2**31, names_field(names))
    assert light(drawn(form))
    assert field_of(form, "names")["initial_value"].splitlines() == names


def test_who_could_be_asked_is_nobody_where_slack_knows_nobody() -> None:
    assert "nobody: none of it is known in Slack yet" in spoken(naming_form(5, TODAY, [("Sales", 0, 0)]))
    assert "There are no departments yet" in spoken(naming_form(5, TODAY, []))


def test_a_moment_is_told_in_the_zone_of_the_reader() -> None:
    assert moment(NOW, "Europe/Oslo") == "Monday 1 March 2027, 10:00"
    assert moment(NOW, "Nowhere/Land") == "Monday 1 March 2027, 09:00"


def test_an_index_is_told_with_its_interval_and_its_meaning() -> None:
    bands = ((0.5, "much"), (0.0, "little"))
    index = Index(value=0.5, low=-0.1, high=0.666, people=40)

    assert index_words(index, bands) == "0.50 (−0.10 to 0.67): much"
    assert index_words(index.model_copy(update={"value": -0.001}), bands).startswith("0.00")
    assert index_words(index.model_copy(update={"value": -0.5}), bands).endswith("little")
    assert "leave it open" in index_words(index.model_copy(update={"low": -0.5}), bands)
    assert index_words(None, bands) == "too few answers to tell."


def test_an_interval_without_width_is_left_out_and_leaves_it_open_where_people_differ() -> None:
    bands = ((0.5, "much."), (0.0, "little."))

    assert index_words(Index(value=0.64, low=0.64, high=0.64, people=4), bands) == (
        "0.64: much. But so few answers leave it open."
    )
    assert index_words(Index(value=1, low=1, high=1, people=4), bands) == "1.00: much."
