import pytest

from db.registers import SqlRegisters
from planning.errors import FieldError, NotAllowed
from planning.journey.segments import save_segment
from planning.journey.values import Segment
from planning.workspace.values import Person
from tests.builders import NOW, lead, segment, steward


def saved(company: SqlRegisters, one: Segment, by: Person | None = None) -> Segment:
    with company.writing() as register:
        return save_segment(register, one, by or steward(id=1), NOW)


def test_a_new_one_is_stored_with_everything(company: SqlRegisters) -> None:
    one = saved(company, Segment(0, "  Young\nfamilies ", 1, 5, 0))

    with company.reading() as register:
        assert register.journeys.current().segments[1] == one == Segment(2, "Young families", 1, 5, 0)
        assert register.journeys.versions(1)[0].told == ("New segments: “Young families”.",)


@pytest.mark.parametrize(
    ("one", "field"),
    [
        (segment(parent=1), "parent"),
        (segment(parent=2), "parent"),
        (segment(parent=9), "parent"),
        (segment(name="families"), "name"),
        (segment(weight=0), "weight"),
        (segment(weekly_contacts=1001), "weekly_contacts"),
    ],
    ids=["itself", "its part", "nobody", "taken", "weight", "limit"],
)
def test_what_cannot_be_is_told_at_its_field(company: SqlRegisters, one: Segment, field: str) -> None:
    saved(company, Segment(0, "Families", 1))
    with pytest.raises(FieldError) as refusal:
        saved(company, one)

    assert list(refusal.value.errors) == [field]


def test_only_stewards_save_one(company: SqlRegisters) -> None:
    with pytest.raises(NotAllowed):
        saved(company, segment(), lead(2, id=2))
