from datetime import UTC, datetime
from typing import Any

import pytest

from db.registers import SqlRegisters
from handlers.ids import Action
from handlers.verdicts import FORMS, opener, submit_hand, submit_join, submit_snooze
from planning.findings.values import Finding, Kind, State
from planning.initiatives.registering import register_initiative
from tests.builders import NOW, draft, lead, vector
from tests.handlers.slack import Desk, buttons, spoken, submitted

BO = lead(2, id=2, name="Bo Lind", slack_id="U0BO")


@pytest.fixture
def overlap(company: SqlRegisters) -> Finding:
    """CX-1 of Ada's department and CX-2 of Bo's."""
    with company.writing() as register:
        register_initiative(register, draft(stages=(1,)), vector(1), {}, lead(1, id=1), NOW)
        register_initiative(register, draft(department=2, stages=(1,)), vector(1), {}, BO, NOW)
        return register.findings.standing(Kind.OVERLAP)[0]


def opened(desk: Desk, button: Action, finding: Finding) -> dict[str, Any]:
    opener(FORMS[button])(
        desk.ack, desk.body, {"value": str(finding.id)}, desk.client, desk.actor, desk.registers, desk.now
    )
    return desk.modal


def test_a_snooze_begins_with_a_week_and_ends_on_the_morning_of_that_day(desk: Desk, overlap: Finding) -> None:
    form = opened(desk, Action.OVERLAP_SNOOZE, overlap)
    (until,) = (block["element"] for block in form["blocks"])
    assert until["initial_date"] == "2027-03-08"

    submit_snooze(desk.ack, submitted(form, until="2027-03-20"), desk.actor, desk.registers, desk.now)
    with desk.registers.reading() as register:
        verdict = register.findings.by_id(overlap.id).verdict
    assert verdict is not None
    assert verdict.until == datetime(2027, 3, 20, 8, tzinfo=UTC)
    assert Action.OVERLAP_UNDO in buttons(desk.shown["blocks"])


def test_a_day_that_is_over_is_refused_at_its_field(desk: Desk, overlap: Finding) -> None:
    form = opened(desk, Action.OVERLAP_SNOOZE, overlap)
    submit_snooze(desk.ack, submitted(form, until="2027-02-20"), desk.actor, desk.registers, desk.now)

    assert desk.errors == {"until": "Choose a day after today and within a year."}


def test_one_can_join_with_what_is_ones_own(desk: Desk, overlap: Finding) -> None:
    form = opened(desk, Action.OVERLAP_JOIN, overlap)
    assert "for CX-2" in spoken(form["blocks"])
    assert "for CX-1" not in spoken(form["blocks"])

    submit_join(desk.ack, submitted(form, given_up="1"), desk.actor, desk.registers, desk.now)
    assert "join theirs, by Ada Berg" in spoken(desk.shown["blocks"])
    assert Action.OVERLAP_UNDO in buttons(desk.shown["blocks"])


def test_handing_over_makes_the_colleague_known_and_says_so_on_the_card(desk: Desk, overlap: Finding) -> None:
    form = opened(desk, Action.OVERLAP_HAND, overlap)
    shared = (desk.context, desk.client, desk.actor, desk.registers, desk.now)
    submit_hand(desk.ack, submitted(form, colleague="U0NEW"), *shared)

    assert "Ada Berg asked Nora New to decide it" in spoken(desk.shown["blocks"])
    with desk.registers.reading() as register:
        assert register.findings.by_id(overlap.id).state(NOW) is State.OPEN


def test_handing_it_to_oneself_is_refused_at_the_field(desk: Desk, overlap: Finding) -> None:
    form = opened(desk, Action.OVERLAP_HAND, overlap)
    shared = (desk.context, desk.client, desk.actor, desk.registers, desk.now)
    submit_hand(desk.ack, submitted(form, colleague="U0ADA"), *shared)

    assert desk.errors == {"colleague": "That is you. Choose a colleague."}
