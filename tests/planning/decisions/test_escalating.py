from dataclasses import replace

import pytest

from db.database import Database
from db.registers import SqlRegister, SqlRegisters
from planning.alerts.values import AlertState
from planning.decisions.asking import asked_now
from planning.decisions.escalating import NEXT, ask_executives, escalate
from planning.findings.settling import decide, undo
from planning.findings.values import Choice, Finding, Found, Rule, members
from planning.outbox.values import MessageKind
from tests.builders import NOW, at, draft, found, lead, vector
from tests.planned import alert
from tests.planning.decisions.test_costing import opposed
from tests.planning.plans.stories import queued

ADA = lead(1, id=1)


def overlap(register: SqlRegister, *, told: float | None = 0) -> Finding:
    """CX-1 and CX-2 overlap since NOW; Ada is told so many days later."""
    for number in (1, 2):
        register.initiatives.add(draft(department=number), vector(number), NOW)
    finding = register.findings.add(found(), NOW)
    if told is not None:
        waiting = register.alerts.add(alert(due_at=at(told)))
        assert waiting is not None
        register.alerts.save_all([replace(waiting, state=AlertState.CARD, told_at=at(told))])
    return finding


def escalated(registers: SqlRegisters, days: float) -> int:
    with registers.writing() as register:
        return escalate(register, at(days))


def test_what_the_leads_leave_for_ten_working_days_is_asked_once_with_a_proposal(
    company: SqlRegisters, database: Database
) -> None:
    with company.writing() as register:
        overlap(register)
    assert (escalated(company, 13), escalated(company, 14), escalated(company, 15)) == (0, 1, 0)

    with company.reading() as register:
        (asked,) = asked_now(register, at(15))
        assert register.proposals.by_id(asked.decision.proposal or 0).asked_by is None
        assert [one.verb for one in register.audit.since(None)].count("decision.asked") == 1
    assert [one.posting.payload["what"] for one in queued(database, MessageKind.NEWS)] == ["asked"]


@pytest.mark.parametrize(("told", "day"), [(4, 18), (None, 14)], ids=["told later", "nobody to tell"])
def test_the_wait_begins_when_the_leads_were_told(company: SqlRegisters, told: float | None, day: int) -> None:
    with company.writing() as register:
        overlap(register, told=told)

    assert (escalated(company, day - 1), escalated(company, day)) == (0, 1)


def test_what_hits_customers_soon_is_asked_after_two_working_days(company: SqlRegisters) -> None:
    with company.writing() as register:
        finding = overlap(register)
        soon = Found(Rule.CONTACT_COLLISION, members((1, 2)), 1.0, (opposed(7),))
        register.findings.save(replace(finding, found=soon), NOW)

    assert (escalated(company, 1), escalated(company, 2)) == (0, 1)


def test_what_is_settled_snoozed_or_gone_meanwhile_is_not_asked_any_more(company: SqlRegisters) -> None:
    with company.writing() as register:
        finding = overlap(register)
    escalated(company, 14)

    with company.writing() as register:
        decide(register, finding.id, Choice.SNOOZE, ADA, at(15), at(30))
        assert asked_now(register, at(16)) == []
        undo(register, finding.id, ADA, at(16))
        assert [one.finding.id for one in asked_now(register, at(16))] == [finding.id]
        decide(register, finding.id, Choice.COORDINATE, ADA, at(17))
        assert asked_now(register, at(17)) == []
    assert escalated(company, 40) == 0


def test_all_that_waits_is_asked_and_the_dearest_have_a_proposal(company: SqlRegisters) -> None:
    with company.writing() as register:
        for number in range(1, NEXT + 5):
            register.initiatives.add(draft(department=1 + number % 2), vector(number), NOW)
        pairs = [(number, number + 1) for number in range(1, NEXT + 4)]
        register.findings.add_all([replace(found(*pair), score=0.5 + pair[0] / 100) for pair in pairs], NOW)
    assert (escalated(company, 14), escalated(company, 15)) == (NEXT + 3, 0)

    with company.reading() as register:
        asked = asked_now(register, at(15))
    scores = [one.finding.found.score for one in asked]
    assert scores == sorted(scores, reverse=True)
    assert [one.decision.proposal is not None for one in asked] == [True] * NEXT + [False] * 3


def test_the_next_in_line_have_a_proposal_when_their_turn_comes(company: SqlRegisters) -> None:
    with company.writing() as register:
        finding = overlap(register)
        ask_executives(register, finding, at(14), proposed=False)
    escalated(company, 15)

    with company.reading() as register:
        (asked,) = asked_now(register, at(15))
        assert asked.decision.proposal is not None
