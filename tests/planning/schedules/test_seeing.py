"""Who may what with which schedule, as a table; and what a person sees of all of them."""

import pytest

from db.registers import SqlRegisters
from planning.schedules.seeing import KINDS, MAY, Deed, seen_by
from planning.schedules.values import Occurrence, OccurrenceState, ScheduleKind
from planning.workspace.values import Person, Role
from tests.builders import NOW, at, lead, person, schedule, steward

PEOPLE: dict[str, Person] = {
    "steward": steward(id=40),
    "executive": person(id=50, roles=frozenset({Role.EXECUTIVE})),
    "lead of it": lead(2, id=41),
    "another lead": lead(1, id=42),
    "member of it": person(id=43, department=2),
    "oneself": person(id=5),
}
LOOK = {Deed.SEE, Deed.PREVIEW}
ALL, NONE = frozenset(Deed), frozenset[Deed]()
OF_WORKSPACE = {"steward": ALL}
MATRIX: dict[ScheduleKind, dict[str, frozenset[Deed]]] = {
    ScheduleKind.PERSONAL: {"oneself": ALL},
    ScheduleKind.EXECUTIVE: {"steward": ALL, "executive": frozenset({*LOOK, Deed.SEND})},
    ScheduleKind.DEPARTMENT: {"steward": ALL, "lead of it": ALL},
    ScheduleKind.CHECK_IN: OF_WORKSPACE,
    ScheduleKind.PULSE: OF_WORKSPACE,
    ScheduleKind.SEASON: OF_WORKSPACE,
    ScheduleKind.NIGHTLY: OF_WORKSPACE,
    ScheduleKind.ESCALATION: OF_WORKSPACE,
}
SUBJECTS = {ScheduleKind.PERSONAL: 5, ScheduleKind.DEPARTMENT: 2}


@pytest.mark.parametrize("kind", [*ScheduleKind])
@pytest.mark.parametrize("role", PEOPLE)
def test_who_may_do_what_with_which(role: str, kind: ScheduleKind) -> None:
    of_kind = schedule(kind=kind, subject=SUBJECTS.get(kind, 0))
    may = {deed for deed, allowed in MAY.items() if allowed(PEOPLE[role], of_kind)}

    assert may == MATRIX[kind].get(role, NONE)


def test_nothing_is_left_out_of_the_tables() -> None:
    assert set(KINDS) == set(ScheduleKind) == set(MATRIX)
    assert MAY.keys() == set(Deed)


def test_they_come_in_order_with_what_became_of_each(company: SqlRegisters) -> None:
    with company.writing() as register:
        stella = register.people.add("Stella", slack_id="U0S", roles=steward().roles)
        for kind in reversed(KINDS[1:]):
            register.schedules.add(schedule(kind=kind, subject=SUBJECTS.get(kind, 0)))
        register.schedules.add(schedule(kind=ScheduleKind.PERSONAL, subject=1))
        register.schedules.add(schedule(kind=ScheduleKind.PERSONAL, subject=2, paused=True))
        for days in (0, -7):
            register.schedules.occur(Occurrence(0, 1, at(days), OccurrenceState.DONE, NOW))
        seen = seen_by(register, stella)

    assert [one.kind for one in seen.schedules] == [*KINDS[1:]]
    assert {id: one.due_at for id, one in seen.latest.items()} == {1: NOW}
    assert (seen.lists, seen.lacking) == (1, (1,))


def test_a_member_sees_the_own_list_and_no_number(company: SqlRegisters) -> None:
    with company.writing() as register:
        register.schedules.add(schedule())
        own = register.schedules.add(schedule(kind=ScheduleKind.PERSONAL, subject=1, channel=""))
        seen = seen_by(register, person(id=1))

    assert seen.schedules == (own,)
    assert (seen.lists, seen.lacking) == (None, ())
