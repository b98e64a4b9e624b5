"""Readings on record: new ones, and amendments that keep what was said before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from math import isfinite

from planning.audit.values import Entry
from planning.errors import FieldError, NotAllowed
from planning.findings.detecting import detect
from planning.findings.queueing import Change
from planning.metrics.readings import Reading
from planning.metrics.values import Metric
from planning.register import Register
from planning.window import said
from planning.workspace.rights import Right, Ties, Who, among, may
from planning.workspace.values import Person

FIRST_DAY = date(1990, 1, 1)
VALUE_MAX = 1e15
RESPONDENTS_MAX = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many readings were new, changed what was on record of their day, or said the same again."""

    added: int = 0
    amended: int = 0
    same: int = 0


def day_fault(on: date, today: date) -> str | None:
    """What is wrong with the day of a reading."""
    if on > today:
        return f"{said(on)} has not come yet; give the day on which it was measured."
    return f"Give a day from {said(FIRST_DAY)} on." if on < FIRST_DAY else None


def value_fault(value: float) -> str | None:
    """What is wrong with the value of a reading."""
    return None if isfinite(value) and abs(value) <= VALUE_MAX else "Give a number that can be measured, such as 42.5."


def respondents_fault(respondents: int | None) -> str | None:
    """What is wrong with the number of answers."""
    if respondents is None or 0 < respondents <= RESPONDENTS_MAX:
        return None
    return "Give how many people answered, at least 1; leave it empty where nobody was asked."


def may_read(metric: Metric, actor: Person) -> bool:
    """Whether the person may record readings of the metric: its owner, any lead, a steward."""
    return may(actor, Right.RECORD_READING, Ties(owners=(metric.owner,)))


def check_may_read(register: Register, metric: Metric, actor: Person) -> None:
    """Raises NotAllowed, naming whom to ask, unless the person may record readings of the metric."""
    if not may_read(metric, actor):
        people = register.people.all()
        owner = among(people, Who.OWNER, ties=Ties(owners=(metric.owner,)))
        whom = " or ".join(one.name for one in owner or among(people, Who.STEWARD)[:3]) or "a steward"
        raise NotAllowed(f"Readings of {metric.name} come from its owner, a lead or a steward. Ask {whom} to add it.")


def record(register: Register, metric: Metric, reading: Reading, actor: Person, today: date, now: datetime) -> Recorded:
    """Record what a person says that a metric stood at. Raises NotAllowed and FieldError."""
    check_may_read(register, metric, actor)
    faults = {
        "on": day_fault(reading.on, today),
        "value": value_fault(reading.value),
        "respondents": respondents_fault(reading.respondents),
    }
    if told := {field: fault for field, fault in faults.items() if fault}:
        raise FieldError(told)
    return record_all(register, [replace(reading, metric=metric.id, by=actor.id)], actor, now)


def record_all(register: Register, readings: Sequence[Reading], actor: Person | None, now: datetime) -> Recorded:
    """Record readings without a fault, in their order: of a day that is on record, one that differs amends it."""
    recorded = keep_all(register, readings, actor, now)
    if recorded.added or recorded.amended:
        detect(register, Change(None, actor.id if actor else None), now)
    return recorded


def keep_all(register: Register, readings: Sequence[Reading], actor: Person | None, now: datetime) -> Recorded:
    """The same for whoever refreshes the findings afterwards."""
    news = _news(readings, register.readings.of(*{reading.metric for reading in readings}), now)
    if news:
        register.readings.add_all(news)
        register.audit.add_all([*_entries(news, actor, now)])
    return Recorded(_first(news), len(news) - _first(news), len(readings) - len(news))


def _news(readings: Sequence[Reading], known: Mapping[int, Sequence[Reading]], now: datetime) -> list[Reading]:
    """Those that say something else than what counts, as the next version of their day."""
    counting = {(one.metric, one.on): one for some in known.values() for one in some}
    news = []
    for reading in readings:
        before = counting.get((reading.metric, reading.on))
        if before is None or (before.value, before.respondents) != (reading.value, reading.respondents):
            new = replace(reading, recorded_at=now, version=before.version + 1 if before else 1)
            counting[new.metric, new.on] = new
            news.append(new)
    return news


def _first(readings: Iterable[Reading]) -> int:
    return sum(reading.version == 1 for reading in readings)


def _entries(news: Sequence[Reading], actor: Person | None, now: datetime) -> Iterable[Entry]:
    """One for each metric."""
    ordered = sorted(news, key=lambda reading: (reading.metric, reading.on))
    for metric, some in groupby(ordered, key=lambda reading: reading.metric):
        each = [*some]
        details: dict[str, object] = {
            "added": _first(each),
            "amended": len(each) - _first(each),
            "from": each[0].on.isoformat(),
            "to": each[-1].on.isoformat(),
        }
        yield Entry(now, "metric.read", f"metric:{metric}", actor.id if actor else None, details)
