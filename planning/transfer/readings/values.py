"""What is spoken of when readings come in: columns, what a line says, what becomes of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planning.metrics.values import Cadence, Direction, Metric
from planning.transfer.values import Issue, IssueKind


class ReadingField(StrEnum):
    """What a column can hold; those below `RESPONDENTS` are told of the metric itself."""

    METRIC = "metric"
    ON = "on"
    VALUE = "value"
    RESPONDENTS = "respondents"
    UNIT = "unit"
    DIRECTION = "direction"
    STAGE = "stage"
    SEGMENT = "segment"
    OWNER = "owner"
    BASELINE = "baseline"
    BASELINE_ON = "baseline_date"
    TARGET = "target"
    TARGET_ON = "target_date"
    CADENCE = "cadence"
    SOURCE = "source"


OF_READING = (ReadingField.METRIC, ReadingField.ON, ReadingField.VALUE, ReadingField.RESPONDENTS)
NEEDED = (ReadingField.METRIC, ReadingField.ON, ReadingField.VALUE)


@dataclass(frozen=True, slots=True)
class Template:
    """How a text is made of a row: the places of columns, and what stands between them as it is."""

    parts: tuple[int | str, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """The columns that it reads."""
        return tuple(part for part in self.parts if isinstance(part, int))

    def text(self, cells: tuple[str, ...]) -> str:
        """The text of a row."""
        return "".join(cells[part] if isinstance(part, int) else part for part in self.parts)

    def shown(self, columns: tuple[str, ...]) -> str:
        """The template as a person would write it."""
        if len(self.parts) == 1 and self.places:
            return columns[self.places[0]]
        return "".join(f"{{{columns[part]}}}" if isinstance(part, int) else part for part in self.parts)


@dataclass(frozen=True, slots=True)
class ReadingColumns:
    """Which field is made of what; `unused` are the names of the columns that say nothing to us."""

    templates: Mapping[ReadingField, Template]
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a line says of its metric beside the reading; `stage`, `segment` and `owner` are names."""

    unit: str = ""
    direction: Direction | None = None
    stage: str = ""
    segment: str = ""
    owner: str = ""
    baseline: float | None = None
    baseline_on: date | None = None
    target: float | None = None
    target_on: date | None = None
    cadence: Cadence | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says; `metric` is the name as it is stored, `full` as the file has it."""

    line: int
    metric: str
    on: date
    value: float
    respondents: int | None = None
    about: About = About()
    full: str = ""

    @property
    def said(self) -> tuple[float, int | None]:
        """What two lines of one metric and day must not differ in."""
        return self.value, self.respondents


class Outcome(StrEnum):
    """What becomes of a line that is understood."""

    ADDED = "added"
    AMENDED = "amended"
    SAME = "same"
    """The register, or an earlier line, says so already."""


@dataclass(frozen=True, slots=True)
class PlannedReading:
    """A line with what becomes of it; `before` is the value that it amends."""

    line: Line
    outcome: Outcome
    before: float | None = None


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What was said beside the lines; `today` is the last day that a reading may be of."""

    today: date
    new_metrics: bool = False
    fiscal_start: int | None = None
    """The month in which the fiscal year begins; None: fiscal dates are not understood."""


@dataclass(frozen=True, slots=True)
class ReadingsPlan:
    """What taking the lines in will do, decided before anything is written."""

    columns: tuple[str, ...]
    mapping: ReadingColumns
    rows: tuple[PlannedReading, ...]
    issues: tuple[Issue, ...]
    making: tuple[Metric, ...] = ()
    """Metrics that will be made, without a number."""
    unknown: Mapping[str, int] = field(default_factory=dict)
    """Names that are no metric → on how many lines."""

    @property
    def rejected(self) -> tuple[Issue, ...]:
        """Why lines do not go in; each line once."""
        found = {issue.line: issue for issue in self.issues if issue.kind is IssueKind.REJECTED}
        return tuple(found.values())

    @property
    def changes(self) -> bool:
        """Whether anything would be written."""
        return bool(self.making) or any(row.outcome is not Outcome.SAME for row in self.rows)

    def counts(self) -> dict[str, int]:
        """How many lines are added, amended, the same and rejected."""
        counted = Counter(row.outcome for row in self.rows)
        return {str(each): counted[each] for each in Outcome} | {"rejected": len(self.rejected)}

    def metrics(self) -> int:
        """How many metrics the lines that go in are of."""
        return len({row.line.metric.casefold() for row in self.rows})
