"""Polls and who is asked in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Index, UniqueConstraint, and_, insert, update
from sqlalchemy.orm import Mapped

from db.scope import Scope
from db.tables import Numbered, Row, within
from planning.agreement.answers import ANSWER
from planning.agreement.results import RESULT, ScoreResult
from planning.agreement.values import Invitation, Poll, PollKind


class PollRow(Numbered, Row):
    """One round of asking."""

    __tablename__ = "polls"
    __table_args__ = (Index(None, "next_at"), within("opened_by", "people"))

    kind: Mapped[PollKind]
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    opened_by: Mapped[int | None]
    size: Mapped[int]
    seed: Mapped[int]
    about: Mapped[list[object]]
    next_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    result: Mapped[dict[str, object] | None]

    def fill(self, poll: Poll) -> None:
        """Take over what the value says."""
        self.kind, self.opened_by, self.size, self.seed = poll.kind, poll.opened_by, poll.size, poll.seed
        self.opened_at, self.closes_at, self.next_at = poll.opened_at, poll.closes_at, poll.next_at
        self.about, self.closed_at = [*poll.about], poll.closed_at
        self.result = None if poll.result is None else RESULT.dump_python(poll.result, mode="json")

    def value(self) -> Poll:
        """The row as planning knows it."""
        asked = (self.kind, self.opened_at, self.closes_at, self.opened_by, self.size, self.seed)
        about = tuple(int(str(id)) for id in self.about)
        result = None if self.result is None else RESULT.validate_python(self.result)
        return Poll(self.id, *asked, about, self.next_at, self.closed_at, result)


class InvitationRow(Numbered, Row):
    """One person asked in a poll, and what they answered."""

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("workspace_id", "poll_id", "person_id"),
        Index(None, "workspace_id", "person_id"),
        within("poll_id", "polls"),
        within("person_id", "people"),
        within("department_id", "departments"),
    )

    poll_id: Mapped[int]
    person_id: Mapped[int]
    department_id: Mapped[int]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[dict[str, object] | None]

    def value(self) -> Invitation:
        """The row as planning knows it."""
        answer = None if self.answer is None else ANSWER.validate_python(self.answer)
        asked = (self.poll_id, self.person_id, self.department_id)
        return Invitation(self.id, *asked, self.reminded_at, self.answered_at, answer)


@dataclass(frozen=True, slots=True)
class SqlPolls:
    """The polls of a workspace."""

    scope: Scope

    def by_id(self, id: int, *, lock: bool = False) -> Poll:
        """The poll with a number; with `lock` nobody else changes it until the end of the unit."""
        return self.scope.one(PollRow, id, "I do not know this poll.", lock=lock).value()

    def of_kind(self, kind: PollKind, limit: int | None = None) -> list[Poll]:
        """The newest first."""
        rows = self.scope.select(PollRow).where(PollRow.kind == kind).order_by(PollRow.id.desc()).limit(limit)
        return [row.value() for row in self.scope.session.scalars(rows)]

    def scores(self) -> tuple[ScoreResult, ...]:
        """What came of the newest score test of each stage that at least two people answered, by stage."""
        found = [poll.result for poll in self.of_kind(PollKind.SCORE)]
        newest = {one.stage: one for one in reversed(found) if isinstance(one, ScoreResult) and one.answered > 1}
        return tuple(newest[stage] for stage in sorted(newest))

    def due(self, now: datetime) -> list[Poll]:
        """Those to be looked at, the oldest first, locked; what another process has locked is left out."""
        rows = self.scope.select(PollRow).where(poll_due(now)).order_by(PollRow.id)
        return [row.value() for row in self.scope.session.scalars(rows.with_for_update(skip_locked=True))]

    def add(self, poll: Poll) -> Poll:
        """Store a poll under a number of its own."""
        numbered = replace(poll, id=self.scope.number(PollRow))
        row = PollRow(workspace_id=self.scope.workspace, id=numbered.id)
        row.fill(numbered)
        self.scope.keep(row)
        return numbered

    def save(self, poll: Poll) -> None:
        """Write the poll as it is now."""
        row = self.scope.one(PollRow, poll.id, "I do not know this poll.")
        row.fill(poll)
        self.scope.keep(row)

    def invite(self, poll: int, people: Sequence[tuple[int, int]]) -> list[Invitation]:
        """Store an invitation for each (person, department), in this order."""
        ids = self.scope.numbers(InvitationRow, len(people)) if people else ()
        invited = [Invitation(id, poll, *one) for id, one in zip(ids, people, strict=True)]
        if invited:
            self.scope.session.execute(insert(InvitationRow), [self._columns(one) for one in invited])
        return invited

    def invitation(self, id: int, *, lock: bool = False) -> Invitation:
        """The invitation with a number; with `lock` nobody else changes it until the end of the unit."""
        return self._row(id, lock=lock).value()

    def invitations(self, poll: int) -> list[Invitation]:
        """All invitations to a poll."""
        return self._invitations(InvitationRow.poll_id == poll)

    def waiting_for(self, person: int) -> list[Invitation]:
        """The person's invitations to polls that are open, the newest first."""
        open_ones = self.scope.select(PollRow).where(PollRow.closed_at.is_(None)).with_only_columns(PollRow.id)
        theirs = and_(InvitationRow.person_id == person, InvitationRow.poll_id.in_(open_ones))
        return self._invitations(theirs)[::-1]

    def save_invitation(self, invitation: Invitation) -> None:
        """Write the invitation as it is now."""
        row = self._row(invitation.id)
        row.reminded_at, row.answered_at = invitation.reminded_at, invitation.answered_at
        row.answer = _dumped(invitation)
        self.scope.keep(row)

    def forget_answers(self, poll: int) -> None:
        """Delete what people answered; that they were asked, and whether they answered, stays on record."""
        asked = (self.scope.owns(InvitationRow), InvitationRow.poll_id == poll)
        self.scope.session.execute(update(InvitationRow).where(*asked).values(answer=None))

    def _row(self, id: int, *, lock: bool = False) -> InvitationRow:
        return self.scope.one(InvitationRow, id, "I do not know this invitation.", lock=lock)

    def _invitations(self, condition: ColumnElement[bool]) -> list[Invitation]:
        rows = self.scope.select(InvitationRow).where(condition).order_by(InvitationRow.id)
        return [row.value() for row in self.scope.session.scalars(rows)]

    def _columns(self, one: Invitation) -> dict[str, object]:
        return {
            "workspace_id": self.scope.workspace,
            "id": one.id,
            "poll_id": one.poll,
            "person_id": one.person,
            "department_id": one.department,
            "reminded_at": one.reminded_at,
            "answered_at": one.answered_at,
            "answer": _dumped(one),
        }


def _dumped(one: Invitation) -> dict[str, object] | None:
    return None if one.answer is None else ANSWER.dump_python(one.answer, mode="json")


def poll_due(now: datetime) -> ColumnElement[bool]:
    """Whether a poll has to be looked at."""
    return and_(PollRow.next_at.is_not(None), PollRow.next_at <= now)
