"""The cells of one row by field, and the issues met while reading them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from planning.text import clean, clip
from planning.transfer.cells import listed, says_nothing
from planning.transfer.dates import UnreadableDay
from planning.transfer.values import ColumnMap, Field, Issue, IssueKind, Row

T = TypeVar("T")


class Unreadable(ValueError):
    """Why one of the things in a cell cannot be read."""


@dataclass
class RowCells:
    """A row with its column names, and what there is to tell of it."""

    row: Row
    columns: tuple[str, ...]
    mapping: ColumnMap
    issues: list[Issue] = field(default_factory=list)
    spare: dict[str, str] = field(default_factory=dict)
    """What does not fit its field and is kept under its column's name."""
    unknown_status: bool = False
    """Whether the row has a word for its status that nobody knows."""

    def text(self, wanted: Field) -> str:
        """The cell of a field; empty when no column holds it."""
        place = self.mapping.places.get(wanted)
        return "" if place is None else self.row.cells[place]

    def name(self, wanted: Field) -> str:
        """What the file calls the field."""
        place = self.mapping.places.get(wanted)
        return str(wanted) if place is None else self.columns[place]

    def reject(self, reason: str) -> None:
        """The row does not go in."""
        self.issues.append(Issue(self.row.line, IssueKind.REJECTED, reason))

    def leave_out(self, wanted: Field, value: str, reason: str) -> None:
        """The row goes in without this."""
        self.issues.append(Issue(self.row.line, IssueKind.LEFT_OUT, reason, self.name(wanted), value))

    def note(self, wanted: Field, value: str, reason: str) -> None:
        """Nothing is lost, and it is worth a word."""
        self.issues.append(Issue(self.row.line, IssueKind.NOTED, reason, self.name(wanted), value))

    def fitted(self, wanted: Field, text: str, limit: int) -> str:
        """The text, shortened and reported when it is too long."""
        if len(text) > limit:
            self.leave_out(wanted, text, f"is longer than {limit} characters; shortened")
        return clip(text, limit)

    def each(self, wanted: Field, texts: Iterable[str], read: Callable[[str], T], how: str) -> tuple[T, ...]:
        """What the texts of a cell say, each thing once; what cannot be read is reported and kept as it is."""
        said: dict[T, None] = {}
        unread = []
        for text in (text for text in texts if not says_nothing(text)):
            try:
                said[read(text)] = None
            except (Unreadable, UnreadableDay) as error:
                self.leave_out(wanted, text, f"{error}; kept beside the initiative: {how}")
                unread.append(text)
        if unread:
            self.spare[self.name(wanted)] = listed(unread)
        return tuple(said)

    def extras(self) -> Mapping[str, str]:
        """The columns that are kept but not used, where they say something."""
        kept = {name: clean(self.row.cells[place]) for name, place in self.mapping.kept.items()}
        return {name: text for name, text in (kept | self.spare).items() if text}
