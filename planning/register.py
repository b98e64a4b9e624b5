"""The register as planning sees it: one workspace, one transaction, one store per subject.

Implemented in `db/`. Everything read inside is consistent; everything written is kept together or not at all.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from planning.audit.values import Entry
from planning.digests.values import Digest, Occurrence, Schedule
from planning.findings.values import Finding, Found, Kind, Rule, State
from planning.initiatives.values import Draft, Initiative
from planning.journey.values import Journey, Segment, Stage, Touchpoint
from planning.outbox.values import Message, MessageKind, Posting
from planning.portfolio.values import Portfolio
from planning.workspace.values import Channel, Department, Person, Role, Workspace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a long list: `items` from `offset` on, of `total`."""

    items: tuple[T, ...]
    total: int
    offset: int = 0

    @property
    def hidden(self) -> int:
        """How many come after these."""
        return max(0, self.total - self.offset - len(self.items))


class Workspaces(Protocol):
    """The one workspace that the unit is opened for."""

    def current(self) -> Workspace: ...
    def save(self, workspace: Workspace) -> None: ...


class People(Protocol):
    def all(self) -> list[Person]: ...
    def by_id(self, id: int) -> Person: ...
    def by_slack(self, slack_id: str) -> Person | None: ...
    def add(
        self,
        name: str,
        *,
        slack_id: str | None = None,
        department: int | None = None,
        zone: str = "UTC",
        roles: frozenset[Role] = frozenset(),
    ) -> Person: ...
    def save(self, person: Person) -> None: ...


class Departments(Protocol):
    def all(self) -> list[Department]: ...
    def by_id(self, id: int) -> Department: ...
    def add(self, name: str, channel: Channel | None = None) -> Department: ...
    def save(self, department: Department) -> None: ...


