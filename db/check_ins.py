"""What owners were asked of their initiatives, and what they said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Index, UniqueConstraint, func, select, tuple_
from sqlalchemy.orm import Mapped, mapped_column

from db.scope import Scope, portions
from db.tables import Numbered, Row, within
from planning.checkins.values import CheckIn, Standing


class CheckInRow(Numbered, Row):
    """One owner asked about one initiative."""

    __tablename__ = "check_ins"
    __table_args__ = (
        within("initiative_id", "initiatives"),
        within("person_id", "people"),
        UniqueConstraint("workspace_id", "initiative_id", "asked_at"),
        Index(None, "workspace_id", "person_id"),
    )

    initiative_id: Mapped[int]
    person_id: Mapped[int]
    asked_at: Mapped[datetime]
    answer: Mapped[Standing | None]
    note: Mapped[str] = mapped_column(server_default="")
    answered_at: Mapped[datetime | None]

    def value(self) -> CheckIn:
        """The row as planning knows it."""
        said = (self.answer, self.note, self.answered_at)
        return CheckIn(self.id, self.initiative_id, self.person_id, self.asked_at, *said)


@dataclass(frozen=True, slots=True)
class SqlCheckIns:
    """The check-ins of a workspace."""

    scope: Scope

    def add_all(self, check_ins: Sequence[CheckIn]) -> list[CheckIn]:
        """Store them (their ids are ignored and assigned)."""
        numbers = self.scope.numbers(CheckInRow, len(check_ins)) if check_ins else ()
        added = [replace(one, id=number) for one, number in zip(check_ins, numbers, strict=True)]
        self.scope.keep(*(_row(self.scope, one) for one in added))
        return added

    def by_id(self, id: int, *, lock: bool = False) -> CheckIn:
        """The check-in with a number."""
        return self._one(id, lock=lock).value()

    def asked(self, person: int, asked_at: datetime) -> list[CheckIn]:
        """What one person was asked at that moment, by initiative."""
        of = self.scope.select(CheckInRow).where(CheckInRow.person_id == person, CheckInRow.asked_at == asked_at)
        return [row.value() for row in self.scope.session.scalars(of.order_by(CheckInRow.initiative_id))]

    def last_asked(self, person: int) -> CheckIn | None:
        """One of the newest that were put to a person."""
        of = self.scope.select(CheckInRow).where(CheckInRow.person_id == person)
        row = self.scope.session.scalar(of.order_by(CheckInRow.asked_at.desc(), CheckInRow.id).limit(1))
        return row.value() if row else None

    def latest(self, initiatives: Collection[int]) -> dict[int, CheckIn]:
        """Initiative id → the newest check-in about it that was answered."""
        return self._newest(initiatives, CheckInRow.answer.is_not(None))

    def newest(self, initiatives: Collection[int]) -> dict[int, CheckIn]:
        """Initiative id → the newest check-in about it, answered or not."""
        return self._newest(initiatives)

    def _newest(self, initiatives: Collection[int], *among: ColumnElement[bool]) -> dict[int, CheckIn]:
        found: dict[int, CheckIn] = {}
        for some in portions(sorted(initiatives)):
            of = (self.scope.owns(CheckInRow), CheckInRow.initiative_id.in_(some), *among)
            newest = select(CheckInRow.initiative_id, func.max(CheckInRow.asked_at)).where(*of)
            pairs = tuple_(CheckInRow.initiative_id, CheckInRow.asked_at)
            chosen = self.scope.select(CheckInRow).where(pairs.in_(newest.group_by(CheckInRow.initiative_id)))
            found |= {row.initiative_id: row.value() for row in self.scope.session.scalars(chosen)}
        return found

    def since(self, since: datetime) -> list[CheckIn]:
        """Those asked since then, oldest first."""
        asked = self.scope.select(CheckInRow).where(CheckInRow.asked_at >= since).order_by(CheckInRow.id)
        return [row.value() for row in self.scope.session.scalars(asked)]

    def save(self, check_in: CheckIn) -> None:
        """Write what was said."""
        row = self._one(check_in.id)
        row.answer, row.note, row.answered_at = check_in.answer, check_in.note, check_in.answered_at
        self.scope.keep(row)

    def _one(self, id: int, *, lock: bool = False) -> CheckInRow:
        return self.scope.one(CheckInRow, id, "I do not know this check-in.", lock=lock)


def _row(scope: Scope, check_in: CheckIn) -> CheckInRow:
    return CheckInRow(
        workspace_id=scope.workspace,
        id=check_in.id,
        initiative_id=check_in.initiative,
        person_id=check_in.person,
        asked_at=check_in.asked_at,
        answer=check_in.answer,
        note=check_in.note,
        answered_at=check_in.answered_at,
    )
