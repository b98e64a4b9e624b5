"""One line of readings: what it says, and what of it cannot be taken."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from planning.metrics.checking import SOURCE_MAX, UNIT_MAX
from planning.metrics.recording import day_fault, respondents_fault, value_fault
from planning.text import NAME_MAX, clip, one_line
from planning.transfer import dates
from planning.transfer.readings.cells import LineCells
from planning.transfer.readings.numbers import count_in, number_in
from planning.transfer.readings.values import About, Line, ReadingColumns, ReadingField, ReadingOptions
from planning.transfer.readings.words import cadence_in, direction_in
from planning.transfer.rowcells import Unreadable
from planning.transfer.values import Issue, Row

T = TypeVar("T")

_MARK = 7
"""Letters of a digest by which long names that begin alike stay apart."""


@dataclass
class LineReader:
    """Reads the lines of one file, in order; `known` are the metrics' names by how they are looked up."""

    columns: tuple[str, ...]
    mapping: ReadingColumns
    known: Mapping[str, str]
    dates: dates.Reading
    options: ReadingOptions
    _days: dict[str, date] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def read(self, row: Row) -> tuple[Line | None, list[Issue]]:
        """What the line says, if it can go in, and what there is to tell of it."""
        cells = LineCells(row, self.columns, self.mapping)
        full = cells.needed(ReadingField.METRIC, one_line)
        on = cells.needed(ReadingField.ON, self._measured_on)
        value = cells.needed(ReadingField.VALUE, _value)
        if full is None or on is None or value is None:
            return None, cells.issues
        respondents = cells.optional(ReadingField.RESPONDENTS, _respondents)
        about = self._about(cells) if self.options.new_metrics else About()
        return Line(row.line, self._name(full), on, value, respondents, about, full), cells.issues

    def _measured_on(self, text: str) -> date:
        return _sound(self._day(text), day_fault(self._day(text), self.options.today))

    def _day(self, text: str) -> date:
        """The last day that the text names: a reading of a quarter is of its end."""
        if text not in self._days:
            self._days[text] = dates.days_of(text, self.dates).end
        return self._days[text]

    def _name(self, full: str) -> str:
        if full not in self._names:
            self._names[full] = self.known.get(clip(full, NAME_MAX).casefold()) or stored_name(full)
        return self.known.get(self._names[full].casefold(), self._names[full])

    def _about(self, cells: LineCells) -> About:
        return About(
            unit=clip(one_line(cells.text(ReadingField.UNIT)), UNIT_MAX),
            direction=cells.optional(ReadingField.DIRECTION, direction_in),
            stage=one_line(cells.text(ReadingField.STAGE)),
            segment=one_line(cells.text(ReadingField.SEGMENT)),
            owner=one_line(cells.text(ReadingField.OWNER)),
            baseline=cells.optional(ReadingField.BASELINE, _value),
            baseline_on=cells.optional(ReadingField.BASELINE_ON, self._day),
            target=cells.optional(ReadingField.TARGET, _value),
            target_on=cells.optional(ReadingField.TARGET_ON, self._day),
            cadence=cells.optional(ReadingField.CADENCE, cadence_in),
            source=clip(one_line(cells.text(ReadingField.SOURCE)), SOURCE_MAX),
        )


def _value(text: str) -> float:
    return _sound(number := number_in(text), value_fault(number))


def _respondents(text: str) -> int:
    return _sound(number := count_in(text), respondents_fault(number))


def _sound(said: T, fault: str | None) -> T:
    if fault is not None:
        raise Unreadable(f"is refused: {fault[0].lower()}{fault[1:]}")
    return said


def stored_name(full: str) -> str:
    """The name, or its beginning with a mark of the whole: long names that begin alike stay two metrics."""
    if len(full) <= NAME_MAX:
        return full
    mark = hashlib.sha256(full.casefold().encode()).hexdigest()[:_MARK]
    return f"{clip(full, NAME_MAX - _MARK - 2)} #{mark}"
