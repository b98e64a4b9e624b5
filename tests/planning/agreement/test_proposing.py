from collections.abc import Sequence

from planning.agreement.answers import NamedStages
from planning.agreement.matching import Matching, matched
from planning.agreement.proposing import MOST, naming_result, proposal
from planning.agreement.results import ProposedStage
from planning.agreement.values import Invitation
from tests.asked import invitation
from tests.planning.agreement.given import Unreading

WORDS = Unreading()
DEPARTMENTS = {1: "Sales", 2: "Marketing", 3: "Service"}


def asked(id: int, department: int, *names: str) -> Invitation:
    """Somebody who was asked, with their answer if they gave one."""
    answer = NamedStages(names=names) if names else None
    return invitation(id=id, person=id, department=department, answer=answer)


def proposed(*answers: Sequence[str]) -> list[str]:
    """The names of the stages that are proposed."""
    return [stage.name for stage in proposal(matched(answers, WORDS))[0]]


def test_what_a_third_of_the_people_named_is_proposed() -> None:
    answers = [["Find", "Buy"], ["Find", "Buy"], ["Buy", "Use"], ["Buy", "Use"], ["Pay"], ["Buy"]]

    assert proposed(*answers) == ["Find", "Buy", "Use"]


def test_what_one_person_named_is_never_proposed() -> None:
    assert proposed(["Find", "Buy"], ["Use", "Buy"]) == ["Buy"]


def test_the_others_are_told_by_their_support() -> None:
    answers = [["Find", "Buy"]] * 7 + [["Pay"], ["Leave", "Pay"]]

    _, others = proposal(matched(answers, WORDS))

    assert [(stage.name, stage.support) for stage in others] == [("Pay", 2), ("Leave", 1)]


def test_the_order_is_that_of_the_majority() -> None:
    answers = [["Find", "Buy", "Use"], ["Find", "Use", "Buy"], ["Buy", "Find", "Use"]]

    assert proposed(*answers) == ["Find", "Buy", "Use"]


def test_stages_that_nobody_put_in_order_stand_where_they_mostly_stood() -> None:
    answers = [
        ["Find", "Buy"],
        ["Find", "Buy"],
        ["Use", "Leave"],
        ["Use", "Leave"],
        ["Find", "Leave"],
        ["Use", "Leave"],
    ]

    assert proposed(*answers) == ["Find", "Use", "Buy", "Leave"]


def test_a_stage_tells_its_support_and_every_name_that_was_used() -> None:
    (stage,), _ = proposal(matched([["Checkout"], ["Purchase"], ["Purchase"]], WORDS))

    assert stage == ProposedStage(name="Purchase", support=3, names=(("Purchase", 2), ("Checkout", 1)))


def test_long_lists_are_cut() -> None:
    names = [f"x{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]

    chosen, others = proposal(matched([names, names, *([f"y{name}"] for name in names)], WORDS))

    assert chosen == ()
    assert len(others) == MOST


def test_nobody_answering_proposes_nothing() -> None:
    assert proposal(Matching((), ())) == ((), ())


def test_a_round_tells_who_was_asked_and_how_far_they_agree() -> None:
    names = ("Find", "Buy", "Use")
    invitations = [asked(id, 1, *names) for id in range(1, 4)] + [asked(4, 2, *names), asked(5, 2), asked(6, 3)]

    found = naming_result(invitations, DEPARTMENTS, WORDS)

    assert (found.asked, found.answered) == (6, 4)
    assert found.overall is not None
    assert found.overall.value == 1
    assert [(one.name, one.asked, one.answered, one.index is None) for one in found.departments] == [
        ("Marketing", 2, 1, True),
        ("Sales", 3, 3, False),
        ("Service", 1, 0, True),
    ]


def test_a_round_that_nobody_answered_has_a_result_too() -> None:
    found = naming_result([asked(1, 1)], DEPARTMENTS, WORDS)

    assert (found.answered, found.overall, found.proposed) == (0, None, ())


def test_the_order_in_which_people_were_asked_makes_no_difference() -> None:
    invitations = [asked(1, 1, "Find", "Buy"), asked(2, 2, "Search", "Order"), asked(3, 1, "Buy", "Use", "Help")]

    assert naming_result(invitations, DEPARTMENTS, WORDS) == naming_result(invitations[::-1], DEPARTMENTS, WORDS)
