from collections.abc import Callable
from typing import Any

import pytest

from db.registers import SqlRegisters
from planning.audit.values import Entry
from planning.errors import FieldError, NotAllowed
from planning.findings.values import Rule
from planning.initiatives.registering import register_initiative
from planning.workspace.arranging import save_department, save_roles, stewards_of
from planning.workspace.values import AlertsTo, Person, Role
from tests.builders import NOW, draft, vector


@pytest.fixture
def sam(company: SqlRegisters) -> Person:
    """The steward; Ada (1) and Bo (2) lead departments."""
    with company.writing() as register:
        return register.people.add("Sam Steward", slack_id="U0SAM", roles=frozenset({Role.STEWARD}))


def named(company: SqlRegisters, actor: Person, executives: tuple[int, ...], stewards: tuple[int, ...]) -> None:
    with company.writing() as register:
        known = {person.id: person for person in register.people.all()}
        save_roles(register, [known[id] for id in executives], [known[id] for id in stewards], actor, NOW)


def roles(company: SqlRegisters) -> dict[str, set[Role]]:
    with company.reading() as register:
        return {person.name.split()[0]: set(person.roles) for person in register.people.all()}


def entries(company: SqlRegisters) -> list[Entry]:
    with company.reading() as register:
        return [entry for entry in register.audit.since(None) if entry.verb == "person.roles"]


def test_executives_and_stewards_are_exactly_those_named_and_leads_stay_leads(
    company: SqlRegisters, sam: Person
) -> None:
    named(company, sam, executives=(1,), stewards=(2, sam.id))
    assert roles(company) == {
        "Ada": {Role.LEAD, Role.EXECUTIVE},
        "Bo": {Role.LEAD, Role.STEWARD},
        "Sam": {Role.STEWARD},
    }

    named(company, sam, executives=(), stewards=(2,))
    assert roles(company) == {"Ada": {Role.LEAD}, "Bo": {Role.LEAD, Role.STEWARD}, "Sam": set()}


def test_each_person_who_changes_is_on_record_and_nobody_else(company: SqlRegisters, sam: Person) -> None:
    named(company, sam, executives=(1,), stewards=(sam.id,))
    named(company, sam, executives=(1,), stewards=(sam.id,))

    (entry,) = entries(company)
    assert (entry.subject, entry.actor) == ("person:1", sam.id)
    assert entry.details == {"from": ["lead"], "to": ["executive", "lead"]}


def test_somebody_has_to_look_after_it(company: SqlRegisters, sam: Person) -> None:
    with pytest.raises(FieldError) as refusal:
        named(company, sam, executives=(1,), stewards=())

    assert list(refusal.value.errors) == ["stewards"]
    with company.reading() as register:
        assert stewards_of(register) == [sam]
        assert Role.EXECUTIVE not in register.people.by_id(1).roles


def test_only_stewards_name_others(company: SqlRegisters, sam: Person) -> None:
    with company.reading() as register:
        ada = register.people.by_id(1)

    with pytest.raises(NotAllowed, match="Ask Sam Steward"):
        named(company, ada, executives=(), stewards=(1,))


def test_findings_name_a_department_by_its_new_name(company: SqlRegisters, sam: Person) -> None:
    with company.writing() as register:
        register_initiative(register, draft(stages=()), vector(), {}, sam, NOW)
        save_department(register, 1, "Brand", (), None, AlertsTo.LEADS, sam, NOW)

        (gap,) = (f for f in register.findings.standing() if f.found.rule is Rule.INITIATIVE_INCOMPLETE)
    assert "(Brand)" in gap.found.why


def test_leads_who_come_and_go_are_on_record(company: SqlRegisters, sam: Person) -> None:
    with company.writing() as register:
        save_department(register, 1, "Marketing", [register.people.by_id(sam.id)], None, AlertsTo.LEADS, sam, NOW)

    told = {entry.subject: entry.details for entry in entries(company)}
    assert told["person:1"] == {"from": ["lead"], "to": []}
    assert told[f"person:{sam.id}"] == {"from": ["steward"], "to": ["lead", "steward"], "department": 1}


def test_who_is_no_steward_any_more_names_none(company: SqlRegisters, sam: Person) -> None:
    named(company, sam, executives=(), stewards=(1,))

    with pytest.raises(NotAllowed, match="Ask Ada Berg"):
        named(company, sam, executives=(), stewards=(sam.id,))


def test_of_two_stewards_who_remove_each_other_at_once_one_stays(
    company: SqlRegisters, sam: Person, at_once: Callable[..., list[Any]]
) -> None:
    named(company, sam, executives=(), stewards=(1, sam.id))
    with company.reading() as register:
        waiting = [register.people.by_id(1), register.people.by_id(sam.id)]

    def remove_the_other() -> bool:
        own = waiting.pop()
        try:
            named(company, own, executives=(), stewards=(own.id,))
        except NotAllowed:
            return False
        return True

    assert sorted(at_once(remove_the_other, 2)) == [False, True]
    with company.reading() as register:
        assert len(stewards_of(register)) == 1


def test_a_department_that_loses_its_lead_keeps_its_steward(company: SqlRegisters, sam: Person) -> None:
    named(company, sam, executives=(), stewards=(1,))
    with company.writing() as register:
        save_department(register, 1, "Marketing", [], None, AlertsTo.LEADS, register.people.by_id(1), NOW)

    assert roles(company)["Ada"] == {Role.STEWARD}
