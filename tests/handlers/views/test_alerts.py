from handlers.ids import Action
from handlers.views.alerts import SHOWN, alerts_message
from planning.findings.facts import SharedThings
from planning.findings.values import Finding
from tests.builders import finding, found
from tests.handlers.views.limits import LONG, accepted, elements, words
from tests.planning.portfolios import initiative

INITIATIVES = {n: initiative(n, title=f"Work {n}") for n in (1, 2)}


def waiting(count: int) -> list[Finding]:
    return [finding(id=n) for n in range(1, count + 1)]


def test_each_overlap_has_its_sentence_and_a_button_and_of_many_the_rest_is_counted() -> None:
    message = alerts_message(waiting(SHOWN + 2), 1, INITIATIVES)

    assert [one["action_id"] for one in elements(message, "button")] == [Action.OVERLAP_SHOW] * SHOWN
    assert "12 overlaps to decide" in words(message)
    assert "…and 2 more: \n/cx overlaps mine" in words(message)
    assert "1 more that stood here is decided." in words(message)


def test_when_nothing_is_left_it_says_so() -> None:
    message = alerts_message([], 4, {})

    assert words(message) == "All decided: of the 4 overlaps told here none waits for you any more."
    assert elements(message, "button") == []


def test_the_longest_summary_is_one_that_slack_takes() -> None:
    facts = (SharedThings(what="problem", names=(LONG,)),)
    many = [finding(id=n, found=found(*range(1, 41), facts=facts)) for n in range(1, 200)]
    initiatives = {n: initiative(n, title=LONG) for n in range(1, 41)}

    accepted(alerts_message(many, 99, initiatives))
