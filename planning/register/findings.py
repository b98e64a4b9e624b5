"""The store of findings."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from planning.findings.queueing import Change, Detection
from planning.findings.values import Finding, Found, Kind, Member, Rule, State
from planning.register.pages import Page


class Findings(Protocol):
    def by_id(self, id: int, *, lock: bool = False) -> Finding: ...
    def of_threads(self, threads: Collection[str]) -> list[Finding]:
        """All on record of these threads, closed ones too."""
        ...

    def standing(self, kind: Kind | None = None) -> list[Finding]:
        """All that are not closed."""
        ...

    def touching(self, members: Collection[Member]) -> list[Finding]:
        """All on record, closed ones too, that have one of these as a member."""
        ...

    def decided(self) -> list[Finding]:
        """All on record, closed ones too, of which somebody said whether they are worth telling; snoozes are not."""
        ...

    def slept_out(self, now: datetime) -> list[Finding]:
        """Those whose snooze has ended."""
        ...

    def add(self, found: Found, now: datetime) -> Finding: ...
    def add_all(self, found: Sequence[Found], now: datetime) -> list[Finding]: ...
    def save(self, finding: Finding, now: datetime) -> None: ...
    def save_all(self, findings: Sequence[Finding], now: datetime) -> None: ...
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

    def some(self, ids: Collection[int]) -> list[Finding]:
        """Those with these numbers."""
        ...

    def needing(self, person: int, departments: Collection[int], now: datetime, limit: int) -> Page[Finding]:
        """Open ones handed to the person, overlaps of the departments and of what the person owns or looks after.

        Highest score first; what was handed to somebody else is left out.
        """
        ...


class Detections(Protocol):
    """Changes whose findings are brought up to date behind the acknowledgement."""

    def add(self, change: Change, now: datetime) -> None:
        """Queue it."""
        ...

    def claim(self, now: datetime, lease: timedelta, limit: int) -> list[Detection]:
        """Take on the oldest of those that wait or whose doer has not come back; ours until the lease ends."""
        ...

    def waiting(self) -> int:
        """How many are not dealt with."""
        ...

    def state(self) -> tuple[int, ...]:
        """What all of the register that a detection looks at was at last written as: the same while nothing changed."""
        ...

    def settle(self, detection: Detection) -> bool:
        """It is dealt with; False, and nothing is written, when somebody has claimed it since."""
        ...

    def put_off(self, detection: Detection, until: datetime) -> bool:
        """Try again then what has failed."""
        ...
