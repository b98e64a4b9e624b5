import pytest

from handlers.ids import Action
from handlers.views.agreement.hub import hub_message
from handlers.views.agreement.naming import TOO_FEW, naming_outcome, naming_result, naming_section, next_step
from handlers.views.agreement.rounds import Progress
from planning.agreement.results import DepartmentIndex, Index, ProposedStage
from tests import asked
from tests.asked import poll
from tests.builders import at
from tests.handlers.views.limits import NASTY, accepted, elements, words

INDEX = Index(value=-0.42, low=-0.51, high=-0.35, people=200)
NAME = f"{NASTY}{NASTY}"[:80]
STAGE = ProposedStage(name=NAME, support=200, names=tuple((f"{n} {NAME}"[:80], 200) for n in range(20)))
DEPARTMENT = DepartmentIndex(department=1, name=NAME, asked=50, answered=50, index=INDEX)
RESULT = asked.naming_result()
WORST = asked.naming_result(
    overall=INDEX, between=INDEX, departments=(DEPARTMENT,) * 60, proposed=(STAGE,) * 20, others=(STAGE,) * 20
)
CLOSED = poll(closed_at=at(7), next_at=None)


def test_the_result_tells_indices_proposal_and_what_to_do() -> None:
    message = naming_result(CLOSED, RESULT, "UTC", steward=True)
    accepted(message)
    told = words(message)

    assert "All together: \n0.42 (0.31 to 0.55): people use partly the same stages." in told
    assert "1. Join\n (8 people); also “Sign up” 2" in told
    assert "What to do: \nTalk over with the leads" in told
    assert "Proposed: Join (8)." in message.text
    assert [one["action_id"] for one in elements(message, "button")] == [Action.NAMING_ADOPT]


def test_the_largest_result_fits() -> None:
    message = naming_result(CLOSED, WORST, "UTC", steward=True)
    accepted(message)

    assert "…and 40 more departments" in words(message)
    assert "and 16 more" in words(message)


def test_a_department_with_too_few_answers_is_said_to_have_too_few() -> None:
    few = DEPARTMENT.model_copy(update={"answered": 2, "index": None})
    told = words(naming_result(CLOSED, RESULT.model_copy(update={"departments": (few,)}), "UTC", steward=False))

    assert "2 of 50 people answered; too few answers to tell" in told


def test_names_that_are_not_told_are_counted() -> None:
    message = naming_result(CLOSED, RESULT.model_copy(update={"hidden": 3}), "UTC", steward=False)

    assert "3 names are left out" in words(message)


def test_the_day_of_the_end_is_that_of_the_zone() -> None:
    closed = poll(closed_at=at(7, hours=16), next_at=None, result=RESULT)
    section = naming_section([closed], None, "America/Los_Angeles", reader=True, steward=False)

    assert "until 8 March 2027" in words(naming_result(closed, RESULT, "America/Los_Angeles", steward=False))
    assert "(8 March 2027)" in words(section)


@pytest.mark.parametrize(
    ("value", "told"), [(0.9, "Make the proposal the journey"), (0.5, "Talk over"), (-0.2, "a journey of its own")]
)
def test_what_to_do_depends_on_the_index(value: float, told: str) -> None:
    index = INDEX.model_copy(update={"value": value})

    assert told in next_step(RESULT.model_copy(update={"overall": index}))


def test_an_index_that_may_be_anything_asks_for_more_answers() -> None:
    wide = RESULT.model_copy(update={"overall": INDEX.model_copy(update={"low": -0.6, "high": 0.9})})

    assert "Ask more people" in next_step(wide)


def test_without_enough_answers_nothing_is_claimed() -> None:
    empty = asked.naming_result(answered=1, overall=None, between=None, proposed=())
    message = naming_result(CLOSED, empty, "UTC", steward=True)

    assert TOO_FEW in words(message)
    assert elements(message, "button") == []
    assert "too few to say" in naming_outcome(empty)


def test_the_hub_at_its_longest_fits() -> None:
    going = Progress(poll(), ((NAME, 50),) * 60, 200)
    section = naming_section(
        [poll(closed_at=at(7), next_at=None, result=WORST)] * 5, going, "UTC", reader=True, steward=True
    )
    accepted(hub_message([section]))

    assert "and 45 more" in words(section)
    actions = [one["action_id"] for one in elements(section, "button")]
    assert actions == [Action.POLL_CLOSE, Action.POLL_CALL_OFF, Action.POLL_RESULT]
