"""What a row means to move, asks for and fixes: metric effects, resource requests, the problem served and its parts."""

from planning.initiatives.checking import PERSON_WEEKS_MAX, may_ask_for
from planning.metrics.values import Direction
from planning.problems.values import Part
from planning.text import NAME_MAX, one_line
from planning.transfer.cells import names_in, parts_in, says_nothing, worded
from planning.transfer.dates import Reading, window_of
from planning.transfer.drafts import NamedEffect, NamedRequest
from planning.transfer.naming import Roll, short_name
from planning.transfer.rowcells import RowCells, Unreadable
from planning.transfer.values import Field

EFFECT = "write metric:up or metric:down"
REQUEST = "write pool|person-weeks|from|to"
_PARTS = {worded(part): part for part in Part}
_WAYS = {str(direction): direction for direction in Direction}


def effects(cells: RowCells, metrics: Roll) -> tuple[NamedEffect, ...]:
    """What the row would do to which metrics, one way for each."""
    said = cells.each(Field.EFFECTS, names_in(cells.text(Field.EFFECTS)), lambda text: _effect(text, metrics), EFFECT)
    taken: dict[str, NamedEffect] = {}
    for effect in said:
        if taken.setdefault(effect.metric, effect) is not effect:
            cells.leave_out(Field.EFFECTS, effect.metric, "is said to go both ways; the first is taken")
    return tuple(taken.values())


def _effect(text: str, metrics: Roll) -> NamedEffect:
    name, _, way = text.rpartition(":")
    if not short_name(name) or worded(way) not in _WAYS:
        raise Unreadable("names no metric and way")
    return NamedEffect(metrics.call(name) or name, _WAYS[worded(way)])


def requests(cells: RowCells, pools: Roll, reading: Reading) -> tuple[NamedRequest, ...]:
    """What the row asks of which pools; a pool is never made here, because nobody said its capacity."""
    wanted = names_in(cells.text(Field.REQUESTS))
    return cells.each(Field.REQUESTS, wanted, lambda text: _request(text, pools, reading), REQUEST)


def _request(text: str, pools: Roll, reading: Reading) -> NamedRequest:
    parts = parts_in(text)
    if len(parts) != 4 or not all(parts):
        raise Unreadable(f"has {len(parts)} parts")
    pool, amount, start, end = parts
    name = pools.call(pool)
    if name is None:
        raise Unreadable(f"“{pool}” is not a pool; add it with its capacity and import again")
    return NamedRequest(name, _person_weeks(amount), window_of(start, end, reading))


def _person_weeks(text: str) -> float:
    try:
        amount = float(text)
    except ValueError:
        amount = 0
    if not may_ask_for(amount):
        raise Unreadable(f"“{text}” is not a number of person-weeks above 0 and at most {PERSON_WEEKS_MAX:,}")
    return amount


def serves(cells: RowCells, problems: Roll) -> str | None:
    """The customer problem that the row serves."""
    name = one_line(cells.text(Field.SERVES))
    return None if says_nothing(name) else problems.call(cells.fitted(Field.SERVES, name, NAME_MAX))


def supplies(cells: RowCells) -> tuple[Part, ...]:
    """The parts of the problem's fix that the row brings."""
    return cells.each(Field.SUPPLIES, names_in(cells.text(Field.SUPPLIES).replace(",", ";")), _part, _ONE_OF)


def _part(text: str) -> Part:
    if worded(text) not in _PARTS:
        raise Unreadable("is not a part of a fix")
    return _PARTS[worded(text)]


_ONE_OF = f"say {', '.join(Part)}"
