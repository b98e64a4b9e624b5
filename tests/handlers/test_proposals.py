from dataclasses import replace
from typing import Any

import pytest

from db.database import Database
from handlers.ids import Action
from handlers.proposals import COMES, PLANNED, PRESSES, open_wishes, presser, propose, submit_wishes
from planning.errors import NotAllowed, NotFound
from planning.findings.values import Finding, Rule, State
from planning.outbox.values import Address, Message, MessageKind
from planning.plans.values import PlanState
from planning.proposals.asking import Proposal
from planning.proposals.changes import ChangeKind
from planning.proposals.values import About, AboutKind, Forbidden, Proposed, Wishes
from tests.builders import NOW, draft, found, person, pool, steward, vector
from tests.handlers.slack import Desk, buttons, field_of, spoken, submitted
from tests.handlers.views.limits import accepted, words
from tests.proposed import ABOUT, done, moved, proposed

MESSAGE = {"container": {"type": "message", "is_ephemeral": False}}


@pytest.fixture
def overlap(desk: Desk) -> Finding:
    """Two initiatives of Ada's and Bo's departments ask for the same people."""
    with desk.registers.writing() as register:
        register.pools.add(pool(name="Release testing"))
        register.initiatives.add(draft(title="Clearer letters"), vector(1), NOW)
        register.initiatives.add(draft(title="Plain words", department=2), vector(2), NOW)
        return register.findings.add(found(rule=Rule.RESOURCE_CONTENTION), NOW)


def press(desk: Desk, action: Action, id: int, **body: Any) -> None:
    presser(*PRESSES[action])(
        desk.ack, body or MESSAGE, {"value": str(id)}, desk.client, desk.actor, desk.registers, desk.now, desk.respond
    )


def computed(desk: Desk, about: About, best: Proposed | None = None) -> Proposal:
    """A proposal that Ada has asked for and that is done."""
    with desk.registers.writing() as register:
        return register.proposals.add(done(best, about=about, asked_by=1))


def newest(desk: Desk, about: About) -> Proposal:
    with desk.registers.reading() as register:
        return register.proposals.of(about)[0]


def shown_to(desk: Desk, database: Database) -> list[Message]:
    """The messages that show proposals."""
    page = database.outbox("main").page(20)
    return [message for message in page.items if message.posting.kind is MessageKind.PROPOSAL]


