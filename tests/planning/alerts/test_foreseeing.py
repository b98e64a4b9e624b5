"""What is said before saving is what is sent afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pytest

from db.registers import SqlRegisters
from planning.alerts.foreseeing import Outlook, outlook
from planning.alerts.preferences import Notice, Preferences
from planning.alerts.routing import Route
from planning.findings.values import Choice, Kind
from planning.initiatives.registering import register_initiative, runs_into
from planning.initiatives.rehearsing import Rehearsal
from planning.initiatives.values import Draft
from planning.register import Register
from planning.similarity import Floats
from planning.workspace.values import AlertsTo
from tests.builders import NOW, draft, lead, pool, request, vector, window

MIA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")
COMING = draft(department=2, stages=(1,))


@pytest.fixture
def begun(company: SqlRegisters) -> SqlRegisters:
    """Department 1 has an initiative; a pool is asked by it for more than it has."""
    with company.writing() as register:
        register.pools.add(pool(capacity=1.0, leave=()))
        register.people.add("Eve", slack_id="U0EVE", department=2)
        asked = request(person_weeks=6.0, window=window(days=28))
        register_initiative(register, draft(stages=(1,), requests=(asked,)), vector(1), {}, MIA, NOW)
    return company


def foreseen(register: Register, coming: Draft, about: Floats) -> Outlook:
    rehearsal = Rehearsal.of(register, coming, about, NOW)
    near = [one.initiative.id for one in runs_into(rehearsal) if not one.own]
    return outlook(register, rehearsal, near, BO, NOW)


def said(routes: tuple[Route, ...]) -> set[str]:
    return {str(route.address) for route in routes if route.address is not None and route.due_at is not None}


def told(register: Register) -> set[str]:
    findings = [finding.id for finding in register.findings.standing()]
    return {str(alert.address) for alert in register.alerts.of(*findings)}


def save(register: Register, coming: Draft, about: Floats, answers: Mapping[int, Choice]) -> set[str]:
    before = told(register)
    register_initiative(register, coming, about, answers, BO, NOW)
    return told(register) - before


def tilted(cosine: float) -> Floats:
    """A vector that is so much like that of the initiative of department 1."""
    one = vector(1)
    across = vector(3) - float(vector(3) @ one) * one
    mixed: Floats = (cosine * one + (1 - cosine**2) ** 0.5 * across / np.linalg.norm(across)).astype(np.float32)
    return mixed


def to_the_channel(register: Register) -> None:
    register.departments.save(replace(register.departments.by_id(1), alerts_to=AlertsTo.CHANNEL))


def switched_off(register: Register) -> None:
    register.preferences.save(Preferences(1, frozenset({Notice.OVERLAPS})))


@pytest.mark.parametrize(
    ("arrange", "expected"),
    [(lambda _: None, {"person:U0ADA"}), (to_the_channel, {"channel:C0MARKET"}), (switched_off, set())],
    ids=["the lead", "the channel", "nobody"],
)
def test_who_is_named_before_saving_is_who_is_told(
    begun: SqlRegisters, arrange: Callable[[Register], None], expected: set[str]
) -> None:
    with begun.writing() as register:
        arrange(register)
        before = said(foreseen(register, COMING, vector(1)).saving)

        assert before == expected
        assert save(register, COMING, vector(1), {1: Choice.DIFFERENT}) == before


def test_who_is_told_only_of_what_is_coordinated_is_named_apart(begun: SqlRegisters) -> None:
    near = tilted(0.55)
    with begun.writing() as register:
        seen = foreseen(register, COMING, near)
        assert (said(seen.saving), said(seen.coordinating)) == (set(), {"person:U0ADA"})

        assert save(register, COMING, near, {1: Choice.COORDINATE}) == {"person:U0ADA"}


def test_nothing_is_written_by_looking(begun: SqlRegisters) -> None:
    with begun.reading() as register:
        foreseen(register, COMING, vector(1))

        assert register.findings.standing(Kind.OVERLAP) == []


def test_who_has_a_card_of_a_group_already_is_not_named_again(begun: SqlRegisters) -> None:
    asked = request(person_weeks=6.0, window=window(days=28))
    coming = draft(department=2, requests=(asked,))
    with begun.writing() as register:
        first = said(foreseen(register, coming, vector(5)).saving)
        assert save(register, coming, vector(5), {}) == first == {"person:U0ADA"}

        assert said(foreseen(register, coming, vector(6)).saving) == set()
        assert save(register, coming, vector(6), {}) == set()
