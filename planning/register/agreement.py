"""Stores of what people are asked, and of what their departments say to the journey."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from planning.agreement.ratification import Ratification, Stance
from planning.agreement.results import ScoreResult
from planning.agreement.values import Invitation, Poll, PollKind


class Polls(Protocol):
    def by_id(self, id: int, *, lock: bool = False) -> Poll: ...
    def of_kind(self, kind: PollKind, limit: int | None = None) -> list[Poll]:
        """The newest first."""
        ...

    def scores(self) -> tuple[ScoreResult, ...]:
        """What came of the newest score test of each stage that at least two people answered, by stage."""
        ...

    def due(self, now: datetime) -> list[Poll]:
        """Those to be looked at, the oldest first, locked; what another process has locked is left out."""
        ...

    def add(self, poll: Poll) -> Poll:
        """Store a poll (its `id` is ignored and assigned)."""
        ...

    def save(self, poll: Poll) -> None: ...
    def invite(self, poll: int, people: Sequence[tuple[int, int]]) -> list[Invitation]:
        """Store an invitation for each (person, department), in this order."""
        ...

    def invitation(self, id: int, *, lock: bool = False) -> Invitation: ...
    def invitations(self, poll: int) -> list[Invitation]: ...
    def waiting_for(self, person: int) -> list[Invitation]:
        """The person's invitations to polls that are open, the newest first."""
        ...

    def save_invitation(self, invitation: Invitation) -> None: ...
    def forget_answers(self, poll: int) -> None:
        """Delete what people answered; that they were asked, and whether they answered, stays on record."""
        ...


class Ratifications(Protocol):
    def by_id(self, id: int, *, lock: bool = False) -> Ratification: ...
    def newest(self, limit: int = 1) -> list[Ratification]:
        """The newest first."""
        ...

    def add(self, ratification: Ratification) -> Ratification:
        """Store one (its `id` is ignored and assigned)."""
        ...

    def save(self, ratification: Ratification) -> None: ...
    def stances(self, ratification: int) -> list[Stance]:
        """What each department says of each stage, by department and stage."""
        ...

    def save_stances(self, ratification: int, stances: Sequence[Stance]) -> None:
        """Write these in the place of what the same departments said of the same stages."""
        ...
