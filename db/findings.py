"""Findings: overlaps and gaps on record."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Index, UniqueConstraint, and_, exists, false, insert, or_
from sqlalchemy.orm import Mapped, mapped_column

from db.initiative_rows import InitiativeRow
from db.scope import Scope, portions
from db.tables import Numbered, Owned, Row, within
from planning.findings.facts import FACTS
from planning.findings.values import Choice, Finding, Found, Kind, Member, Rule, State, Verdict
from planning.register import Page


class FindingRow(Numbered, Row):
    """A finding; `state` is as it was when it was last saved, and a snooze ends by itself at `verdict_until`."""

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index(None, "workspace_id", "kind", "state", "score"),
        within("verdict_by", "people"),
        within("answer_by", "people"),
    )

    key: Mapped[str]
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
    verdict_fingerprint: Mapped[str | None]
    verdict_until: Mapped[datetime | None]
    answer_choice: Mapped[Choice | None]
    answer_by: Mapped[int | None]
    answer_at: Mapped[datetime | None]
    answer_fingerprint: Mapped[str | None]
    answer_until: Mapped[datetime | None]

    def value(self, members: tuple[Member, ...]) -> Finding:
        """The row with its members, as planning knows it."""
        found = Found(self.rule, members, self.score, FACTS.validate_python(self.facts))
        times = (self.opened_at, self.changed_at, self.closed_at)
        return Finding(self.id, found, *times, self._said("verdict"), self._said("answer"))

    def _said(self, prefix: str) -> Verdict | None:
        said = {name: getattr(self, f"{prefix}_{name}") for name in _SAID}
        return None if said["choice"] is None else Verdict(**said)


class MemberRow(Owned, Row):
    """An initiative or a stage that a finding is about."""

    __tablename__ = "finding_members"
    __table_args__ = (
        within("finding_id", "findings"),
        within("initiative_id", "initiatives"),
        within("stage_id", "stages"),
        Index(None, "workspace_id", "initiative_id"),
    )

    finding_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int | None]
    stage_id: Mapped[int | None]

    def value(self) -> Member:
        """The row as planning knows it."""
        if self.initiative_id is not None:
            return Member("initiative", self.initiative_id)
        return Member("stage", self.stage_id or 0)


def slept_out(now: datetime) -> ColumnElement[bool]:
    """The findings whose snooze has ended."""
    return and_(FindingRow.state == State.SNOOZED, FindingRow.verdict_until <= now)


_SAID = ("choice", "by", "at", "fingerprint", "until")


@dataclass(frozen=True, slots=True)
class SqlFindings:
    """The findings of a workspace, oldest first unless said otherwise."""

    scope: Scope

    def by_id(self, id: int, *, lock: bool = False) -> Finding:
        """The finding with a number; with `lock` nobody else changes it until the end of the unit."""
        return self._values([self._row(id, lock=lock)])[0]

    def by_keys(self, keys: Collection[str]) -> dict[str, Finding]:
        """Those on record among the keys."""
        asked = sorted(set(keys))
        found = [finding for some in portions(asked) for finding in self._where(FindingRow.key.in_(some))]
        return {finding.found.key: finding for finding in found}

    def standing(self, kind: Kind | None = None) -> list[Finding]:
        """All that are not closed."""
        standing = FindingRow.closed_at.is_(None)
        return self._where(standing if kind is None else and_(standing, FindingRow.kind == kind))

    def touching(self, initiatives: Collection[int]) -> list[Finding]:
        """All overlaps on record, closed ones too, that have one of the initiatives as a member."""
        found = {
            finding.id: finding
            for some in portions(sorted(set(initiatives)))
            for finding in self._where(FindingRow.kind == Kind.OVERLAP, self._has(MemberRow.initiative_id.in_(some)))
        }
        return [found[id] for id in sorted(found)]

    def slept_out(self, now: datetime) -> list[Finding]:
        """Those whose snooze has ended."""
        return self._where(slept_out(now))

    def confirmed(self) -> frozenset[tuple[int, int]]:
        """The pairs of which a registrant said that they should be coordinated."""
        said = self._where(FindingRow.rule == Rule.DUPLICATE_EFFORT, FindingRow.answer_choice == Choice.COORDINATE)
        return frozenset(pair for finding in said if (pair := finding.found.pair))

    def add(self, found: Found, now: datetime) -> Finding:
        """A new finding."""
        return self.add_all([found], now)[0]

    def add_all(self, found: Sequence[Found], now: datetime) -> list[Finding]:
        """Many new findings at once."""
        ids = self.scope.numbers(FindingRow, len(found)) if found else ()
        added = [Finding(id, one, now, now) for id, one in zip(ids, found, strict=True)]
        members = [row for finding in added for row in self._member_columns(finding)]
        if added:
            owner = {"workspace_id": self.scope.workspace}
            rows = [{**owner, "id": finding.id, **_columns(finding, now)} for finding in added]
            self.scope.session.execute(insert(FindingRow), rows)
        if members:
            self.scope.session.execute(insert(MemberRow), members)
        return added

    def save(self, finding: Finding, now: datetime) -> None:
        """Write it as it is now; its members are its identity and stay."""
        row = self._row(finding.id)
        for name, value in _columns(finding, now).items():
            setattr(row, name, value)
        self.scope.keep(row)

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
        """By state at `now`, highest score first, then the oldest."""
        wanted = [FindingRow.kind == kind, or_(false(), *(_stands(state, now) for state in sorted(states)))]
        if departments:
            wanted.append(self._has(self._of_departments(departments)))
        if rules:
            wanted.append(FindingRow.rule.in_(sorted(rules)))
        found = self.scope.select(FindingRow).where(*wanted)
        best = found.order_by(FindingRow.score.desc(), FindingRow.opened_at, FindingRow.id)
        rows = self.scope.session.scalars(best.limit(limit).offset(offset)).all()
        return Page(tuple(self._values(rows)), self.scope.total(found), offset)

    def _row(self, id: int, *, lock: bool = False) -> FindingRow:
        return self.scope.one(FindingRow, id, "I do not know this finding.", lock=lock)

    def _where(self, *conditions: ColumnElement[bool]) -> list[Finding]:
        rows = self.scope.select(FindingRow).where(*conditions).order_by(FindingRow.id)
        return self._values(self.scope.session.scalars(rows).all())

    def _has(self, member: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists().where(self.scope.owns(MemberRow), MemberRow.finding_id == FindingRow.id, member)

    def _of_departments(self, departments: Collection[int]) -> ColumnElement[bool]:
        return exists().where(
            self.scope.owns(InitiativeRow),
            InitiativeRow.id == MemberRow.initiative_id,
            InitiativeRow.department_id.in_(departments),
        )

    def _values(self, rows: Sequence[FindingRow]) -> list[Finding]:
        members: defaultdict[int, tuple[Member, ...]] = defaultdict(tuple)
        for some in portions([row.id for row in rows]):
            listed = self.scope.select(MemberRow).where(MemberRow.finding_id.in_(some))
            for row in self.scope.session.scalars(listed.order_by(MemberRow.finding_id, MemberRow.position)):
                members[row.finding_id] += (row.value(),)
        return [row.value(members[row.id]) for row in rows]

    def _member_columns(self, finding: Finding) -> list[dict[str, object]]:
        key = {"workspace_id": self.scope.workspace, "finding_id": finding.id}
        return [
            {**key, "position": position, "initiative_id": None, "stage_id": None, f"{member.kind}_id": member.id}
            for position, member in enumerate(finding.found.members)
        ]


def _columns(finding: Finding, now: datetime) -> dict[str, object]:
    said = (("verdict", finding.verdict), ("answer", finding.answer))
    return {
        "key": finding.found.key,
        "rule": finding.found.rule,
        "kind": finding.found.rule.kind,
        "state": finding.state(now),
        "score": finding.found.score,
        "facts": FACTS.dump_python(finding.found.facts, mode="json"),
        "opened_at": finding.opened_at,
        "changed_at": finding.changed_at,
        "closed_at": finding.closed_at,
        **{f"{prefix}_{name}": getattr(verdict, name, None) for prefix, verdict in said for name in _SAID},
    }


def _stands(state: State, now: datetime) -> ColumnElement[bool]:
    """Whether a finding is in a state at a moment: a snooze that has ended counts as open."""
    snoozed = FindingRow.state == State.SNOOZED
    if state is State.SNOOZED:
        return and_(snoozed, FindingRow.verdict_until > now)
    if state is State.OPEN:
        return or_(FindingRow.state == State.OPEN, and_(snoozed, FindingRow.verdict_until <= now))
    return FindingRow.state == state
