from dataclasses import replace
from typing import Any

import pytest

from db.database import Database
from db.registers import SqlRegisters
from handlers.finding_lists import list_gaps, list_overlaps, show_gaps, show_map, show_overlaps
from handlers.findings import DEEDS, doing, show_overlap
from handlers.ids import Action
from handlers.views.paging import PAGE, Place
from planning.errors import NotAllowed, NotFound
from planning.findings.values import Finding, Kind, Rule, State
from planning.gaps.finding import find_gaps
from planning.outbox.values import Address, MessageKind, Posting
from planning.portfolio.scope import Scope
from tests.builders import NOW, draft, found, person, vector
from tests.handlers.slack import Desk, buttons, spoken
from tests.handlers.views.limits import accepted, elements, words

MESSAGE = {"container": {"type": "message", "is_ephemeral": False}}
PRIVATE = {"container": {"type": "message", "is_ephemeral": True}}


@pytest.fixture
def overlap(company: SqlRegisters) -> Finding:
    """Clearer letters of Marketing and Plain words of Service, with a card sent to each lead."""
    with company.writing() as register:
        register.initiatives.add(draft(title="Clearer letters"), vector(1), NOW)
        register.initiatives.add(draft(title="Plain words", department=2), vector(2), NOW)
        finding = register.findings.add(found(), NOW)
        for lead in ("U0ADA", "U0BO"):
            key = f"alert:{finding.id}:{lead}"
            register.postings.add(Posting(key, MessageKind.ALERT, finding.id, Address.person(lead)), NOW)
    return finding


def press(desk: Desk, button: Action, finding: Finding, body: dict[str, Any] | None = None) -> None:
    """Press a button of the card."""
    action, shared = {"value": str(finding.id)}, (desk.client, desk.actor, desk.registers, desk.now, desk.respond)
    doing(DEEDS[button])(desk.ack, body or MESSAGE, action, *shared)


def state_of(desk: Desk, finding: Finding) -> State:
    with desk.registers.reading() as register:
        return register.findings.by_id(finding.id).state(NOW)


@pytest.mark.parametrize(
    ("button", "state"),
    [
        (Action.OVERLAP_PLAN, State.SETTLED),
        (Action.OVERLAP_COORDINATE, State.SETTLED),
        (Action.OVERLAP_DIFFERENT, State.DISMISSED),
    ],
)
def test_each_button_does_what_it_says_and_undo_takes_it_back(
    desk: Desk, overlap: Finding, button: Action, state: State
) -> None:
    press(desk, button, overlap)
    assert state_of(desk, overlap) is state

    press(desk, Action.OVERLAP_UNDO, overlap)
    assert state_of(desk, overlap) is State.OPEN
    assert desk.ack.call_count == 2


def test_a_verdict_has_every_card_drawn_again_and_sends_nothing_itself(
    desk: Desk, overlap: Finding, database: Database
) -> None:
    press(desk, Action.OVERLAP_COORDINATE, overlap)

    page = database.outbox("main").page(10)
    assert [message.wanted for message in page.items] == [2, 2]
    desk.respond.assert_not_called()
    assert desk.client.method_calls == []


def test_planning_together_opens_one_conversation_however_often_it_is_pressed(
    desk: Desk, other: Desk, overlap: Finding, database: Database
) -> None:
    press(desk, Action.OVERLAP_PLAN, overlap)
    press(other, Action.OVERLAP_PLAN, overlap)
    assert "Ada Berg was faster" in spoken(other.private_reply["blocks"])

    plans = [m for m in database.outbox("main").page(10).items if m.posting.kind is MessageKind.PLAN]
    assert [plan.posting.address for plan in plans] == [Address.group(("U0ADA", "U0BO"))]


def test_somebody_whom_it_does_not_concern_is_told_whom_to_ask(desk: Desk, overlap: Finding) -> None:
    stranger = replace(desk, actor=person(id=99, name="Sam"))

    with pytest.raises(NotAllowed, match="Ada Berg or Bo Lind"):
        press(stranger, Action.OVERLAP_PLAN, overlap)
    assert state_of(desk, overlap) is State.OPEN


def test_a_private_card_is_replaced_where_it_stands(desk: Desk, overlap: Finding) -> None:
    press(desk, Action.OVERLAP_COORDINATE, overlap, PRIVATE)

    assert desk.private_reply["replace_original"] is True
    assert "by Ada Berg" in spoken(desk.private_reply["blocks"])


def test_a_card_in_a_modal_is_replaced_there(desk: Desk, overlap: Finding) -> None:
    press(desk, Action.OVERLAP_COORDINATE, overlap, {"view": {"type": "modal", "id": "V1"}})

    assert "by Ada Berg" in spoken(desk.modal["blocks"])


def test_the_list_opens_cards(desk: Desk, overlap: Finding) -> None:
    shown = show_overlaps(desk.call())
    assert "Clearer letters" in words(shown)
    assert Action.OVERLAP_SHOW in buttons(accepted(shown))

    shared = (desk.client, desk.actor, desk.registers, desk.now, desk.respond)
    show_overlap(desk.ack, PRIVATE, {"value": str(overlap.id)}, *shared)
    assert Action.OVERLAP_PLAN in buttons(desk.private_reply["blocks"])


