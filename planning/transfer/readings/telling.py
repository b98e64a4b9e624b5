"""Readings as a file that `concord readings` takes back, and what they said before they were amended."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from planning.metrics.readings import Reading
from planning.register import Register
from planning.transfer.cells import harmless
from planning.transfer.telling import plain

COLUMNS = ("metric", "on", "value", "respondents", "version", "recorded_at", "via")
OWN_HEADER = ",".join(COLUMNS).encode()
"""How a file of readings begins that Concord wrote."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings that count, and what they said before."""

    counting: tuple[Reading, ...] = ()
    amended: tuple[Reading, ...] = ()

    @classmethod
    def of(cls, register: Register) -> Self:
        """All of a workspace, by metric and day."""
        metrics = [metric.id for metric in register.metrics.all()]
        counting = tuple(one for readings in register.readings.of(*metrics).values() for one in readings)
        return cls(counting, tuple(register.readings.former(*metrics)))


NO_READINGS = Readings()


def readings_told(readings: Iterable[Reading], names: Mapping[int, str]) -> str:
    """The readings as CSV, in the order given; `names` are those of the metrics."""
    file = io.StringIO()
    write = csv.writer(file, lineterminator="\n").writerow
    write(COLUMNS)
    for one in readings:
        write([harmless(str(cell)) for cell in _cells(one, names)])
    return file.getvalue()


def _cells(one: Reading, names: Mapping[int, str]) -> tuple[object, ...]:
    respondents = "" if one.respondents is None else one.respondents
    recorded = one.recorded_at.isoformat() if one.recorded_at else ""
    return names[one.metric], one.on.isoformat(), plain(one.value), respondents, one.version, recorded, one.via
