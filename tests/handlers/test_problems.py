import pytest

from handlers.ids import Action
from handlers.initiatives.showing import show
from handlers.problems import list_problems, press_show, show_problem, show_problems
from handlers.views.paging import PAGE
from planning.errors import NotFound
from planning.initiatives.values import Status
from planning.problems.arranging import save_problem
from planning.problems.values import Part
from tests.builders import NOW, draft, problem, steward, vector
from tests.handlers.slack import Desk, buttons, spoken
from tests.handlers.views.limits import accepted, elements, words

PRIVATE = {"container": {"type": "message", "is_ephemeral": True}}


@pytest.fixture
def problems(desk: Desk) -> Desk:
    """The fix of the first lacks a part, the second is complete by work that is done."""
    with desk.registers.writing() as register:
        first = register.problems.add(problem(name="Told it thrice"))
        second = register.problems.add(problem(name="Closing is a maze", needs=(Part.SYSTEM,)))
        register.initiatives.add(draft(serves=first.id, supplies=(Part.MESSAGE,)), vector(1), NOW)
        done = draft(title="One form", serves=second.id, supplies=(Part.SYSTEM,), status=Status.DONE, department=2)
        register.initiatives.add(done, vector(2), NOW)
    return desk


def test_the_worst_comes_first_with_what_it_lacks(problems: Desk) -> None:
    shown = words(show_problems(problems.call()))

    assert shown.index("Told it thrice — 1 initiative") < shown.index("Closing is a maze — 1 initiative")
    assert "✓ brought: message  ✗ nobody brings: process" in shown
    assert "Complete fixes: 1 of 2." in shown


def test_a_name_opens_the_card_with_who_brings_what(problems: Desk) -> None:
    maze, thrice = (words(show_problems(problems.call(name))) for name in ("MAZE", "thrice"))

    assert "system: \nCX-2 One form (Service)" in maze
    assert "Every part is there or under way" in maze
    assert "process: \nnobody yet" in thrice
    assert "Customer problem" in thrice


def test_the_list_opens_cards_and_an_initiative_leads_to_its_problem(problems: Desk) -> None:
    button = elements(show_problems(problems.call()), "button")[0]
    shared = (problems.client, problems.respond, problems.registers, problems.actor, problems.now)
    press_show(problems.ack, PRIVATE, button, *shared)
    assert "Told it thrice" in spoken(problems.private_reply["blocks"])

    assert buttons(accepted(show(problems.call("CX-2"))))[Action.PROBLEM_SHOW]["value"] == "2"


def test_a_long_list_has_pages(desk: Desk) -> None:
    with desk.registers.writing() as register:
        for n in range(PAGE + 3):
            register.problems.add(problem(name=f"Problem {n}"))

    assert "…and 3 more" in words(show_problems(desk.call()))
    assert "Problem 12" in words(list_problems(desk.call(), "", PAGE))


def test_what_is_not_there_is_said(problems: Desk, other: Desk) -> None:
    assert "No customer problem is called “nothing”." in show_problems(problems.call("nothing")).text
    with pytest.raises(NotFound, match="no longer there"):
        show_problem(problems.call(), "99", 0)


def test_without_problems_the_list_says_who_can_name_them(desk: Desk) -> None:
    assert "A steward can name them in the settings" in show_problems(desk.call()).text


def test_a_problem_that_a_steward_edits_keeps_who_looks_after_it(problems: Desk) -> None:
    with problems.registers.writing() as register:
        register.problems.save(problem(owner=1))
        save_problem(register, 1, "Told it four times", "", (), steward(), NOW)

        assert register.problems.all()[0].owner == 1