def test_overlaps_of_one_department_are_asked_for_by_the_beginning_of_its_name(desk: Desk, overlap: Finding) -> None:
    assert "1 open overlap of Marketing" in words(show_overlaps(desk.call("marke")))
    assert "1 open overlap of Marketing" in words(show_overlaps(desk.call("mine")))
    with pytest.raises(NotFound, match="Marketing, Service"):
        show_overlaps(desk.call("Wizardry"))


def test_overlaps_of_one_initiative_are_asked_for_by_its_number(desk: Desk, overlap: Finding) -> None:
    assert "1 open overlap of CX-2" in words(show_overlaps(desk.call("cx-2")))
    press(desk, Action.OVERLAP_COORDINATE, overlap)
    assert "No open overlaps of CX-2." in words(show_overlaps(desk.call("CX-2")))
    with pytest.raises(NotFound, match="CX-99"):
        show_overlaps(desk.call("CX-99"))


def test_somebody_without_a_department_is_told_to_name_one(desk: Desk) -> None:
    nora = replace(desk, actor=person(id=99))

    with pytest.raises(NotFound, match="does not know your department"):
        show_overlaps(nora.call("mine"))


def test_somebody_who_has_no_say_sees_whom_to_ask_instead_of_buttons(desk: Desk, overlap: Finding) -> None:
    shared = (desk.client, person(id=99, name="Sam"), desk.registers, desk.now, desk.respond)
    show_overlap(desk.ack, PRIVATE, {"value": str(overlap.id)}, *shared)

    assert buttons(desk.private_reply["blocks"]) == {}
    assert "Ask Ada Berg or Bo Lind." in spoken(desk.private_reply["blocks"])


def test_a_long_list_is_turned_page_by_page(desk: Desk, overlap: Finding) -> None:
    with desk.registers.writing() as register:
        for number in range(3, 15):
            register.initiatives.add(draft(title=f"Letter {number}"), vector(number), NOW)
            register.findings.add(found(1, number), NOW)
    first = show_overlaps(desk.call())
    (more,) = [b for b in elements(first, "button") if b["action_id"] == Action.LIST_MORE]
    place = Place.model_validate_json(more["value"])

    assert (place.list, place.offset) == ("overlaps", PAGE)
    assert "…and 3 more" in words(first)
    second = list_overlaps(desk.call(), place.query, place.offset)
    assert len([b for b in elements(second, "button") if b["action_id"] == Action.OVERLAP_SHOW]) == 3


@pytest.fixture
def gaps(desk: Desk, overlap: Finding) -> list[Finding]:
    """All that is missing, as found."""
    with desk.registers.writing() as register:
        portfolio = register.initiatives.portfolio(NOW)
        register.findings.add_all(find_gaps(portfolio, Scope.everything(portfolio)), NOW)
        return register.findings.standing(Kind.GAP)


def test_gaps_are_listed_worst_first(desk: Desk, gaps: list[Finding]) -> None:
    shown = show_gaps(desk.call())
    worst = max(gaps, key=lambda gap: gap.found.score)

    assert f"{len(gaps)} open gaps" in words(shown)
    assert words(shown).index(worst.found.why) < words(shown).index("has no")


def test_gaps_of_one_kind_are_asked_for_by_its_word(desk: Desk, gaps: list[Finding]) -> None:
    of_initiatives = [gap for gap in gaps if gap.found.rule is Rule.INITIATIVE_INCOMPLETE]

    assert f"{len(of_initiatives)} open gaps (initiatives)" in words(show_gaps(desk.call("initiatives")))
    assert "1 open gap of Service (initiatives)" in words(list_gaps(desk.call(), "initiative serv", 0))
    with pytest.raises(NotFound, match="The words are: problems, metrics, stages"):
        show_gaps(desk.call("contacts"))


def test_overlaps_of_one_kind_are_asked_for_by_its_word(desk: Desk, overlap: Finding) -> None:
    assert "1 open overlap (work)" in words(show_overlaps(desk.call("work")))
    assert "1 open overlap of Marketing (work)" in words(show_overlaps(desk.call("work mine")))
    assert "No open overlaps (people)." in words(show_overlaps(desk.call("people")))


def test_a_department_that_is_called_like_a_kind_is_still_found(desk: Desk, overlap: Finding) -> None:
    with desk.registers.writing() as register:
        register.departments.add("People")

    assert "No open overlaps of People." in words(show_overlaps(desk.call("people")))


def test_a_department_whose_name_begins_with_a_kind_is_found_by_two_of_its_words(desk: Desk, overlap: Finding) -> None:
    with desk.registers.writing() as register:
        register.departments.add("Work Safety Office")

    assert "No open overlaps of Work Safety Office." in words(show_overlaps(desk.call("work safety")))
    assert "1 open overlap (work)" in words(show_overlaps(desk.call("work")))


def test_who_is_silent_is_told_as_unknown_beside_the_gaps(desk: Desk, gaps: list[Finding]) -> None:
    with desk.registers.writing() as register:
        register.departments.add("Legal")

    assert "Legal has registered nothing. What it does is unknown, not missing." in words(show_gaps(desk.call()))
    assert "Legal" not in words(show_gaps(desk.call("stages")))


def test_the_map_is_drawn_for_one_pair_of_eyes(desk: Desk, overlap: Finding) -> None:
    assert "Who works on which stage" in words(show_map(desk.call()))
