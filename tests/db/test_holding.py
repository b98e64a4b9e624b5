"""What is held in memory equals what is in the database, whoever wrote it."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Barrier, Thread

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from numpy.typing import NDArray
from sqlalchemy import URL

from db.database import Database, open_database
from db.holding import Held, Memory
from db.registers import SqlRegister, SqlRegisters
from planning.errors import PlanningError
from planning.initiatives.values import Draft, Initiative, Status
from planning.portfolio.holdings import Holdings
from planning.problems.values import Part
from tests.builders import (
    ENCODER,
    NOW,
    company,
    contact,
    draft,
    effect,
    initiative,
    metric,
    pool,
    problem,
    request,
    vector,
)

STAGES = (1, 2, 3)
DRAFTS = some.builds(
    lambda status, stages, contacts, effects, requests, serves: draft(
        status=status,
        stages=tuple(sorted(stages)),
        contacts=(contact(),) * contacts,
        effects=(effect(),) * effects,
        requests=(request(),) * requests,
        serves=serves,
        supplies=(Part.POLICY,) * (serves or 0),
    ),
    status=some.sampled_from([Status.PLANNED, Status.ACTIVE, Status.DONE]),
    stages=some.sets(some.sampled_from(STAGES)),
    contacts=some.integers(0, 2),
    effects=some.integers(0, 1),
    requests=some.integers(0, 1),
    serves=some.sampled_from([None, 1]),
)


def read_by(register: SqlRegister, seed: int) -> NDArray[np.float32]:
    """A vector of the encoder that the process has."""
    return vector(seed, dimension=8 if register.initiatives.encoder == ENCODER else 4)


class Refused(PlanningError):
    """The unit is not kept."""


def add(register: SqlRegister, id: int, said: Draft) -> None:
    for seed in (id, id + 1):
        register.initiatives.add(said, read_by(register, seed), NOW)


def save(register: SqlRegister, id: int, said: Draft) -> None:
    register.initiatives.save(replace(chosen(register, id), draft=said))


def save_text(register: SqlRegister, id: int, said: Draft) -> None:
    register.initiatives.save(replace(chosen(register, id), draft=said), read_by(register, id + 100))


def join(register: SqlRegister, id: int, _said: Draft) -> None:
    register.initiatives.save(replace(chosen(register, id), joined=1))


def retire(register: SqlRegister, id: int, _said: Draft) -> None:
    stages = register.journeys.current().stages
    register.journeys.retire_stage(stages[id % len(stages)].id) if len(stages) > 1 else None


def read_anew(register: SqlRegister, id: int, _said: Draft) -> None:
    outdated = register.vectors.outdated(1 + id % 3)
    register.vectors.add([(one, read_by(register, one.id + 200)) for one in outdated])


def drop_old(register: SqlRegister, _id: int, _said: Draft) -> None:
    register.vectors.drop_old()


def look(register: SqlRegister, _id: int, _said: Draft) -> None:
    register.initiatives.portfolio(NOW)


def refuse(register: SqlRegister, id: int, said: Draft) -> None:
    save(register, id, said)
    look(register, id, said)
    raise Refused("No.")


STEPS = some.tuples(
    some.sampled_from([add, save, save_text, join, retire, read_anew, drop_old, look, refuse]),
    some.integers(1, 9),
    DRAFTS,
)
UNITS = some.lists(some.tuples(some.integers(0, 1), some.lists(STEPS, min_size=1, max_size=3)), max_size=8)


def chosen(register: SqlRegister, id: int) -> Initiative:
    every = register.initiatives.all()
    return every[id % len(every)]


def cosines(holdings: Holdings) -> NDArray[np.float32]:
    return holdings.cosines(np.arange(len(holdings.ids)))


def tables(holdings: Holdings) -> list[list[tuple[object, ...]]]:
    columns = holdings.columns
    parts = (columns.rows, columns.stages, columns.segments, columns.contacts, columns.requests, columns.effects)
    return [sorted(zip(*vars(table).values(), strict=True)) for table in parts]


def read(registers: SqlRegisters) -> Holdings:
    with registers.reading() as register:
        return register.initiatives.portfolio(NOW).holdings


def fresh(registers: SqlRegisters) -> SqlRegisters:
    return replace(registers, memory=Memory())


def check_held(registers: SqlRegisters) -> None:
    held, anew = read(registers), read(fresh(registers))
    assert held.initiatives == anew.initiatives
    assert tables(held) == tables(anew)
    assert {name for name, _ in held.layers} == {name for name, _ in anew.layers}
    assert np.array_equal(cosines(held), cosines(anew))


@pytest.fixture
def processes(database_url: URL) -> Iterator[list[Database]]:
    """Two processes on one database; the second one has a newer encoder."""
    opened = [open_database(database_url, encoder=encoder) for encoder in (ENCODER, "newer")]
    yield opened
    for one in opened:
        one.close()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(units=UNITS)
def test_after_any_history_what_is_held_is_what_would_be_read_anew(
    processes: list[Database], units: list[tuple[int, list[tuple[object, int, Draft]]]]
) -> None:
    workspace = processes[0].ensure_workspace(f"w{len(processes[0].workspaces())}").id
    both = [process.registers(workspace) for process in processes]
    with both[0].writing() as register:
        company(register)
        register.metrics.add(metric())
        register.pools.add(pool())
        register.problems.add(problem())
        add(register, 1, draft())

    for process, steps in units:
        try:
            with both[process].writing() as register:
                for step, id, said in steps:
                    step(register, id, said)  # type: ignore[operator]
        except Refused:
            pass
        check_held(both[process])
    for registers in both:
        check_held(registers)


def test_what_another_process_dropped_does_not_come_back_with_a_new_initiative(processes: list[Database]) -> None:
    older, newer = (each.registers(processes[0].ensure_workspace().id) for each in processes)
    with older.writing() as register:
        company(register)
        add(register, 1, draft())
    with newer.writing() as register:
        read_anew(register, 2, draft())
    check_held(older)
    with newer.writing() as register:
        assert register.vectors.drop_old()
    with older.writing() as register:
        add(register, 1, draft())

    check_held(older)


def test_a_unit_sees_what_it_has_saved_itself(company: SqlRegisters) -> None:
    with company.writing() as register:
        first = register.initiatives.add(draft(), vector(), NOW)
        assert register.initiatives.portfolio(NOW).initiatives == (first,)
        second = register.initiatives.add(draft(), vector(2), NOW)
        assert register.initiatives.portfolio(NOW).initiatives == (first, second)
        changed = replace(first, draft=replace(first.draft, title="Otherwise"))
        register.initiatives.save(changed)
        assert register.initiatives.portfolio(NOW).initiatives == (changed, second)


def test_a_reader_that_began_before_a_commit_sees_what_was_there(company: SqlRegisters) -> None:
    with company.writing() as register:
        first = register.initiatives.add(draft(), vector(), NOW)
    read(company)
    with company.reading() as before:
        before.people.all()
        with company.writing() as register:
            register.initiatives.add(draft(), vector(2), NOW)
            register.initiatives.portfolio(NOW)
        assert before.initiatives.portfolio(NOW).initiatives == (first,)

    assert len(read(company).initiatives) == 2


def test_only_what_changed_is_read_again(company: SqlRegisters) -> None:
    with company.writing() as register:
        added = [register.initiatives.add(draft(), vector(n), NOW) for n in range(3)]
    held = read(company)
    with company.writing() as register:
        register.initiatives.save(replace(added[1], draft=replace(added[1].draft, title="Otherwise")))

    again = read(company)
    assert [one is other for one, other in zip(held.initiatives, again.initiatives, strict=True)] == [True, False, True]
    assert read(company) is again


def test_threads_that_read_and_write_at_once_see_whole_states(company: SqlRegisters) -> None:
    together, seen = Barrier(4), list[bool]()

    def write(seed: int) -> None:
        together.wait()
        for turn in range(5):
            with company.writing() as register:
                add(register, seed * 10 + turn, draft())

    def look() -> None:
        together.wait()
        for _ in range(10):
            seen.append(len(read(company).initiatives) % 2 == 0)

    threads = [Thread(target=write, args=(seed,)) for seed in (1, 2)] + [Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(seen), all(seen)) == (20, True)
    check_held(company)


def holdings(count: int) -> Holdings:
    return Holdings.of([initiative(n) for n in range(1, count + 1)], np.zeros((count, 2), np.float32))


def test_the_least_recently_used_workspace_goes_first() -> None:
    memory = Memory(workspaces=2)
    for workspace in ("a", "b"):
        memory.keep(workspace, Held(1, 1, holdings(1)))
    assert memory.newest("a", 1, 1)
    memory.keep("c", Held(1, 1, holdings(1)))

    assert [memory.newest(workspace, 1, 1) is not None for workspace in ("a", "b", "c")] == [True, False, True]


def test_few_large_workspaces_are_held_but_always_the_last_one() -> None:
    memory = Memory(initiatives=3)
    for workspace, count in (("a", 2), ("b", 2), ("c", 9)):
        memory.keep(workspace, Held(1, 1, holdings(count)))

    assert len(memory) == 1
    assert memory.newest("c", 1, 1)


def test_the_last_two_versions_are_held_and_none_of_another_journey() -> None:
    memory = Memory()
    held = [Held(revision, 1, holdings(1)) for revision in (3, 1, 2)]
    for each in held:
        memory.keep("a", each)

    assert [memory.newest("a", revision, 1) for revision in (1, 2, 3, 9)] == [None, held[2], held[0], held[0]]
    assert memory.newest("a", 3, 2) is None
