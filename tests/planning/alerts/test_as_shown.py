"""What is shown before saving is what is sent, in made-up companies: addresses and times."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

import numpy as np
import pytest

from db.registers import SqlRegisters
from planning.alerts.foreseeing import outlook
from planning.alerts.preferences import Notice, Preferences
from planning.alerts.routing import Route
from planning.findings.values import Choice
from planning.initiatives.registering import register_initiative, runs_into
from planning.initiatives.rehearsing import Rehearsal
from planning.initiatives.values import Draft
from planning.register import Register
from planning.similarity import Floats
from planning.workspace.values import AlertsTo, Channel, Role
from tests.builders import DIMENSION, NOW, contact, draft, pool, request, window

DEPARTMENTS, SAVED = 5, 6
Told = Mapping[str, datetime]


def founded(register: Register, random: np.random.Generator) -> None:
    """Some departments prefer a channel, shared or not; leads are in several zones and want several things."""
    register.pools.add(pool(capacity=1.0, leave=()))
    for n in range(3, DEPARTMENTS + 1):
        made = register.departments.add(f"Department {n}", Channel("shared", f"C{n // 2}"))
        register.departments.save(replace(made, alerts_to=AlertsTo(random.choice([*AlertsTo]))))
        for which in range(int(random.integers(3))):
            slack_id = f"U{n}{which}" if random.random() < 0.8 else None
            zone = str(random.choice(["Europe/Oslo", "Asia/Tokyo", "", "Mars/Base"]))
            roles = frozenset({Role.LEAD})
            made_known = register.people.add(f"Lead {n}.{which}", slack_id=slack_id, department=made.id, zone=zone)
            register.people.save(replace(made_known, roles=roles))
            register.preferences.save(wanted(made_known.id, random))


def wanted(person: int, random: np.random.Generator) -> Preferences:
    choices = (
        Preferences(person),
        Preferences(person, muted=frozenset({Notice.OVERLAPS})),
        Preferences(person, begins=time(13), ends=time(0), weekdays=frozenset({2, 6})),
        Preferences(person, quiet_until=(NOW + timedelta(days=9)).date()),
    )
    return choices[int(random.integers(len(choices)))]


def coming(random: np.random.Generator) -> tuple[Draft, Floats]:
    asked = (request(person_weeks=3.0, window=window(days=28)),) if random.random() < 0.4 else ()
    reached = (contact(),) if random.random() < 0.4 else ()
    department, stages = int(random.integers(1, DEPARTMENTS + 1)), (int(random.integers(1, 3)),)
    mixed = np.eye(DIMENSION)[int(random.integers(3))] + 0.4 * random.normal(size=DIMENSION) / DIMENSION**0.5
    about: Floats = (mixed / np.linalg.norm(mixed)).astype(np.float32)
    return draft(department=department, stages=stages, requests=asked, contacts=reached), about


def shown(routes: tuple[Route, ...]) -> Told:
    return {str(one.address): one.due_at for one in routes if one.address is not None and one.due_at is not None}


def alerted(register: Register) -> dict[tuple[int, str], datetime]:
    known = register.alerts.of(*(finding.id for finding in register.findings.standing()))
    return {(one.finding, str(one.address)): one.told_at or one.due_at for one in known}


def sent(register: Register, coming: Draft, about: Floats, answers: Mapping[int, Choice], by: int) -> Told:
    before = alerted(register)
    register_initiative(register, coming, about, answers, register.people.by_id(by), NOW)
    return {address: at for (finding, address), at in alerted(register).items() if (finding, address) not in before}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("answer", [Choice.DIFFERENT, Choice.COORDINATE])
def test_who_is_shown_is_who_is_told_and_when(company: SqlRegisters, seed: int, answer: Choice) -> None:
    random, told = np.random.default_rng(seed), 0
    with company.writing() as register:
        founded(register, random)
        for _ in range(SAVED):
            by, (one, about) = int(random.integers(1, 4)), coming(random)
            rehearsal = Rehearsal.of(register, one, about, NOW)
            near = [other.initiative.id for other in runs_into(rehearsal) if not other.own]
            seen = outlook(register, rehearsal, near, register.people.by_id(by), NOW)
            promised = shown(seen.saving if answer is Choice.DIFFERENT else (*seen.saving, *seen.coordinating))

            assert sent(register, one, about, dict.fromkeys(near, answer), by) == promised
            told += len(promised)
    assert told > 0
