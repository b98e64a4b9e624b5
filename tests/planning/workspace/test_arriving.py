from dataclasses import replace

from db.registers import SqlRegisters
from planning.workspace.arriving import arrive
from planning.workspace.values import Person, Role


def arrived(registers: SqlRegisters, name: str, slack_id: str = "U0NEW") -> Person:
    with registers.writing() as register:
        return arrive(register, slack_id, name, "Europe/Paris")


def test_a_first_contact_makes_a_person_and_a_second_finds_them(registers: SqlRegisters) -> None:
    first = arrived(registers, " Zoë\n Quist ")

    assert (first.name, first.zone, first.roles) == ("Zoë Quist", "Europe/Paris", frozenset())
    assert arrived(registers, "Another name") == first


def test_a_name_that_an_import_brought_becomes_its_person(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        imported = register.people.add("Zoë Quist")

    assert arrived(registers, "zoë quist") == replace(imported, slack_id="U0NEW", zone="Europe/Paris")


def test_nobody_becomes_a_lead_by_taking_a_leads_name(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        lead = register.people.add("Zoë Quist", roles=frozenset({Role.LEAD}))

    impostor = arrived(registers, "Zoë Quist")

    assert (impostor.id != lead.id, impostor.roles) == (True, frozenset())


def test_a_name_that_two_imported_people_share_is_given_to_neither(registers: SqlRegisters) -> None:
    with registers.writing() as register:
        twins = {register.people.add("Zoë Quist").id, register.people.add("Zoë Quist").id}

    assert arrived(registers, "Zoë Quist").id not in twins
