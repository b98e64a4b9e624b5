"""What an import and an export speak of: columns, rows, issues, plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planning.errors import PlanningError
from planning.initiatives.values import Initiative, Status
from planning.text import clip
from planning.transfer.drafts import NamedDraft


class TransferFault(PlanningError):
    """The file as a whole cannot be taken; the text says what to do."""


class Field(StrEnum):
    """What a column of a portfolio can hold; the names of the columns that an export writes."""

    REFERENCE = "id"
    SOURCE = "source"
    SOURCE_ID = "source_id"
    DEPARTMENT = "department"
    OWNER = "owner"
    TITLE = "title"
    PROBLEM = "problem"
    STATUS = "status"
    START = "start"
    END = "end"
    MOVABLE_FROM = "movable_from"
    MOVABLE_UNTIL = "movable_until"
    STAGES = "stages"
    SEGMENTS = "segments"
    TOUCHPOINTS = "touchpoints"
    CONTACTS = "contacts"
    EFFECTS = "metric_effects"
    REQUESTS = "requests"
    LINKS = "links"
    SERVES = "serves_problem"
    SUPPLIES = "supplies"
    JOINED = "joined"


OWN_FIELDS = frozenset({Field.REFERENCE, Field.SOURCE, Field.JOINED})
"""Only in files that Concord wrote; nobody maps a column of another file to them."""


class IssueKind(StrEnum):
    """How much a line of the report matters."""

    REJECTED = "rejected"
    """The row does not go in."""
    LEFT_OUT = "left out"
    """The row goes in without this, or with it shortened."""
    NOTED = "noted"
    """Understood, and worth a word."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something to tell of a line of the file."""

    line: int
    kind: IssueKind
    reason: str
    column: str = ""
    value: str = ""

    @property
    def text(self) -> str:
        """The issue without its line, so that equal ones can be told together."""
        shown = f"“{clip(' '.join(self.value.split()), 60)}”" if self.value else ""
        return " ".join(part for part in (self.column, shown, self.reason) if part)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one record and the line of the file on which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as it was read: unique column names and rows of exactly that many cells."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    issues: tuple[Issue, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column holds which field; the others are kept with the initiative."""

    places: Mapping[Field, int]
    kept: Mapping[str, int]
    """Name → place of the columns that are kept but not used."""


class Standing(StrEnum):
    """What an import does with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row as it will be; `present` is what the register has of it."""

    line: int
    source: str
    source_id: str
    draft: NamedDraft
    standing: Standing
    present: Initiative | None = None
    changed: tuple[str, ...] = ()
    """The names of the draft's fields that will be different."""
    reference: int | None = None
    """The number that it has in the register it was exported from."""
    joined: int | None = None
    """The number, in that register, of the initiative that it was given up for."""


@dataclass(frozen=True, slots=True)
class Making:
    """Names that an import will add to the register, in the order in which they appear."""

    departments: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    touchpoints: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import will do, decided before anything is written."""

    source: str
    columns: tuple[str, ...]
    mapping: ColumnMap
    rows: tuple[PlannedRow, ...]
    issues: tuple[Issue, ...]
    making: Making
    statuses: Mapping[str, Status | None]
    """The file's own words for a status and what each is taken for; None: says nothing."""

    def of(self, standing: Standing) -> tuple[PlannedRow, ...]:
        """The rows with which the import does that."""
        return tuple(row for row in self.rows if row.standing is standing)

    @property
    def changes(self) -> bool:
        """Whether any row would be written."""
        return any(row.standing is not Standing.UNCHANGED for row in self.rows)

    @property
    def rejected(self) -> int:
        """How many lines do not go in."""
        return len({issue.line for issue in self.issues if issue.kind is IssueKind.REJECTED})

    @property
    def reported(self) -> int:
        """How many lines of the file have something to tell."""
        return len({issue.line for issue in self.issues})

    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, unchanged and rejected."""
        return {str(standing): len(self.of(standing)) for standing in Standing} | {"rejected": self.rejected}


@dataclass(frozen=True, slots=True)
class Options:
    """What the person said beside the file; `today` decides whether a row without a status has begun."""

    source: str
    today: date
    department: str = ""
    """For rows that name none."""
    create_stages: bool = False
    fiscal_start: int | None = None
    """The month in which the fiscal year begins; None: fiscal dates are not understood."""
