"""One row of a file: what it says of each field, and what of it cannot be taken."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from planning.initiatives.values import Status
from planning.text import NAME_MAX, PROBLEM_MAX, TITLE_MAX, clean, one_line
from planning.transfer.aims import effects, requests, serves, supplies
from planning.transfer.cells import says_nothing
from planning.transfer.dates import Reading, UnreadableDay, days_of
from planning.transfer.lists import Rolls, contacts, links, names, stages
from planning.transfer.movables import movable
from planning.transfer.naming import short_name
from planning.transfer.rowcells import RowCells
from planning.transfer.statuses import status_of
from planning.transfer.values import ColumnMap, Field, Issue, Options, Row

SOURCE_ID_MAX = 120
_READ_ANEW = (Field.CONTACTS, Field.EFFECTS, Field.REQUESTS, Field.SUPPLIES)
"""Fields whose unread text is kept beside the initiative until a file says it otherwise."""
_NUMBER = re.compile(r"CX-(\d+)")


@dataclass(frozen=True)
class Said:
    """What a row says; `fields` has only those of a NamedDraft that it names, and nothing when it is rejected."""

    row: Row
    fields: Mapping[str, Any]
    issues: tuple[Issue, ...]
    source: str
    source_id: str
    reference: int | None
    joined: int | None
    unknown_status: bool
    """Whether it has a word for its status that nobody knows: a new row is then taken for active."""
    read_anew: frozenset[str] = frozenset()
    """The columns of which nothing is kept beside the initiative but what this row leaves unread."""


@dataclass
class RowReader:
    """Reads the rows of one file, in order."""

    columns: tuple[str, ...]
    mapping: ColumnMap
    rolls: Rolls
    reading: Reading
    options: Options
    statuses: dict[str, Status | None] = field(default_factory=dict)
    """The words seen for a status and what each was taken for."""

    def read(self, row: Row) -> Said:
        """What the row says."""
        cells = RowCells(row, self.columns, self.mapping)
        whole = {"title": _title(cells), "department": self._department(cells)}
        if None in whole.values():
            return self._said(cells, {})
        worded = {"problem": _problem(cells), "owner": _owner(cells), "status": self._status(cells)}
        listed = {
            "stages": stages(cells, self.rolls.stages),
            "segments": names(cells, Field.SEGMENTS, self.rolls.segments),
            "touchpoints": names(cells, Field.TOUCHPOINTS, self.rolls.touchpoints),
            "contacts": contacts(cells, self.rolls, self.reading),
            "links": links(cells),
        }
        aimed = {
            "effects": effects(cells, self.rolls.metrics),
            "requests": requests(cells, self.rolls.pools, self.reading),
            "serves": serves(cells, self.rolls.problems),
            "supplies": supplies(cells),
        }
        told = {name: value for name, value in (whole | worded | listed | aimed).items() if value}
        days = self._day(cells, Field.START) | self._day(cells, Field.END) | movable(cells, self.reading)
        return self._said(cells, told | days | {"extras": cells.extras()})

    def _said(self, cells: RowCells, fields: Mapping[str, Any]) -> Said:
        source = short_name(cells.text(Field.SOURCE)) or self.options.source
        id = _stored_id(one_line(cells.text(Field.SOURCE_ID)))
        number, joined = (_number(cells.text(each)) for each in (Field.REFERENCE, Field.JOINED))
        anew = frozenset(cells.name(each) for each in _READ_ANEW if cells.text(each).strip())
        return Said(cells.row, fields, tuple(cells.issues), source, id, number, joined, cells.unknown_status, anew)

    def _department(self, cells: RowCells) -> str | None:
        name = one_line(cells.text(Field.DEPARTMENT)) or one_line(self.options.department)
        if not name:
            cells.reject("names no department; fill it in, or say --department NAME for all rows without one")
            return None
        return self.rolls.departments.call(cells.fitted(Field.DEPARTMENT, name, NAME_MAX))

    def _status(self, cells: RowCells) -> Status | None:
        text = one_line(cells.text(Field.STATUS))
        if not text:
            return None
        status = status_of(text)
        if status is None and not says_nothing(text):
            cells.leave_out(Field.STATUS, text, "is not a status we know; taken for active where none is known")
            cells.unknown_status = True
        self.statuses[text] = Status.ACTIVE if cells.unknown_status else status
        return status

    def _day(self, cells: RowCells, wanted: Field) -> dict[str, date | None]:
        """Nothing when the cell is empty or unreadable; None when it says that there is no date."""
        text, name = cells.text(wanted).strip(), "starts_on" if wanted is Field.START else "ends_on"
        if not text:
            return {}
        if says_nothing(text):
            cells.note(wanted, text, "means no date")
            return {name: None}
        try:
            days = days_of(text, self.reading)
        except UnreadableDay as error:
            cells.leave_out(wanted, text, f"{error}; left empty")
            return {}
        return {name: days.start if wanted is Field.START else days.end}


def _title(cells: RowCells) -> str | None:
    title = one_line(cells.text(Field.TITLE))
    if not title:
        cells.reject("has no title; give it one")
        return None
    return cells.fitted(Field.TITLE, title, TITLE_MAX)


def _problem(cells: RowCells) -> str:
    return cells.fitted(Field.PROBLEM, clean(cells.text(Field.PROBLEM)), PROBLEM_MAX)


def _owner(cells: RowCells) -> str | None:
    owner = one_line(cells.text(Field.OWNER))
    return None if says_nothing(owner) else cells.fitted(Field.OWNER, owner, NAME_MAX)


def _stored_id(id: str) -> str:
    return id if len(id) <= SOURCE_ID_MAX else f"sha256:{hashlib.sha256(id.encode()).hexdigest()}"


def _number(text: str) -> int | None:
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None
