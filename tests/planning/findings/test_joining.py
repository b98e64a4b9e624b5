from dataclasses import replace

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import FieldError, NotAllowed
from planning.findings.joining import join, may_give_up
from planning.findings.settling import undo
from planning.findings.values import Kind, Rule, State, members
from planning.initiatives.registering import register_initiative
from planning.outbox.values import MessageKind
from tests.builders import NOW, draft, found, lead, vector

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")
OURS, THEIRS = 1, 2


@pytest.fixture
def overlap(company: SqlRegisters) -> int:
    """The id of an overlap between CX-1 of Ada's department and CX-2 of Bo's."""
    with company.writing() as register:
        register_initiative(register, draft(stages=(1,)), vector(1), {}, ADA, NOW)
        register_initiative(register, draft(department=2, stages=(1,)), vector(1), {}, BO, NOW)
        return register.findings.standing(Kind.OVERLAP)[0].id


def test_who_joins_gives_their_own_up_and_the_others_are_told(
    database: Database, company: SqlRegisters, overlap: int
) -> None:
    with company.writing() as register:
        assert join(register, overlap, OURS, ADA, NOW).late == ""
        assert register.initiatives.by_id(OURS).joined == THEIRS
        assert register.findings.by_id(overlap).state(NOW) is State.CLOSED

    told = [
        m.posting.address.ids for m in database.outbox("main").page(20).items if m.posting.kind is MessageKind.JOINED
    ]
    assert told == [("U0BO",)]


def test_joining_can_be_undone_from_the_same_card(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register:
        join(register, overlap, OURS, ADA, NOW)
        opened = undo(register, overlap, ADA, NOW)

        assert opened.state(NOW) is State.OPEN
        assert register.initiatives.by_id(OURS).joined is None


def test_nobody_gives_up_what_belongs_to_others(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register:
        with pytest.raises(FieldError, match="CX-2 belongs to Service; ask Bo Lind"):
            join(register, overlap, THEIRS, ADA, NOW)
        assert [one.id for one in may_give_up(register, register.findings.by_id(overlap), ADA)] == [OURS]


def test_who_joins_too_late_gives_nothing_up(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register:
        join(register, overlap, OURS, ADA, NOW)
        assert "Ada Berg was faster: joined" in join(register, overlap, THEIRS, BO, NOW).late
        assert register.initiatives.by_id(THEIRS).joined is None


def test_joining_is_between_two(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register:
        group = register.findings.add(found(1, 2, rule=Rule.SPLIT_PROBLEM), NOW)
        third = register.initiatives.add(draft(), vector(3), NOW)
        register.findings.save(replace(group, found=replace(group.found, members=members((1, 2, third.id)))), NOW)

        with pytest.raises(NotAllowed, match="not between two"):
            join(register, group.id, OURS, ADA, NOW)
