import pytest

from handlers.views.plan_news import TOLD, News, invitation_words, plan_news
from tests.builders import at, lead
from tests.handlers.views.limits import LONG, accepted, elements, words
from tests.handlers.views.planned import NAMES, PEOPLE
from tests.planned import plan, terms
from tests.proposed import done


def news(what: str, **fields: object) -> News:
    payload = {"what": what, "by": 1, **fields}
    return News(plan(), payload, {one.id: one for one in PEOPLE}, NAMES, "Europe/Oslo")


def test_a_change_says_what_and_mentions_only_who_must_act() -> None:
    message = plan_news(news("changed", fields=["goal", "due_on"], asked=[2]))

    assert message.text.startswith("Mia Lead changed the goal and the date.")
    assert [one["user_id"] for one in elements(message, "user")] == ["U0BO"]


def test_a_change_that_asks_nobody_mentions_nobody() -> None:
    assert elements(plan_news(news("changed", fields=["goal"], asked=[])), "user") == []


def test_an_agreement_tells_before_and_after_and_calls_the_owners() -> None:
    told = news("agreed", initiatives=[1])
    message = plan_news(News(told.plan, told.payload, told.people, NAMES, told.zone, done(), [2]))

    assert "1 initiative changed: CX-1. Before → after:" in words(message)
    assert [one["user_id"] for one in elements(message, "user")] == ["U0BO"]


def test_an_acceptance_names_the_department_and_who_is_left() -> None:
    said = plan_news(news("accepted", departments=[1], asked=[2])).text

    assert said == "Mia Lead accepted the plan for Marketing. Still to accept: Bo Lind."


def test_a_plan_that_is_taken_back_says_what_stays_as_the_plan_left_it() -> None:
    said = plan_news(news("off", back=[1], stay=[2, 3])).text

    assert "What it had changed of CX-1 is as it was before." in said
    assert "What it had changed of CX-2 and CX-3 stays" in said


def test_a_session_is_told_in_the_zone_of_the_company() -> None:
    said = invitation_words(plan(terms=terms(session_at=at(3))), "session", "Europe/Oslo").text

    assert "4 March 2027, 10:00 (Europe/Oslo)" in said


@pytest.mark.parametrize("what", TOLD)
def test_all_news_fit_and_nothing_typed_comes_alive(what: str) -> None:
    many = list(range(1, 40))
    people = {id: lead(1, id=id, name=LONG, slack_id=None) for id in many}
    payload = {"what": what, "by": 1, "fields": ["goal", "pledges"], "asked": many, "departments": many, "why": LONG}
    names = NAMES.__class__(dict.fromkeys(many, LONG), dict.fromkeys(many, LONG), {}, {}, {})

    accepted(
        plan_news(
            News(
                plan(), {**payload, "initiatives": many, "back": many, "stay": many}, people, names, "UTC", done(), many
            )
        )
    )
