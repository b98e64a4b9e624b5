"""Proposals: what would have to change so that nothing collides and no pool is asked for too much."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from planning.findings.facts import Who
from planning.proposals.changes import Change, ChangeKind, Days


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class AboutKind(StrEnum):
    """What a proposal and a plan can be for."""

    FINDING = "finding"
    STAGE = "stage"
    POOL = "pool"
    QUARTER = "quarter"


class About(_Value):
    """A finding, a stage, a pool (by its id), or the whole portfolio (id 0); `quarter` such as 2027-Q1, or all time."""

    kind: AboutKind
    id: int = 0
    quarter: str = ""

    def __str__(self) -> str:
        return ":".join(filter(None, (self.kind, str(self.id) if self.id else "", self.quarter)))


class Forbidden(_Value):
    """A kind of change that an initiative must not undergo."""

    initiative: int
    change: ChangeKind


class Wishes(_Value):
    """What a person wants of a proposal."""

    pinned: tuple[int, ...] = ()
    """Initiatives that stay as they are."""
    forbidden: tuple[Forbidden, ...] = ()
    avoided: tuple[tuple[str, ...], ...] = ()
    """The signatures of proposals that are not wanted again: see `Proposed.signature`."""


class Tally(_Value):
    """What is wrong, counted; person-weeks over all overloaded weeks together."""

    collisions: int = 0
    crowded_weeks: int = 0
    overloaded_weeks: int = 0
    short: float = 0.0
    duplicates: int = 0

    @property
    def conflicts(self) -> int:
        """All that a proposal should bring to nothing."""
        return self.collisions + self.crowded_weeks + self.overloaded_weeks + self.duplicates


class PoolLoad(_Value):
    """Person-weeks of one pool in one week (its Monday), as it is and as it would be."""

    pool: int
    name: str
    monday: date
    available: float
    before: float
    after: float


class ContactDays(Who):
    """A contact in a calendar, as it is and as it would be; `clashes` are other initiatives that it runs into."""

    segment_name: str
    touchpoint_name: str
    intent: str
    before: Days
    after: Days
    clashes_before: tuple[int, ...] = ()
    clashes_after: tuple[int, ...] = ()


class LackKind(StrEnum):
    """What can be short."""

    PEOPLE = "people"
    """A pool has too few person-weeks."""
    ROOM = "room"
    """A segment would be contacted too often."""
    DAYS = "days"
    """Two opposed contacts cannot be parted within their windows."""


class Lack(_Value):
    """What is short although everything that may move is moved: `amount` person-weeks, contacts or days, by week."""

    kind: LackKind
    name: str
    weeks: tuple[date, ...]
    amount: float
    initiatives: tuple[int, ...] = ()


class Relaxation(_Value):
    """The cheapest thing that would make it possible, told in one sentence."""

    sentence: str


class Proposed(_Value):
    """What the solver says; without changes and conflicts there was nothing to do."""

    possible: bool
    """Whether the changes bring all conflicts of the scope to nothing."""
    proven: bool
    """Whether nothing better exists (or, if not possible, whether that is certain); False after a stop or deadline."""
    changes: tuple[Change, ...] = ()
    before: Tally = Tally()
    after: Tally = Tally()
    loads: tuple[PoolLoad, ...] = ()
    contacts: tuple[ContactDays, ...] = ()
    lacks: tuple[Lack, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    cost: int = 0
    initiatives: tuple[int, ...] = ()
    """Those that it is about."""

    @property
    def signature(self) -> tuple[str, ...]:
        """What changes, so that another proposal can be told from it."""
        return tuple(
            sorted(change.model_dump_json(exclude={"title", "department", "asked"}) for change in self.changes)
        )
