import pytest

from db.registers import SqlRegisters
from planning.errors import FieldError, NotAllowed, NotFound
from planning.findings.values import Rule
from planning.journey.hand_offs import bare_pairs, join_neighbours, remove_hand_off, save_hand_off
from planning.journey.values import HandOff, Journey
from planning.workspace.values import Person
from tests.builders import NOW, hand_off, journey, lead, stage, steward

SAM, BO = steward(id=1), lead(2, id=2)


def saved(company: SqlRegisters, one: HandOff, by: Person = SAM) -> HandOff:
    with company.writing() as register:
        return save_hand_off(register, one, by, NOW)


def rules(company: SqlRegisters) -> list[Rule]:
    with company.reading() as register:
        return [one.found.rule for one in register.findings.standing()]


def test_a_bare_hand_off_is_a_gap_until_it_is_taken_out(company: SqlRegisters) -> None:
    one = saved(company, hand_off(id=0, giver=None))
    assert Rule.BARE_HAND_OFF in rules(company)
    with company.writing() as register:
        remove_hand_off(register, one.id, SAM, NOW)

    assert Rule.BARE_HAND_OFF not in rules(company)
    with company.reading() as register:
        assert [version.told for version in register.journeys.versions(2)] == [
            ("Hand-offs that were taken out: “Join → Use”.",),
            ("Hand-offs that are new: “Join → Use”.",),
        ]


@pytest.mark.parametrize(
    ("one", "field"),
    [
        (hand_off(id=0, before=9), "before"),
        (hand_off(id=0, after=1), "after"),
        (hand_off(id=0, giver=9), "giver"),
        (hand_off(id=0, receiver=9), "receiver"),
        (hand_off(id=0, metric=9), "metric"),
    ],
)
def test_what_is_not_there_is_told_at_its_field(company: SqlRegisters, one: HandOff, field: str) -> None:
    with pytest.raises(FieldError) as refusal:
        saved(company, one)

    assert list(refusal.value.errors) == [field]


def test_only_what_is_there_is_changed_and_only_by_stewards(company: SqlRegisters) -> None:
    with pytest.raises(NotFound):
        saved(company, hand_off(id=9))
    with pytest.raises(NotAllowed):
        saved(company, hand_off(id=0), by=BO)


def test_neighbours_are_joined_once_in_the_order_of_the_journey(company: SqlRegisters) -> None:
    saved(company, HandOff(0, 2, 3, giver=1))
    with company.writing() as register:
        assert [join_neighbours(register, SAM, NOW) for _ in range(2)] == [1, 0]
        hand_offs = register.journeys.current().hand_offs
    assert {(one.before, one.after, one.giver) for one in hand_offs} == {(2, 3, 1), (1, 2, None)}


def test_the_place_of_a_stage_says_who_its_neighbours_are() -> None:
    turned = Journey(1, (stage(id=1, position=2), stage(id=2, position=1)))

    assert bare_pairs(turned) == [(2, 1)]
    assert bare_pairs(journey("Only")) == []
