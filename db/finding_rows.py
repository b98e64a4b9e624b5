"""The tables of findings: one row each, and one row for each thing that a finding is about."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Index, UniqueConstraint, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from db.tables import Numbered, Owned, Row, within
from planning.findings.facts import FACTS
from planning.findings.values import Choice, Finding, Found, Handed, Kind, Member, Rule, State, Subject, Verdict


class FindingRow(Numbered, Row):
    """A finding; `state` is as it was when it was last saved, and a snooze ends by itself at `verdict_until`."""

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index(None, "workspace_id", "thread"),
        Index(None, "workspace_id", "verdict_choice"),
        Index(None, "workspace_id", "answer_choice"),
        Index(None, "workspace_id", "kind", "state", "score"),
        Index(None, "state", "verdict_until"),
        within("verdict_by", "people"),
        within("answer_by", "people"),
        within("owner_id", "people"),
        within("handed_to", "people"),
        within("handed_by", "people"),
    )

    key: Mapped[str]
    thread: Mapped[str]
    rule: Mapped[Rule]
    kind: Mapped[Kind]
    state: Mapped[State]
    score: Mapped[float]
    facts: Mapped[list[object]]
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    verdict_choice: Mapped[Choice | None]
    verdict_by: Mapped[int | None]
    verdict_at: Mapped[datetime | None]
    verdict_covers: Mapped[list[object] | None]
    verdict_until: Mapped[datetime | None]
    answer_choice: Mapped[Choice | None]
    answer_by: Mapped[int | None]
    answer_at: Mapped[datetime | None]
    answer_covers: Mapped[list[object] | None]
    answer_until: Mapped[datetime | None]
    owner_id: Mapped[int | None]
    handed_to: Mapped[int | None]
    handed_by: Mapped[int | None]
    handed_at: Mapped[datetime | None]

    def value(self, members: tuple[Member, ...]) -> Finding:
        """The row with its members, as planning knows it."""
        found = Found(self.rule, members, self.score, FACTS.validate_python(self.facts))
        times = (self.opened_at, self.changed_at, self.closed_at)
        verdict, answer = self._said("verdict"), self._said("answer")
        return Finding(self.id, found, *times, verdict, answer, self.owner_id, self._handed())

    def _handed(self) -> Handed | None:
        if self.handed_to is None or self.handed_by is None or self.handed_at is None:
            return None
        return Handed(self.handed_to, self.handed_by, self.handed_at)

    def _said(self, prefix: str) -> Verdict | None:
        said = {name: getattr(self, f"{prefix}_{name}") for name in _SAID}
        covers = frozenset(map(str, said.pop("covers") or ()))
        return None if said["choice"] is None else Verdict(**said, covers=covers)


class MemberRow(Owned, Row):
    """One thing that a finding is about: one of the columns says which."""

    __tablename__ = "finding_members"
    __table_args__ = (
        within("finding_id", "findings"),
        *(within(f"{subject}_id", f"{subject}s") for subject in Subject),
        *(Index(None, "workspace_id", f"{subject}_id") for subject in Subject),
    )

    finding_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int | None]
    stage_id: Mapped[int | None]
    hand_off_id: Mapped[int | None]
    segment_id: Mapped[int | None]
    metric_id: Mapped[int | None]
    problem_id: Mapped[int | None]
    pool_id: Mapped[int | None]

    def value(self) -> Member:
        """The row as planning knows it."""
        return next(Member(subject, id) for subject in Subject if (id := getattr(self, f"{subject}_id")) is not None)


_SAID = ("choice", "by", "at", "covers", "until")


def finding_columns(finding: Finding, now: datetime) -> dict[str, object]:
    """What of a finding lies in its own row."""
    said = (("verdict", finding.verdict), ("answer", finding.answer))
    return {
        "key": finding.found.key,
        "thread": finding.found.thread,
        "rule": finding.found.rule,
        "kind": finding.found.rule.kind,
        "state": finding.state(now),
        "score": finding.found.score,
        "facts": FACTS.dump_python(finding.found.facts, mode="json"),
        "opened_at": finding.opened_at,
        "changed_at": finding.changed_at,
        "closed_at": finding.closed_at,
        "owner_id": finding.owner,
        **{f"handed_{name}": getattr(finding.handed, name, None) for name in ("to", "by", "at")},
        **{f"{prefix}_{name}": getattr(verdict, name, None) for prefix, verdict in said for name in _SAID},
        **{f"{prefix}_covers": verdict and sorted(verdict.covers) for prefix, verdict in said},
    }


def member_columns(key: dict[str, object], members: tuple[Member, ...]) -> Iterator[dict[str, object]]:
    """The rows of the members of a finding; `key` says whose."""
    blank = {f"{subject}_id": None for subject in Subject}
    for position, member in enumerate(members):
        yield {**key, "position": position, **blank, f"{member.kind}_id": member.id}


def slept_out(now: datetime) -> ColumnElement[bool]:
    """The findings whose snooze has ended."""
    return and_(FindingRow.state == State.SNOOZED, FindingRow.verdict_until <= now)


def stands(state: State, now: datetime) -> ColumnElement[bool]:
    """Whether a finding is in a state at a moment: a snooze that has ended counts as open."""
    snoozed = FindingRow.state == State.SNOOZED
    if state is State.SNOOZED:
        return and_(snoozed, FindingRow.verdict_until > now)
    if state is State.OPEN:
        return or_(FindingRow.state == State.OPEN, and_(snoozed, FindingRow.verdict_until <= now))
    return FindingRow.state == state
