"""The stewards' list of metrics that pull against each other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from planning.audit.values import Entry
from planning.errors import FieldError, NotFound
from planning.findings.detecting import detect
from planning.findings.queueing import Change
from planning.metrics.values import Tension
from planning.register import Register
from planning.text import one_line
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person

WHY_MAX = 300


def save_tension(register: Register, of: Tension | None, tension: Tension, actor: Person, now: datetime) -> Tension:
    """Add a tension (`of` None), or say something else of the one between two metrics. Raises FieldError."""
    check_steward(register, actor)
    first, second = sorted((tension.first, tension.second))
    tension = replace(tension, first=first, second=second, why=one_line(tension.why))
    others = _without(register.metrics.tensions(), of)
    _check(register, tension, others)
    _write(register, [*others, tension], "tension.saved", tension, actor, now)
    return tension


def remove_tension(register: Register, of: Tension, actor: Person, now: datetime) -> None:
    """Take a tension out; it does not come back by itself."""
    check_steward(register, actor)
    _write(register, _without(register.metrics.tensions(), of), "tension.removed", of, actor, now)


def _without(tensions: Sequence[Tension], of: Tension | None) -> list[Tension]:
    others = [one for one in tensions if of is None or one.key != of.key]
    if of is not None and len(others) == len(tensions):
        raise NotFound("Somebody has taken that tension out meanwhile; add it again under Tensions.")
    return others


def _check(register: Register, tension: Tension, others: Sequence[Tension]) -> None:
    metrics = {metric.id for metric in register.metrics.all()}
    gone = "That metric is no longer there; choose another one."
    errors = {field: gone for field in ("first", "second") if getattr(tension, field) not in metrics}
    if tension.first == tension.second:
        errors["second"] = "Choose another metric than the first."
    elif any(one.key == tension.key for one in others):
        errors["second"] = "These two are there already; open that one to change why."
    if len(tension.why) > WHY_MAX:
        errors["why"] = f"Use at most {WHY_MAX} characters."
    if errors:
        raise FieldError(errors)


def _write(
    register: Register, tensions: Sequence[Tension], verb: str, about: Tension, actor: Person, now: datetime
) -> None:
    register.metrics.save_tensions(tensions)
    details: dict[str, object] = {"metrics": [about.first, about.second]}
    register.audit.add(Entry(now, verb, f"tension:{about.key}", actor.id, details))
    detect(register, Change(None, actor.id), now)
