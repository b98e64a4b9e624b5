"""Pledges as people type them: one on each line, a fault told by its line."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from handlers.views.names import Names
from handlers.views.plan_forms import in_a_line
from planning.findings.facts.base import listed
from planning.plans.values import Pledge
from planning.text import clip
from planning.transfer.dates import Reading, UnreadableDay, days_of
from planning.transfer.readings.numbers import number_in
from planning.transfer.rowcells import Unreadable

T = TypeVar("T")
PARTS = 4
SHOWN, NAMED = 3, 10
AS_IN = "write it as Marketing | Data team | 6 | 2027-03-01"


class Fault(ValueError):
    """What is wrong with a line."""


@dataclass(frozen=True, slots=True)
class Pledgers:
    """The departments and pools that a pledge may name, by their names."""

    departments: Mapping[str, int]
    pools: Mapping[str, int]

    @classmethod
    def of(cls, names: Names, departments: Iterable[int], pools: Iterable[int]) -> "Pledgers":
        """Those of a plan."""
        return cls(_typed(names.departments, departments), _typed(names.pools, pools))


def pledges_in(lines: Sequence[str], known: Pledgers) -> tuple[Pledge, ...]:
    """The pledges; raises ValueError with what to do about the first lines that cannot be read."""
    pledges, faults = [], []
    for number, line in enumerate(lines, 1):
        try:
            pledges.append(_pledge(line, known))
        except Fault as fault:
            faults.append(f"Line {number}: {fault}.")
    if faults:
        hidden = len(faults) - SHOWN
        raise ValueError(" ".join([*faults[:SHOWN], *([f"…and {hidden} more"] if hidden > 0 else [])]))
    return tuple(pledges)


def _pledge(line: str, known: Pledgers) -> Pledge:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != PARTS:
        raise Fault(AS_IN)
    department, pool = _one("department", parts[0], known.departments), _one("pool", parts[1], known.pools)
    return Pledge(department, pool, _read(number_in, parts[2]), _read(_day, parts[3]))


def _one(what: str, typed: str, known: Mapping[str, int]) -> int:
    found = [id for name, id in known.items() if name.casefold() == in_a_line(typed).casefold()]
    if not found:
        names = listed([clip(name, 40) for name in list(known)[:NAMED]], "or") or "none yet"
        raise Fault(f"no {what} of this plan is called “{clip(typed, 40)}”; there is {names}")
    return found[0]


def _read(read: Callable[[str], T], typed: str) -> T:
    try:
        return read(typed)
    except (Unreadable, UnreadableDay) as error:
        raise Fault(f"“{clip(typed, 40)}” {error}") from error


def _day(typed: str) -> date:
    return days_of(typed, Reading()).start


def _typed(names: Mapping[int, str], ids: Iterable[int]) -> dict[str, int]:
    return {in_a_line(names[id]): id for id in ids if id in names}
