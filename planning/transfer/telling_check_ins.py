"""What owners said of their initiatives when they were asked, as a file for the record."""

import csv
import io
from collections.abc import Iterable, Mapping

from planning.checkins.values import CheckIn
from planning.transfer.cells import harmless

COLUMNS = ("initiative", "asked_at", "owner", "answer", "answered_at", "note")


def check_ins_told(check_ins: Iterable[CheckIn], names: Mapping[int, str]) -> str:
    """The check-ins as CSV, in the order given; `names` are those of people."""
    file = io.StringIO()
    write = csv.writer(file, lineterminator="\n").writerow
    write(COLUMNS)
    for one in check_ins:
        write([harmless(cell) for cell in _cells(one, names)])
    return file.getvalue()


def _cells(one: CheckIn, names: Mapping[int, str]) -> tuple[str, ...]:
    answered = one.answered_at.isoformat() if one.answered_at else ""
    told = (names.get(one.person, ""), one.answer or "", answered, one.note)
    return f"CX-{one.initiative}", one.asked_at.isoformat(), *told
