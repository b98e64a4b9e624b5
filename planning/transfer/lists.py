"""The cells that hold several things: stages, segments, touchpoints, contacts, links."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from planning.initiatives.checking import LINK_MAX, LINKS_MAX
from planning.initiatives.values import Intent
from planning.transfer.cells import listed, names_in, parts_in, says_nothing, worded
from planning.transfer.dates import Reading, window_of
from planning.transfer.drafts import NamedContact
from planning.transfer.naming import Roll
from planning.transfer.rowcells import RowCells, Unreadable
from planning.transfer.values import Field

CONTACT = "write segment|touchpoint|intent|from|to"
_LINK = re.compile(r"https?://[^\s<>|]+")
_INTENTS = {worded(intent): intent for intent in Intent}


@dataclass(frozen=True)
class Rolls:
    """The names that rows may use, growing as they appear."""

    departments: Roll
    stages: Roll
    segments: Roll
    touchpoints: Roll
    metrics: Roll
    pools: Roll
    problems: Roll


def stages(cells: RowCells, roll: Roll) -> tuple[str, ...]:
    """The stages that the row names; unknown ones are reported when no more may be made."""
    wanted = _parts(cells.text(Field.STAGES), roll)
    for name in wanted:
        if roll.call(name) is None:
            cells.leave_out(Field.STAGES, name, "is not a stage of the journey; left out (--create-stages adds it)")
    return _called(wanted, roll)


def names(cells: RowCells, wanted: Field, roll: Roll) -> tuple[str, ...]:
    """The segments or touchpoints that the row names."""
    return _called(_parts(cells.text(wanted), roll), roll)


def _parts(cell: str, roll: Roll) -> tuple[str, ...]:
    """Between semicolons, and between commas too where every part is a known name."""
    parts = tuple(name for name in names_in(cell) if not says_nothing(name))
    commas = tuple(name.strip() for part in parts for name in ([part] if part in roll else part.split(",")))
    return commas if all(name in roll for name in commas) else parts


def _called(wanted: Iterable[str], roll: Roll) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in wanted if (name := roll.call(each)) is not None))


def links(cells: RowCells) -> tuple[str, ...]:
    """The web addresses in the row; what is none is kept beside the initiative."""
    taken: list[str] = []
    others: list[str] = []
    for part in names_in(cells.text(Field.LINKS)):
        if all(map(_is_link, part.split())):
            taken.extend(part.split())
        else:
            others.append(part)
    if others:
        cells.note(Field.LINKS, "", "is not a web address; kept beside the initiative")
        cells.spare[cells.name(Field.LINKS)] = listed(others)
    return tuple(dict.fromkeys(taken))[:LINKS_MAX]


def _is_link(text: str) -> bool:
    return len(text) <= LINK_MAX and _LINK.fullmatch(text) is not None


def contacts(cells: RowCells, rolls: Rolls, reading: Reading) -> tuple[NamedContact, ...]:
    """The planned contacts in the row."""
    planned = names_in(cells.text(Field.CONTACTS))
    return cells.each(Field.CONTACTS, planned, lambda text: _contact(text, rolls, reading), CONTACT)


def _contact(text: str, rolls: Rolls, reading: Reading) -> NamedContact:
    parts = parts_in(text)
    if len(parts) != 5 or not all(parts):
        raise Unreadable(f"has {len(parts)} parts")
    segment, touchpoint, intent, start, end = parts
    if worded(intent) not in _INTENTS:
        raise Unreadable(f"“{intent}” is not one of {', '.join(Intent)}")
    window = window_of(start, end, reading)
    names = rolls.segments.call(segment), rolls.touchpoints.call(touchpoint)
    return NamedContact(names[0] or segment, names[1] or touchpoint, _INTENTS[worded(intent)], window)
