"""The days within which an initiative may be moved, from two columns of a row."""

from planning.initiatives.checking import movable_fault
from planning.transfer.cells import says_nothing
from planning.transfer.dates import Reading, UnreadableDay, window_of
from planning.transfer.drafts import NamedDraft
from planning.transfer.rowcells import RowCells
from planning.transfer.values import Field
from planning.window import Window


def movable(cells: RowCells, reading: Reading) -> dict[str, Window | None]:
    """Nothing when the cells are empty or unreadable; None when they say that nobody has said."""
    start, end = (cells.text(each).strip() for each in (Field.MOVABLE_FROM, Field.MOVABLE_UNTIL))
    if not start and not end:
        return {}
    if says_nothing(start) and says_nothing(end):
        cells.note(Field.MOVABLE_FROM, start or end, "means no such days")
        return {"movable": None}
    try:
        return {"movable": window_of(start, end, reading)}
    except UnreadableDay as error:
        cells.leave_out(Field.MOVABLE_FROM, f"{start or '…'} to {end or '…'}", f"{error}; left out")
        return {}


def movable_reason(draft: NamedDraft) -> str | None:
    """Why the days of a draft cannot be taken with its dates."""
    fault = movable_fault(draft.movable, draft.starts_on, draft.ends_on)
    return f"may be moved between days that do not fit its dates ({draft.movable}); left out" if fault else None
