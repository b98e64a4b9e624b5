"""Findings: overlaps and gaps on record."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, false, func, insert, or_, select, update

from db.finding_rows import FindingRow, MemberRow, finding_columns, member_columns, slept_out, stands
from db.initiative_rows import InitiativeRow
from db.needing import needing
from db.scope import Scope, portions
from planning.findings.values import SETTLING, Choice, Finding, Found, Kind, Member, Rule, State, Subject
from planning.register import Page


@dataclass(frozen=True, slots=True)
class SqlFindings:
    """The findings of a workspace, oldest first unless said otherwise."""

    scope: Scope

    def by_id(self, id: int, *, lock: bool = False) -> Finding:
        """The finding with a number; with `lock` nobody else changes it until the end of the unit."""
        return self._values([self._row(id, lock=lock)])[0]

    def of_threads(self, threads: Collection[str]) -> list[Finding]:
        """All on record of these threads, closed ones too."""
        asked = portions(sorted(set(threads)))
        return self._each(self._where(FindingRow.thread.in_(some)) for some in asked)

    def standing(self, kind: Kind | None = None) -> list[Finding]:
        """All that are not closed."""
        standing = FindingRow.closed_at.is_(None)
        return self._where(standing if kind is None else and_(standing, FindingRow.kind == kind))

    def touching(self, members: Collection[Member]) -> list[Finding]:
        """All on record, closed ones too, that have one of these as a member."""
        ids: defaultdict[Subject, list[int]] = defaultdict(list)
        for member in sorted(set(members)):
            ids[member.kind].append(member.id)
        asked = ((_column(kind), some) for kind, listed in ids.items() for some in portions(listed))
        return self._each(self._where(self._has(column.in_(some))) for column, some in asked)

    def decided(self) -> list[Finding]:
        """All on record, closed ones too, of which somebody said whether they are worth telling; snoozes are not."""
        judged = and_(FindingRow.verdict_choice.is_not(None), FindingRow.verdict_choice != Choice.SNOOZE)
        return self._where(or_(judged, FindingRow.answer_choice.is_not(None)))

    def slept_out(self, now: datetime) -> list[Finding]:
        """Those whose snooze has ended."""
        return self._where(slept_out(now))

    def confirmed(self) -> frozenset[tuple[int, int]]:
        """The pairs of which a registrant said that they should be coordinated, or that leads have settled."""
        # Not as one statement: SQLite would walk through every finding on record, and the members of each.
        said = (FindingRow.answer_choice == Choice.COORDINATE, FindingRow.verdict_choice.in_(SETTLING))
        duplicates = select(FindingRow.id).where(self.scope.owns(FindingRow), FindingRow.rule == Rule.DUPLICATE_EFFORT)
        ids = sorted({id for one in said for id in self.scope.session.scalars(duplicates.where(one))})
        low, high = func.min(MemberRow.initiative_id), func.max(MemberRow.initiative_id)
        pairs = select(low, high).where(self.scope.owns(MemberRow)).group_by(MemberRow.finding_id)
        asked = (pairs.where(MemberRow.finding_id.in_(some)) for some in portions(ids))
        rows = (row for part in asked for row in self.scope.session.execute(part))
        return frozenset((first, second) for first, second in rows if first is not None and second is not None)

    def settled(self) -> frozenset[str]:
        """The threads of the findings that leads have settled."""
        threads = select(FindingRow.thread).where(self.scope.owns(FindingRow))
        return frozenset(self.scope.session.scalars(threads.where(FindingRow.verdict_choice.in_(SETTLING))))

    def add(self, found: Found, now: datetime) -> Finding:
        """A new finding."""
        return self.add_all([found], now)[0]

    def add_all(self, found: Sequence[Found], now: datetime) -> list[Finding]:
        """Many new findings at once."""
        ids = self.scope.numbers(FindingRow, len(found)) if found else ()
        added = [Finding(id, one, now, now) for id, one in zip(ids, found, strict=True)]
        if added:
            owner = {"workspace_id": self.scope.workspace}
            rows = [{**owner, "id": finding.id, **finding_columns(finding, now)} for finding in added]
            self.scope.session.execute(insert(FindingRow), rows)
            self._add_members(added)
        return added

    def save(self, finding: Finding, now: datetime) -> None:
        """Write it as it is now; its members may have changed."""
        self.save_all([finding], now)

    def save_all(self, findings: Sequence[Finding], now: datetime) -> None:
        """Write many as they are now, by the same few statements however many they are."""
        keys = self._keys([finding.id for finding in findings])
        moved = [finding for finding in findings if keys[finding.id] != finding.found.key]
        owner = {"workspace_id": self.scope.workspace}
        rows = [{**owner, "id": finding.id, **finding_columns(finding, now)} for finding in findings]
        if rows:
            self.scope.session.execute(update(FindingRow), rows)
        self._drop_members([finding.id for finding in moved])
        self._add_members(moved)

    def forget(self, member: Member) -> None:
        """Take all findings that have it as a member off the record: it is about to go itself."""
        gone = [finding.id for finding in self.touching([member])]
        self._drop_members(gone)
        for some in portions(gone):
            self.scope.session.execute(delete(FindingRow).where(self.scope.owns(FindingRow), FindingRow.id.in_(some)))

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
        wanted = [FindingRow.kind == kind, or_(false(), *(stands(state, now) for state in sorted(states)))]
        if departments:
            wanted.append(self._of_departments(departments))
        if rules:
            wanted.append(FindingRow.rule.in_(sorted(rules)))
        found = self.scope.select(FindingRow).where(*wanted)
        best = found.order_by(FindingRow.score.desc(), FindingRow.opened_at, FindingRow.id)
        rows = self.scope.session.scalars(best.limit(limit).offset(offset)).all()
        return Page(tuple(self._values(rows)), self.scope.total(found), offset)

    def some(self, ids: Collection[int]) -> list[Finding]:
        """Those with these numbers."""
        return self._each(self._where(FindingRow.id.in_(part)) for part in portions(sorted(ids)))

    def needing(self, person: int, departments: Collection[int], now: datetime, limit: int) -> Page[Finding]:
        """Open ones that wait for the person, highest score first."""
        found = self.scope.select(FindingRow).where(*needing(self.scope, person, departments, now))
        best = found.order_by(FindingRow.score.desc(), FindingRow.id).limit(limit)
        rows = self.scope.session.scalars(best).all()
        return Page(tuple(self._values(rows)), self.scope.total(found) if len(rows) == limit else len(rows))

    def _row(self, id: int, *, lock: bool = False) -> FindingRow:
        return self.scope.one(FindingRow, id, "I do not know this finding.", lock=lock)

    def _keys(self, ids: Sequence[int]) -> dict[int, str]:
        """The keys on record; NotFound unless all of these are."""
        keys: dict[int, str] = {}
        for some in portions(ids):
            known = select(FindingRow.id, FindingRow.key).where(self.scope.owns(FindingRow), FindingRow.id.in_(some))
            keys.update(self.scope.session.execute(known).all())
        for unknown in set(ids) - keys.keys():
            self._row(unknown)
        return keys

    def _where(self, *conditions: ColumnElement[bool]) -> list[Finding]:
        # Ordered here: to read them in order, SQLite would walk through every finding on record.
        rows = self.scope.session.scalars(self.scope.select(FindingRow).where(*conditions))
        return self._values(sorted(rows, key=lambda row: row.id))

    def _has(self, member: ColumnElement[bool]) -> ColumnElement[bool]:
        # Not EXISTS: SQLite would try it on every finding on record.
        return FindingRow.id.in_(select(MemberRow.finding_id).where(self.scope.owns(MemberRow), member))

    def _of_departments(self, departments: Collection[int]) -> ColumnElement[bool]:
        theirs = (InitiativeRow.id == MemberRow.initiative_id, InitiativeRow.department_id.in_(departments))
        member = (self.scope.owns(MemberRow), MemberRow.finding_id == FindingRow.id)
        return exists().where(*member, self.scope.owns(InitiativeRow), *theirs)

    def _each(self, answers: Iterable[list[Finding]]) -> list[Finding]:
        """Several answers as one, each finding once."""
        found = {finding.id: finding for answer in answers for finding in answer}
        return [found[id] for id in sorted(found)]

    def _values(self, rows: Sequence[FindingRow]) -> list[Finding]:
        members: defaultdict[int, list[Member]] = defaultdict(list)
        for some in portions([row.id for row in rows]):
            listed = self.scope.select(MemberRow).where(MemberRow.finding_id.in_(some))
            for row in self.scope.session.scalars(listed.order_by(MemberRow.finding_id, MemberRow.position)):
                members[row.finding_id].append(row.value())
        return [row.value(tuple(members[row.id])) for row in rows]

    def _add_members(self, findings: Sequence[Finding]) -> None:
        owner = {"workspace_id": self.scope.workspace}
        rows = [
            row
            for finding in findings
            for row in member_columns({**owner, "finding_id": finding.id}, finding.found.members)
        ]
        if rows:
            self.scope.session.execute(insert(MemberRow), rows)

    def _drop_members(self, findings: Sequence[int]) -> None:
        for some in portions(findings):
            dropped = delete(MemberRow).where(self.scope.owns(MemberRow), MemberRow.finding_id.in_(some))
            self.scope.session.execute(dropped)


def _column(kind: Subject) -> ColumnElement[int | None]:
    column: ColumnElement[int | None] = getattr(MemberRow, f"{kind}_id")
    return column