def test_alone_it_says_how_and_offers_the_own_overlaps(desk: Desk, overlap: Finding) -> None:
    shown = propose(desk.call())

    assert "/cx propose stage NAME" in words(shown)
    assert buttons(accepted(shown))[Action.PROPOSAL_ASK]["value"] == str(overlap.id)
    stranger = replace(desk, actor=person(id=2, name="Sam", roles=frozenset()))
    assert buttons(accepted(propose(stranger.call()))) == {}


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ("CX-2", About(kind=AboutKind.FINDING, id=1)),
        ("stage join", About(kind=AboutKind.STAGE, id=1)),
        ("POOL release", About(kind=AboutKind.POOL, id=1)),
        ("quarter", About(kind=AboutKind.QUARTER, quarter="2027-Q1")),
        ("quarter q3 2027", About(kind=AboutKind.QUARTER, quarter="2027-Q3")),
    ],
)
def test_what_is_named_is_asked_for_and_comes_in_a_message(
    desk: Desk, database: Database, overlap: Finding, typed: str, about: About
) -> None:
    assert COMES in words(propose(desk.call(typed)))

    assert newest(desk, about).asked_by == 1
    (message,) = shown_to(desk, database)
    assert message.posting.address == Address.person("U0ADA")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("stage xyz", "No stage is called “xyz”. There is: Join"),
        ("pool", "Which pool\\? There is: Release testing"),
        ("quarter soon", "such as 2027-Q1"),
        ("CX-99", "CX-99"),
        ("something", "Which initiative\\?"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(desk: Desk, overlap: Finding, typed: str, told: str) -> None:
    with pytest.raises(NotFound, match=told):
        propose(desk.call(typed))


def test_of_several_overlaps_of_an_initiative_one_is_chosen(desk: Desk, overlap: Finding) -> None:
    with desk.registers.writing() as register:
        register.findings.add(found(rule=Rule.CONTACT_COLLISION), NOW)

    assert "CX-1 has several open overlaps" in words(propose(desk.call("cx-1")))


def test_an_overlap_that_moving_cannot_end_is_said_to_be_none_of_these(desk: Desk, overlap: Finding) -> None:
    with desk.registers.writing() as register:
        register.findings.save(replace(overlap, closed_at=NOW), NOW)
        register.findings.add(found(rule=Rule.METRIC_CONFLICT), NOW)

    with pytest.raises(NotFound, match="no open overlap that moving could end"):
        propose(desk.call("CX-1"))


def test_who_has_no_say_is_told_whom_to_ask(desk: Desk, overlap: Finding) -> None:
    stranger = replace(desk, actor=person(id=2, name="Sam", roles=frozenset()))

    with pytest.raises(NotAllowed, match="lead of your department"):
        propose(stranger.call("quarter"))
    stranger = replace(desk, actor=person(id=99, name="Sam"))
    with pytest.raises(NotAllowed, match="Ask Ada Berg or Bo Lind"):
        press(stranger, Action.PROPOSAL_ASK, overlap.id)


def test_another_one_comes_in_a_message_of_its_own_and_the_old_one_is_drawn_again(
    desk: Desk, database: Database, overlap: Finding
) -> None:
    press(desk, Action.PROPOSAL_ASK, overlap.id)
    with desk.registers.writing() as register:
        waiting = register.proposals.by_id(1)
        register.proposals.save(replace(done(), about=waiting.about, asked_by=1))
    press(desk, Action.PROPOSAL_ANOTHER, 1)

    assert newest(desk, waiting.about).wishes.avoided == (proposed().signature,)
    assert [message.wanted for message in shown_to(desk, database)] == [1, 2]
    assert COMES in spoken(desk.private_reply["blocks"])


def test_a_failed_one_is_tried_again_and_a_running_one_stopped(desk: Desk) -> None:
    computed(desk, ABOUT)
    press(desk, Action.PROPOSAL_AGAIN, 1)
    press(desk, Action.PROPOSAL_STOP, 2)

    assert newest(desk, ABOUT).stop


def test_what_is_pinned_and_forbidden_goes_into_the_next_one(desk: Desk, overlap: Finding) -> None:
    proposal = computed(desk, ABOUT)
    open_wishes(desk.ack, dict(MESSAGE, trigger_id="1"), {"value": "1"}, desk.client, desk.actor, desk.registers)
    options = field_of(desk.modal, "pinned")["options"]
    assert [option["text"]["text"] for option in options] == ["CX-1 Clearer letters", "CX-2 Plain words"]

    typed = submitted(desk.modal, pinned=[1], keeps_contacts=[2])
    submit_wishes(desk.ack, typed, desk.actor, desk.registers, desk.now)

    forbidden = (Forbidden(initiative=2, change=ChangeKind.CONTACT_MOVED),)
    assert newest(desk, ABOUT).wishes == Wishes(pinned=(1,), forbidden=forbidden)
    assert newest(desk, ABOUT).id != proposal.id
    assert COMES in spoken(desk.shown)


def test_planning_it_together_settles_the_overlap(desk: Desk, overlap: Finding) -> None:
    computed(desk, About(kind=AboutKind.FINDING, id=overlap.id))
    press(desk, Action.PROPOSAL_PLAN, 1)

    assert PLANNED in spoken(desk.private_reply["blocks"])
    with desk.registers.reading() as register:
        assert register.findings.by_id(overlap.id).state(NOW) is State.SETTLED


def test_planning_a_quarter_together_brings_in_those_whose_work_would_move(desk: Desk, overlap: Finding) -> None:
    computed(desk, ABOUT, proposed(changes=(moved(), moved(initiative=2))))
    press(desk, Action.PROPOSAL_PLAN, 1)

    with desk.registers.reading() as register:
        (plan,) = register.plans.in_state({PlanState.OPEN})
    assert (plan.initiatives, plan.people, plan.terms.proposal) == ((1, 2), (1, 2), 1)


def test_a_steward_of_another_department_may_ask_for_anything(desk: Desk, overlap: Finding) -> None:
    helper = replace(desk, actor=steward(id=2, slack_id="U0BO"))
    press(helper, Action.PROPOSAL_ASK, overlap.id)

    assert newest(desk, About(kind=AboutKind.FINDING, id=overlap.id)).asked_by == 2
