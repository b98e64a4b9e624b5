import pytest

from db.registers import SqlRegister, SqlRegisters
from planning.alerts.preferences import Notice, Preferences
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.findings.handing import hand, take_back
from planning.findings.settling import decide
from planning.findings.values import Choice, Kind
from planning.initiatives.registering import register_initiative
from planning.workspace.values import Person
from tests.builders import NOW, draft, lead, person, vector

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")


@pytest.fixture
def overlap(company: SqlRegisters) -> int:
    """The id of an overlap between departments 1 and 2."""
    with company.writing() as register:
        register_initiative(register, draft(stages=(1,)), vector(1), {}, ADA, NOW)
        register_initiative(register, draft(department=2, stages=(1,)), vector(1), {}, BO, NOW)
        return register.findings.standing(Kind.OVERLAP)[0].id


def colleague(register: SqlRegister) -> Person:
    return register.people.add("Cy Moss", slack_id="U0CY", department=1)


def test_a_colleague_gets_a_card_and_may_decide(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register:
        cy = colleague(register)
        with pytest.raises(NotAllowed):
            decide(register, overlap, Choice.COORDINATE, cy, NOW)

        hand(register, overlap, cy, ADA, NOW)
        assert [a.address.ids for a in register.alerts.of(overlap) if a.person == cy.id] == [("U0CY",)]
        assert decide(register, overlap, Choice.COORDINATE, cy, NOW).late == ""


def test_what_was_handed_over_can_be_taken_back(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register:
        cy = colleague(register)
        hand(register, overlap, cy, ADA, NOW)
        assert take_back(register, overlap, ADA, NOW).handed is None

        with pytest.raises(NotAllowed):
            decide(register, overlap, Choice.COORDINATE, cy, NOW)
        with pytest.raises(AlreadyDone, match="not handed to anybody"):
            take_back(register, overlap, ADA, NOW)


def test_nobody_hands_it_to_themselves_or_when_it_is_decided(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register:
        with pytest.raises(FieldError, match="Choose a colleague"):
            hand(register, overlap, ADA, ADA, NOW)
        decide(register, overlap, Choice.COORDINATE, ADA, NOW)
        with pytest.raises(AlreadyDone, match="decided already"):
            hand(register, overlap, BO, ADA, NOW)


def test_who_has_switched_overlaps_off_is_not_handed_one_in_silence(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register:
        cy = colleague(register)
        register.preferences.save(Preferences(cy.id, frozenset({Notice.OVERLAPS})))
        with pytest.raises(FieldError, match="Choose somebody else"):
            hand(register, overlap, cy, ADA, NOW)
        assert register.findings.by_id(overlap).handed is None


def test_only_whom_it_concerns_hands_it_over(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register, pytest.raises(NotAllowed, match="Ask Ada Berg or Bo Lind"):
        hand(register, overlap, BO, person(id=77, slack_id="U0EVE"), NOW)
