"""Proposals: asked for, computed in the background, kept."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Index, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from db.scope import Scope
from db.tables import Numbered, Row, within
from planning.proposals.asking import Progress, Proposal
from planning.proposals.values import About, Proposed, Wishes


class ProposalRow(Numbered, Row):
    """One proposal; `attempts` counts who took it on, so that only the last one may write what came of it."""

    __tablename__ = "proposals"
    __table_args__ = (
        Index(None, "workspace_id", "about"),
        Index(None, "progress"),
        within("asked_by", "people"),
        within("plan_id", "plans"),
    )

    about: Mapped[str]
    scope: Mapped[dict[str, object]]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None]
    plan_id: Mapped[int | None]
    wishes: Mapped[dict[str, object]]
    progress: Mapped[Progress]
    best: Mapped[dict[str, object] | None]
    stop: Mapped[bool]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default="0")
    done_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(server_default="")

    def fill(self, proposal: Proposal) -> None:
        """Take over what the value says."""
        self.about, self.scope = str(proposal.about), proposal.about.model_dump(mode="json")
        self.asked_at, self.asked_by, self.plan_id = proposal.asked_at, proposal.asked_by, proposal.plan
        self.wishes, self.progress = proposal.wishes.model_dump(mode="json"), proposal.progress
        self.best = None if proposal.best is None else proposal.best.model_dump(mode="json")
        self.stop, self.leased_until = proposal.stop, proposal.leased_until
        self.attempts, self.done_at, self.failure = proposal.attempts, proposal.done_at, proposal.failure

    def value(self) -> Proposal:
        """The row as planning knows it."""
        best = None if self.best is None else Proposed.model_validate(self.best)
        asked = (About.model_validate(self.scope), self.asked_at, self.asked_by, self.plan_id)
        state = (Wishes.model_validate(self.wishes), self.progress, best, self.stop)
        computed = (self.leased_until, self.attempts, self.done_at, self.failure)
        return Proposal(self.id, *asked, *state, *computed)


@dataclass(slots=True)
class SqlProposals:
    """The proposals of a workspace; `changed` says whether one was asked for."""

    scope: Scope
    changed: bool = False

    def by_id(self, id: int, *, lock: bool = False) -> Proposal:
        """The proposal with a number."""
        return self.scope.one(ProposalRow, id, "I do not know this proposal.", lock=lock).value()

    def of(self, about: About) -> list[Proposal]:
        """All about the same thing, the newest first."""
        rows = self.scope.select(ProposalRow).where(ProposalRow.about == str(about)).order_by(ProposalRow.id.desc())
        return [row.value() for row in self.scope.session.scalars(rows)]

    def add(self, proposal: Proposal) -> Proposal:
        """Store one (its `id` is ignored and assigned)."""
        numbered = replace(proposal, id=self.scope.number(ProposalRow))
        row = ProposalRow(workspace_id=self.scope.workspace, id=numbered.id)
        row.fill(numbered)
        self.scope.keep(row)
        self.changed = True
        return numbered

    def save(self, proposal: Proposal) -> None:
        """Write it as it is now."""
        row = self.scope.one(ProposalRow, proposal.id, "I do not know this proposal.")
        row.fill(proposal)
        self.scope.keep(row)

    def claim(self, now: datetime, lease: timedelta) -> Proposal | None:
        """Take on the oldest that waits or whose computer has not come back; it is ours until the lease ends.

        What a person or a plan waits for comes before the many of a planning season.
        """
        nobodys = and_(ProposalRow.asked_by.is_(None), ProposalRow.plan_id.is_(None))
        waiting = self.scope.select(ProposalRow).where(to_compute(now)).order_by(nobodys, ProposalRow.id).limit(1)
        row = self.scope.session.scalar(waiting.with_for_update(skip_locked=True))
        if row is None:
            return None
        row.progress, row.leased_until, row.attempts = Progress.RUNNING, now + lease, row.attempts + 1
        self.scope.keep(row)
        return row.value()


def to_compute(now: datetime) -> ColumnElement[bool]:
    """Whether a proposal waits for somebody to compute it."""
    left = and_(ProposalRow.progress == Progress.RUNNING, ProposalRow.leased_until <= now)
    return or_(ProposalRow.progress == Progress.WAITING, left)
