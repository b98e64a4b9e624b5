"""A double click, or what Slack delivers twice, changes nothing the second time."""

from contextlib import suppress
from typing import Any

import pytest

from db.database import Database
from db.registers import SqlRegisters
from handlers.findings import DEEDS, doing
from handlers.ids import Action
from handlers.verdicts import FORMS, opener, submit_hand, submit_join, submit_snooze
from planning.errors import AlreadyDone
from planning.findings.handing import hand
from planning.findings.settling import decide
from planning.findings.values import Choice, Finding, Kind
from planning.initiatives.registering import register_initiative
from tests.builders import NOW, draft, lead, vector
from tests.handlers.slack import Desk, submitted

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")


@pytest.fixture
def overlap(company: SqlRegisters) -> Finding:
    """CX-1 of Ada's department and CX-2 of Bo's."""
    with company.writing() as register:
        register_initiative(register, draft(stages=(1,)), vector(1), {}, ADA, NOW)
        register_initiative(register, draft(department=2, stages=(1,)), vector(1), {}, BO, NOW)
        return register.findings.standing(Kind.OVERLAP)[0]


def standing(desk: Desk, database: Database) -> tuple[object, ...]:
    with desk.registers.reading() as register:
        audit = [(entry.verb, entry.subject) for entry in register.audit.since(None)]
        plans = register.plans.changed_since(None)
        held = (register.initiatives.all(), register.findings.standing(), audit, plans)
    return *held, database.outbox("main").page(1).total


@pytest.mark.parametrize("button", [*DEEDS])
def test_a_button_pressed_twice_does_it_once(desk: Desk, database: Database, overlap: Finding, button: Action) -> None:
    with desk.registers.writing() as register:
        if button is Action.OVERLAP_UNDO:
            decide(register, overlap.id, Choice.COORDINATE, BO, NOW)
        if button is Action.OVERLAP_TAKE_BACK:
            hand(register, overlap.id, BO, ADA, NOW)
    arguments: tuple[Any, ...] = (
        {"container": {}},
        {"value": str(overlap.id)},
        desk.client,
        desk.actor,
        desk.registers,
        desk.now,
    )
    before = standing(desk, database)
    doing(DEEDS[button])(desk.ack, *arguments, desk.respond)
    once = standing(desk, database)
    assert once != before

    with suppress(AlreadyDone):
        doing(DEEDS[button])(desk.ack, *arguments, desk.respond)
    assert standing(desk, database) == once


@pytest.mark.parametrize(
    ("button", "submit", "typed"),
    [
        (Action.OVERLAP_JOIN, submit_join, {"given_up": "1"}),
        (Action.OVERLAP_SNOOZE, submit_snooze, {"until": "2027-03-20"}),
        (Action.OVERLAP_HAND, submit_hand, {"colleague": "U0NEW"}),
    ],
)
def test_a_form_sent_twice_does_it_once(
    desk: Desk, database: Database, overlap: Finding, button: Action, submit: Any, typed: dict[str, str]
) -> None:
    shared = ({"value": str(overlap.id)}, desk.client, desk.actor, desk.registers, desk.now)
    opener(FORMS[button])(desk.ack, desk.body, *shared)
    form = submitted(desk.modal, **typed)
    sender = (desk.context, desk.client) if submit is submit_hand else ()
    seen = []
    for _ in range(2):
        submit(desk.ack, form, *sender, desk.actor, desk.registers, desk.now)
        seen.append(standing(desk, database))

    assert seen[0] == seen[1]
