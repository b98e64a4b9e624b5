"""The cells of one line by field, and what there is to tell of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from planning.transfer.cells import says_nothing
from planning.transfer.dates import UnreadableDay
from planning.transfer.readings.values import ReadingColumns, ReadingField
from planning.transfer.rowcells import Unreadable
from planning.transfer.values import Issue, IssueKind, Row

T = TypeVar("T")


@dataclass
class LineCells:
    """A line with its column names, and the issues met while reading it."""

    row: Row
    columns: tuple[str, ...]
    mapping: ReadingColumns
    issues: list[Issue] = field(default_factory=list)

    def text(self, wanted: ReadingField) -> str:
        """What the line says of a field; nothing where none of its columns says anything."""
        template = self.mapping.templates.get(wanted)
        if template is None:
            return ""
        cells = [self.row.cells[place] for place in template.places]
        if cells and all(says_nothing(cell) for cell in cells):
            return ""
        return template.text(self.row.cells).strip()

    def needed(self, wanted: ReadingField, read: Callable[[str], T]) -> T | None:
        """What the line must say; without it the line does not go in."""
        text = self.text(wanted)
        if not text:
            self._tell(wanted, IssueKind.REJECTED, self._raw(wanted), f"says no {_NOUNS[wanted]}; fill it in")
            return None
        return self._read(wanted, text, read, IssueKind.REJECTED, "")

    def optional(self, wanted: ReadingField, read: Callable[[str], T]) -> T | None:
        """What the line may say; it goes in without what cannot be read."""
        text = self.text(wanted)
        return self._read(wanted, text, read, IssueKind.LEFT_OUT, "; left out") if text else None

    def _read(self, wanted: ReadingField, text: str, read: Callable[[str], T], kind: IssueKind, after: str) -> T | None:
        try:
            return read(text)
        except (Unreadable, UnreadableDay) as error:
            self._tell(wanted, kind, text, f"{str(error).rstrip('.')}{after}")
            return None

    def _raw(self, wanted: ReadingField) -> str:
        template = self.mapping.templates.get(wanted)
        return "" if template is None else template.text(self.row.cells).strip()

    def _tell(self, wanted: ReadingField, kind: IssueKind, value: str, reason: str) -> None:
        template = self.mapping.templates.get(wanted)
        single = template is not None and len(template.parts) == 1 and template.places
        column = template.shown(self.columns) if template is not None and single else str(wanted)
        self.issues.append(Issue(self.row.line, kind, reason, column, value))


_NOUNS = {ReadingField.METRIC: "metric", ReadingField.ON: "day", ReadingField.VALUE: "value"}
