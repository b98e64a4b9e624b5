"""Which findings need one person, as a condition."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select

from db.finding_rows import FindingRow, MemberRow, stands
from db.initiative_rows import InitiativeRow
from db.metrics import MetricRow
from db.scope import Scope
from planning.findings.values import OVERLAP_RULES, Kind, Rule, State

_OF_INITIATIVES = (*sorted(OVERLAP_RULES), Rule.INITIATIVE_INCOMPLETE)


def needing(scope: Scope, person: int, departments: Collection[int], now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Open, and handed to the person, or theirs and not handed to anybody else, or looked after by them.

    Theirs are the overlaps of these departments and of initiatives that they own, what these initiatives lack, and
    late readings of metrics that they own.
    """
    owned = and_(scope.owns(InitiativeRow), _own(person))
    own = _having(scope, MemberRow.initiative_id.in_(select(InitiativeRow.id).where(owned)))
    mine = [and_(FindingRow.rule.in_(_OF_INITIATIVES), own), _stale(scope, person), FindingRow.owner_id == person]
    if departments:
        mine.append(and_(FindingRow.kind == Kind.OVERLAP, _of(scope, departments)))
    free = or_(FindingRow.handed_to.is_(None), FindingRow.handed_to == person)
    return stands(State.OPEN, now), or_(FindingRow.handed_to == person, and_(free, or_(*mine)))


def _own(person: int) -> ColumnElement[bool]:
    """Who registered what nobody owns is asked instead of the owner."""
    unowned = and_(InitiativeRow.owner_id.is_(None), InitiativeRow.registered_by == person)
    return or_(InitiativeRow.owner_id == person, unowned)


def _stale(scope: Scope, person: int) -> ColumnElement[bool]:
    metrics = select(MetricRow.id).where(scope.owns(MetricRow), MetricRow.owner_id == person)
    return and_(FindingRow.rule == Rule.METRIC_STALE, _having(scope, MemberRow.metric_id.in_(metrics)))


def _of(scope: Scope, departments: Collection[int]) -> ColumnElement[bool]:
    theirs = select(InitiativeRow.id).where(scope.owns(InitiativeRow), InitiativeRow.department_id.in_(departments))
    return _having(scope, MemberRow.initiative_id.in_(theirs))


def _having(scope: Scope, member: ColumnElement[bool]) -> ColumnElement[bool]:
    ids: Select[int] = select(MemberRow.finding_id).where(scope.owns(MemberRow), member)
    return FindingRow.id.in_(ids)