class Journeys(Protocol):
    def current(self) -> Journey: ...
    def add_stage(self, stage: Stage) -> Stage:
        """Store a stage (its `id` is ignored and assigned); names are unique among the current stages."""
        ...

    def save_stage(self, stage: Stage) -> None: ...
    def retire_stage(self, id: int) -> None:
        """Take a stage out of the journey; initiatives keep a link that is no longer shown."""
        ...

    def add_segment(self, name: str, parent: int | None = None) -> Segment: ...
    def save_segment(self, segment: Segment) -> None: ...
    def remove_segment(self, id: int) -> None:
        """Take out a segment that no initiative uses and that has no parts."""
        ...

    def segment_uses(self) -> dict[int, int]:
        """Segment id → how many initiatives are for it or plan to contact it; none is left out."""
        ...

    def add_touchpoint(self, name: str) -> Touchpoint: ...
    def save_touchpoint(self, touchpoint: Touchpoint) -> None: ...
    def remove_touchpoint(self, id: int) -> None:
        """Take out a touchpoint that no initiative uses."""
        ...

    def touchpoint_uses(self) -> dict[int, int]:
        """Touchpoint id → how many initiatives use it or plan a contact by it; none is left out."""
        ...


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for; empty fields do not narrow. Words must occur in title, problem, names or reference."""

    words: tuple[str, ...] = ()
    owner: int | None = None
    departments: tuple[int, ...] = ()
    stages: tuple[int, ...] = ()
    live_only: bool = False


class Initiatives(Protocol):
    def by_id(self, id: int) -> Initiative: ...
    def all(self) -> list[Initiative]: ...
    def by_source(self, source: str, source_id: str) -> Initiative | None:
        """The one with that pair, if it is on record."""
        ...

    def matching(self, search: Search, limit: int, offset: int = 0) -> Page[Initiative]: ...
    def add(
        self,
        draft: Draft,
        vector: NDArray[np.float32],
        now: datetime,
        *,
        by: int | None = None,
        source: str = "",
        source_id: str = "",
    ) -> Initiative: ...
    def add_all(
        self, drafts: Sequence[tuple[str, Draft, NDArray[np.float32]]], now: datetime, *, by: int | None, source: str
    ) -> list[Initiative]:
        """Many of one source at once: (source id, draft, vector)."""
        ...

    def save(self, initiative: Initiative, vector: NDArray[np.float32] | None = None) -> None:
        """Write it as it is now; the vector only when the text changed."""
        ...

    def portfolio(self) -> Portfolio:
        """The live initiatives and all that their names refer to."""
        ...


class Findings(Protocol):
    def by_id(self, id: int, *, lock: bool = False) -> Finding: ...
    def by_keys(self, keys: Collection[str]) -> dict[str, Finding]: ...
    def standing(self, kind: Kind | None = None) -> list[Finding]:
        """All that are not closed."""
        ...

    def touching(self, initiatives: Collection[int]) -> list[Finding]:
        """All overlaps on record, closed ones too, that have one of the initiatives as a member."""
        ...

    def slept_out(self, now: datetime) -> list[Finding]:
        """Those whose snooze has ended."""
        ...

    def add(self, found: Found, now: datetime) -> Finding: ...
    def add_all(self, found: Sequence[Found], now: datetime) -> list[Finding]: ...
    def save(self, finding: Finding, now: datetime) -> None: ...
    def page(
        self,
        kind: Kind,
        now: datetime,
        limit: int,
        offset: int = 0,
        *,
        states: Collection[State] = (State.OPEN,),
        departments: Collection[int] = (),
        rules: Collection[Rule] = (),
    ) -> Page[Finding]:
        """By state at `now`, highest score first; with departments: those with a member initiative of one of them."""
        ...


class Postings(Protocol):
    """The side of the outbox that planning writes."""

    def add(self, posting: Posting, now: datetime) -> bool:
        """Queue it; False, and nothing changed, when its delivery key is known already."""
        ...

    def revise(self, kind: MessageKind, subject: int) -> int:
        """Have every message of the kind about the subject drawn again; the number of them."""
        ...

    def stuck(self, since: datetime, doubted_before: datetime, limit: int) -> Page[Message]:
        """Those queued since then that failed, or are in doubt and older than `doubted_before`; the newest first."""
        ...

    def resend(self, id: int) -> bool:
        """Queue an uncertain or failed message again; False when it is neither."""
        ...


class Schedules(Protocol):
    def all(self) -> list[Schedule]: ...
    def by_id(self, id: int) -> Schedule: ...
    def due(self, now: datetime) -> list[Schedule]:
        """Those due and not paused, locked; what another process has locked is left out."""
        ...

    def add(self, schedule: Schedule) -> Schedule: ...
    def save(self, schedule: Schedule) -> None: ...
    def claim(self, schedule: int, due_at: datetime, now: datetime, digest: Digest) -> Occurrence | None:
        """Write the occurrence; None when that due time is taken already."""
        ...

    def skip(self, schedule: int, due_at: datetime, now: datetime, reason: str) -> None: ...
    def occurrence(self, id: int) -> Occurrence: ...
    def last_digest_at(self, schedule: int) -> datetime | None: ...


class Audit(Protocol):
    def add(self, entry: Entry) -> None: ...
    def since(self, since: datetime | None) -> Iterator[Entry]:
        """In order of time, oldest first."""
        ...


class Register(Protocol):
    """The unit of work; a store's `by_id` raises NotFound."""

    @property
    def workspaces(self) -> Workspaces: ...
    @property
    def people(self) -> People: ...
    @property
    def departments(self) -> Departments: ...
    @property
    def journeys(self) -> Journeys: ...
    @property
    def initiatives(self) -> Initiatives: ...
    @property
    def findings(self) -> Findings: ...
    @property
    def postings(self) -> Postings: ...
    @property
    def schedules(self) -> Schedules: ...
    @property
    def audit(self) -> Audit: ...


class Registers(Protocol):
    """Opens the register of one workspace: `writing` commits at its end, `reading` never writes."""

    def writing(self) -> AbstractContextManager[Register]: ...
    def reading(self) -> AbstractContextManager[Register]: ...
