import pytest

from handlers.ids import Action
from handlers.views.decisions import (
    LOOKING,
    Standing,
    decision_card,
    delegate_form,
    delegated_message,
    delegated_view,
    proposal_sentence,
)
from handlers.views.text import Message, paragraph
from planning.proposals.asking import Progress, Proposal
from tests.handlers.slack import drawn, light
from tests.handlers.views.limits import LONG, NASTY, accepted, elements, words
from tests.handlers.views.test_digests import decision
from tests.proposed import done, impossible, moved, proposal, proposed


def buttons(message: Message) -> list[str]:
    return [button["action_id"] for button in elements(message, "button")]


def test_a_decision_says_what_it_is_what_waiting_costs_and_what_is_proposed() -> None:
    shown = decision_card(decision(), Standing(proposed="CX-1 begins later."))

    assert "What waiting costs: \nMarketing and Claims pay for the same work" in words(shown)
    assert "Concord proposes: \nCX-1 begins later." in words(shown)
    assert buttons(shown) == [Action.DECISION_APPROVE, Action.DECISION_DELEGATE, Action.DECISION_DECLINE]


@pytest.mark.parametrize(("undo", "left"), [(True, [Action.DECISION_UNDO]), (False, [])])
def test_a_decision_that_was_ruled_on_says_what_became_of_it(undo: bool, left: list[str]) -> None:
    shown = decision_card(decision(), Standing("Edda approved it; the plan is in force.", undo))

    assert "Decided: \nEdda approved it; the plan is in force." in words(shown)
    assert "What waiting costs" not in f"{words(shown)}{shown.text}"
    assert buttons(shown) == left


def test_approving_and_declining_ask_first() -> None:
    confirmed = [
        one["action_id"] for one in elements(decision_card(decision(), Standing()), "button") if "confirm" in one
    ]

    assert confirmed == [Action.DECISION_APPROVE, Action.DECISION_DECLINE]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (None, "nothing that can be computed"),
        (proposal(progress=Progress.RUNNING), LOOKING),
        (done(proposed(changes=(moved(),))), "CX-1 “Clearer letters” (Marketing) begins 2 weeks later"),
        (done(proposed(changes=(moved(), moved(initiative=2)))), "And 1 change more."),
        (done(impossible()), "it cannot be done with what may move."),
    ],
    ids=["none", "running", "one change", "two changes", "impossible"],
)
def test_a_proposal_is_told_in_a_sentence(asked: Proposal | None, said: str) -> None:
    assert said in proposal_sentence(asked)


@pytest.mark.parametrize("text", [LONG, NASTY])
def test_the_largest_decision_fits(text: str) -> None:
    full = decision(text, text, cost=text, references=("CX-1",) * 90, titles=(text,) * 90, departments=(text,) * 90)
    largest = done(proposed(changes=tuple(moved(initiative=id, title=text, department=text) for id in range(1, 99))))

    for standing in (Standing(text, undo=True), Standing(proposed=proposal_sentence(largest))):
        accepted(decision_card(full, standing))
    assert light(drawn(delegate_form(7, text)))
    assert light(drawn(delegated_view(text)))


def test_who_is_to_decide_is_told_by_whom_with_the_card() -> None:
    card = Message("The card.", [paragraph("The card.")])

    assert "Edda asks you to decide this for the executives." in words(delegated_message(card, "Edda"))
    assert delegated_message(card, "Edda", again=True).text.startswith("A reminder: Edda")
    assert "taken back" in words(delegated_message(None, "Edda"))
    accepted(delegated_message(card, LONG, again=True))
