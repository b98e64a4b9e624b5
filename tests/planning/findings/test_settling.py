import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from db.database import Database
from db.registers import SqlRegisters
from planning.errors import AlreadyDone, NotAllowed, PlanningError
from planning.findings.facts import SharedThings
from planning.findings.settling import decide, undo
from planning.findings.values import Choice, Finding, Kind, Rule, State, members
from planning.findings.waking import wake
from planning.initiatives.registering import register_initiative
from planning.workspace.values import Role
from tests.builders import NOW, at, draft, found, lead, person, vector

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")


@pytest.fixture
def overlap(company: SqlRegisters) -> int:
    """The id of an overlap between departments 1 and 2."""
    with company.writing() as register:
        register_initiative(register, draft(stages=(1,)), vector(1), {}, ADA, NOW)
    with company.writing() as register:
        register_initiative(register, draft(department=2, stages=(1,)), vector(1), {}, BO, NOW)
        return register.findings.standing(Kind.OVERLAP)[0].id


def decided(company: SqlRegisters, overlap: int, choice: Choice = Choice.COORDINATE) -> Finding:
    with company.writing() as register:
        return decide(register, overlap, choice, ADA, NOW)


@pytest.mark.parametrize(
    ("choice", "state"),
    [
        (Choice.PLAN, State.SETTLED),
        (Choice.COORDINATE, State.SETTLED),
        (Choice.DIFFERENT, State.DISMISSED),
        (Choice.SNOOZE, State.SNOOZED),
    ],
)
def test_a_verdict_settles_and_undo_opens_it_again(
    company: SqlRegisters, overlap: int, choice: Choice, state: State
) -> None:
    assert decided(company, overlap, choice).state(NOW) is state

    with company.writing() as register:
        assert undo(register, overlap, BO, at(hours=1)).state(NOW) is State.OPEN


def test_a_snooze_lasts_a_week(company: SqlRegisters, overlap: int) -> None:
    snoozed = decided(company, overlap, Choice.SNOOZE)

    assert snoozed.state(NOW + timedelta(days=6, hours=23)) is State.SNOOZED
    assert snoozed.state(NOW + timedelta(days=7)) is State.OPEN


def test_when_a_snooze_ends_the_overlap_is_open_and_its_cards_ask_again(
    database: Database, company: SqlRegisters, overlap: int
) -> None:
    decided(company, overlap, Choice.SNOOZE)
    with company.writing() as register:
        register.workspaces.save_pass(at(7).date())
    (before,) = database.outbox(company.workspace).page(10).items
    assert database.due_workspaces(at(6)) == []

    assert database.due_workspaces(at(7)) == [company.workspace]
    with company.writing() as register:
        assert (wake(register, at(7)), wake(register, at(7))) == (1, 0)

    with company.reading() as register:
        assert register.findings.by_id(overlap).verdict is None
    (after,) = database.outbox(company.workspace).page(10).items
    assert after.wanted > before.wanted


def test_who_comes_second_is_told_who_was_first(company: SqlRegisters, overlap: int) -> None:
    decided(company, overlap, Choice.DIFFERENT)

    with company.writing() as register, pytest.raises(AlreadyDone, match="Ada Berg was faster: truly different"):
        decide(register, overlap, Choice.PLAN, BO, NOW)


def test_who_is_not_concerned_is_told_whom_to_ask(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register, pytest.raises(NotAllowed, match="Ask Ada Berg or Bo Lind"):
        decide(register, overlap, Choice.PLAN, person(id=77, slack_id="U0EVE"), NOW)


def test_a_steward_may_decide_too(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register:
        steward = register.people.add("Sue", slack_id="U0SUE", roles=frozenset({Role.STEWARD}))
        assert decide(register, overlap, Choice.COORDINATE, steward, NOW).verdict is not None


def test_joining_is_between_two(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register:
        group = register.findings.add(found(1, 2, rule=Rule.SPLIT_PROBLEM), NOW)
        third = register.initiatives.add(draft(), vector(3), NOW)
        register.findings.save(replace(group, found=replace(group.found, members=members((1, 2, third.id)))), NOW)

        with pytest.raises(NotAllowed, match="not between two"):
            decide(register, group.id, Choice.JOIN, ADA, NOW)


def test_a_dismissal_that_was_outgrown_leaves_nothing_to_undo(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register:
        dismissed = decide(register, overlap, Choice.DIFFERENT, ADA, NOW)
        more = SharedThings(what="segment", names=("Homes",))
        register.findings.save(replace(dismissed, found=replace(dismissed.found, facts=(more,))), NOW)

        with pytest.raises(AlreadyDone, match="nothing to undo"):
            undo(register, overlap, ADA, NOW)


def test_undoing_twice_says_that_it_is_open(company: SqlRegisters, overlap: int) -> None:
    with company.writing() as register, pytest.raises(AlreadyDone, match="nothing to undo"):
        undo(register, overlap, ADA, NOW)


def test_two_who_press_at_once_get_one_outcome(company: SqlRegisters, overlap: int) -> None:
    told: list[str] = []

    def press(actor_choice: tuple[int, Choice]) -> None:
        id, choice = actor_choice
        try:
            with company.writing() as register:
                told.append(str(decide(register, overlap, choice, register.people.by_id(id), NOW).verdict))
        except PlanningError as error:
            told.append(type(error).__name__)

    pressing = [threading.Thread(target=press, args=((id, c),)) for id, c in ((1, Choice.PLAN), (2, Choice.DIFFERENT))]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()

    assert sorted(one == "AlreadyDone" for one in told) == [False, True]
