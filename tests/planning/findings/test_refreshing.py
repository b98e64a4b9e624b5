"""Keeping the findings up step by step gives what a pass from nothing gives."""

from collections.abc import Callable

import numpy as np
import pytest

from db.registers import SqlRegister, SqlRegisters
from planning.findings.refreshing import Changes, refresh
from planning.gaps.finding import find_gaps
from planning.initiatives.changing import add_contact, amend, change_status
from planning.initiatives.registering import register_initiative
from planning.initiatives.values import Intent, Status
from planning.overlaps.finding import find_overlaps
from planning.workspace.values import Person, Role
from tests.builders import NOW, at, contact, draft, vector, window

Step = Callable[[SqlRegister, Person, np.random.Generator, int], object]


def registering(register: SqlRegister, actor: Person, chance: np.random.Generator, turn: int) -> object:
    one = draft(title=f"Initiative {turn}", department=int(chance.integers(1, 3)), stages=(int(chance.integers(1, 4)),))
    return register_initiative(register, one, vector(int(chance.integers(1, 4))), {}, actor, at(turn))


def contacting(register: SqlRegister, actor: Person, chance: np.random.Generator, turn: int) -> object:
    intent = (Intent.CANCEL, Intent.WIN)[int(chance.integers(2))]
    planned = contact(intent=intent, window=window(days=int(chance.integers(1, 20))))
    return add_contact(register, some(register, chance), planned, actor, at(turn))


def rewriting(register: SqlRegister, actor: Person, chance: np.random.Generator, turn: int) -> object:
    id = some(register, chance)
    one = draft(title=f"Rewritten {turn}", department=int(chance.integers(1, 3)), owner=None)
    return amend(register, id, one, vector(int(chance.integers(1, 4))), actor, at(turn))


def moving(register: SqlRegister, actor: Person, chance: np.random.Generator, turn: int) -> object:
    status = list(Status)[int(chance.integers(len(Status)))]
    return change_status(register, some(register, chance), status, actor, at(turn))


def some(register: SqlRegister, chance: np.random.Generator) -> int:
    return int(chance.choice([initiative.id for initiative in register.initiatives.all()]))


STEPS: tuple[Step, ...] = (registering, registering, contacting, rewriting, moving)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_history_the_findings_are_those_of_a_pass_from_nothing(company: SqlRegisters, seed: int) -> None:
    chance = np.random.default_rng(seed)
    with company.writing() as register:
        actor = register.people.add("Sue", slack_id="U0SUE", roles=frozenset({Role.STEWARD}))
        registering(register, actor, chance, 0)
    for turn in range(1, 16):
        with company.writing() as register:
            STEPS[int(chance.integers(len(STEPS)))](register, actor, chance, turn)

    with company.writing() as register:
        portfolio = register.initiatives.portfolio()
        from_nothing = {one.key: one for one in (*find_overlaps(portfolio), *find_gaps(portfolio))}
        kept = {one.found.key: one.found for one in register.findings.standing()}
        assert kept.keys() == from_nothing.keys()
        assert all(kept[key].facts == from_nothing[key].facts for key in kept)
        assert refresh(register, NOW) == Changes()
