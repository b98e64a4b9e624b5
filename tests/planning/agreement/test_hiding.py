"""Nobody's answer can be read from the names that a naming round tells."""

from collections.abc import Sequence

from planning.agreement.answers import NamedStages
from planning.agreement.proposing import naming_result
from planning.agreement.results import NamingResult
from tests.asked import invitation
from tests.planning.agreement.given import Unreading

ODD = ["Landing", "Pay", "Parting"]


def result(*answers: tuple[int, Sequence[str]]) -> NamingResult:
    """What came of the answers of people of these departments."""
    asked = [
        invitation(id=id, person=id, department=department, answer=NamedStages(names=tuple(names)))
        for id, (department, names) in enumerate(answers, 1)
    ]
    return naming_result(asked, {1: "Sales", 2: "Legal"}, Unreading())


def test_the_names_of_the_one_who_differs_are_not_told() -> None:
    """All names that one person used are that person's answer; in Legal there is nobody else."""
    found = result((1, ["Find", "Use"]), (1, ["Find", "Use"]), (2, ODD))

    assert [stage.name for stage in found.proposed] == ["Find", "Use"]
    assert not any(name in found.model_dump_json() for name in ODD)
    assert found.hidden == 3


def test_nor_are_they_as_other_names_of_what_is_proposed() -> None:
    found = result((1, ["Checkout", "Use"]), (1, ["Checkout", "Use"]), (2, ["Purchase", "Use"]))

    assert [(stage.support, stage.names) for stage in found.proposed] == [(3, (("Checkout", 2),)), (3, (("Use", 3),))]
    assert "Purchase" not in found.model_dump_json()


def test_of_two_who_differ_each_would_know_the_answer_of_the_other() -> None:
    same = (1, ["Find", "Use"])

    assert result(same, same, (2, ["Find", "Pay"]), (2, ["Find", "Leave"])).others == ()


def test_the_names_of_three_who_differ_hide_each_other() -> None:
    same = (1, ["Find", "Use"])
    found = result(same, same, *((2, ["Find", odd]) for odd in ODD))

    assert sorted(stage.name for stage in found.others) == sorted(ODD)
    assert found.hidden == 0


def test_nothing_is_hidden_where_nobody_differs() -> None:
    same = (1, ["Find", "Use"])

    assert result(same, same, same).hidden == 0


def test_of_two_answers_no_stage_is_told() -> None:
    found = result((1, ["Find", "Use"]), (2, ["Find", "Use"]))

    assert (found.proposed, found.others) == ((), ())
