"""Decisions that executives are asked for."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Index
from sqlalchemy.orm import Mapped

from db.scope import Scope
from db.tables import Numbered, Row, within
from planning.decisions.values import Decision, Ruling


class DecisionRow(Numbered, Row):
    """One finding that waits too long."""

    __tablename__ = "decisions"
    __table_args__ = (
        Index(None, "workspace_id", "finding_id"),
        Index(None, "workspace_id", "ruling"),
        within("finding_id", "findings"),
        within("proposal_id", "proposals"),
        within("by", "people"),
        within("delegate", "people"),
        within("plan_id", "plans"),
    )

    finding_id: Mapped[int]
    asked_at: Mapped[datetime]
    proposal_id: Mapped[int | None]
    ruling: Mapped[Ruling | None]
    by: Mapped[int | None]
    at: Mapped[datetime | None]
    delegate: Mapped[int | None]
    plan_id: Mapped[int | None]
    told_at: Mapped[datetime | None]

    def fill(self, decision: Decision) -> None:
        """Take over what the value says."""
        self.finding_id, self.asked_at, self.proposal_id = decision.finding, decision.asked_at, decision.proposal
        self.ruling, self.by, self.at = decision.ruling, decision.by, decision.at
        self.delegate, self.plan_id, self.told_at = decision.delegate, decision.plan, decision.told_at

    def value(self) -> Decision:
        """The row as planning knows it."""
        said = (self.ruling, self.by, self.at, self.delegate, self.plan_id, self.told_at)
        return Decision(self.id, self.finding_id, self.asked_at, self.proposal_id, *said)


@dataclass(frozen=True, slots=True)
class SqlDecisions:
    """The decisions of a workspace, oldest first."""

    scope: Scope

    def by_id(self, id: int, *, lock: bool = False) -> Decision:
        """The decision with a number; with `lock` nobody else changes it until the end of the unit."""
        return self.scope.one(DecisionRow, id, "I do not know this decision.", lock=lock).value()

    def open(self) -> list[Decision]:
        """Those that nobody has ruled on."""
        return self._where(DecisionRow.ruling.is_(None))

    def ruled(self, since: datetime | None = None) -> list[Decision]:
        """Those ruled on since then; all without it."""
        return self._where(DecisionRow.ruling.is_not(None), *([DecisionRow.at >= since] if since else []))

    def of(self, findings: Collection[int]) -> list[Decision]:
        """All about these findings."""
        return self._where(DecisionRow.finding_id.in_(sorted(findings)))

    def add(self, decision: Decision) -> Decision:
        """Store one (its `id` is ignored and assigned)."""
        numbered = replace(decision, id=self.scope.number(DecisionRow))
        row = DecisionRow(workspace_id=self.scope.workspace, id=numbered.id)
        row.fill(numbered)
        self.scope.keep(row)
        return numbered

    def save(self, decision: Decision) -> None:
        """Write it as it is now."""
        row = self.scope.one(DecisionRow, decision.id, "I do not know this decision.")
        row.fill(decision)
        self.scope.keep(row)

    def _where(self, *conditions: ColumnElement[bool]) -> list[Decision]:
        rows = self.scope.session.scalars(self.scope.select(DecisionRow).where(*conditions).order_by(DecisionRow.id))
        return [row.value() for row in rows]
