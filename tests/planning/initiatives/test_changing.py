import pytest

from db.registers import SqlRegisters
from planning.errors import NotAllowed
from planning.findings.values import Kind
from planning.initiatives.changing import add_contact, remove_contact, who_may_change
from planning.initiatives.registering import register_initiative
from planning.initiatives.values import Contact, Initiative, Intent
from planning.workspace.values import Person
from tests.builders import NOW, at, contact, draft, lead, vector

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")
CANCEL, WIN = contact(intent=Intent.CANCEL), contact(intent=Intent.WIN)


@pytest.fixture
def planned(company: SqlRegisters) -> Initiative:
    """CX-1 of Marketing plans two contacts, one of which runs into CX-2 of Service."""
    with company.writing() as register:
        first = register_initiative(register, draft(contacts=(CANCEL, contact())), vector(1), {}, ADA, NOW)
        register_initiative(register, draft(department=2, contacts=(WIN,)), vector(5), {}, BO, NOW)
    return first


def removed(company: SqlRegisters, one: Contact, actor: Person = ADA) -> Initiative:
    with company.writing() as register:
        return remove_contact(register, 1, one, actor, at(1))


def overlaps(company: SqlRegisters) -> int:
    with company.reading() as register:
        return len(register.findings.standing(Kind.OVERLAP))


def test_a_removed_contact_no_longer_runs_into_anything_until_it_is_planned_again(
    company: SqlRegisters, planned: Initiative
) -> None:
    assert overlaps(company) == 1
    assert removed(company, CANCEL).draft.contacts == (contact(),)
    assert overlaps(company) == 0

    with company.writing() as register:
        add_contact(register, 1, CANCEL, ADA, at(2))
    assert overlaps(company) == 1


def test_removing_twice_changes_nothing_more(company: SqlRegisters, planned: Initiative) -> None:
    first = removed(company, CANCEL)
    assert removed(company, CANCEL) == first

    with company.reading() as register:
        assert [entry.verb for entry in register.audit.since(None)].count("initiative.amended") == 1


def test_who_may_not_change_it_is_told_whom_to_ask(company: SqlRegisters, planned: Initiative) -> None:
    with pytest.raises(NotAllowed, match="belongs to Marketing; ask Ada Berg to change it"):
        removed(company, CANCEL, BO)


def test_without_owner_and_lead_a_steward_is_asked(company: SqlRegisters) -> None:
    with company.writing() as register:
        claims = register.departments.add("Claims")
        one = register.initiatives.add(draft(department=claims.id), vector(1), NOW)

        assert who_may_change(register, one) == "CX-1 belongs to Claims; ask a steward to change it."
