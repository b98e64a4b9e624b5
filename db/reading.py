"""Reading initiatives with all that they name, by one query for each table, however many they are."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select

from db.initiative_parts import PARTS, PartOf, StageLinkRow
from db.initiative_rows import InitiativeRow, initiative
from db.journey_rows import StageRow
from db.scope import Scope
from planning.initiatives.values import Initiative

_SHOWN = tuple(column for column in InitiativeRow.__table__.columns if column.key != "folded")


def initiatives(scope: Scope, condition: ColumnElement[bool]) -> list[Initiative]:
    """The initiatives under a condition, by ascending id."""
    rows = scope.session.execute(shown(scope, condition).order_by(InitiativeRow.id)).all()
    return with_parts(scope, rows, condition)


def with_parts(scope: Scope, rows: Sequence[Row[*tuple[Any, ...]]], condition: ColumnElement[bool]) -> list[Initiative]:
    """The initiatives of rows that a condition chose, in the order of the rows."""
    named = {part.field: _named(scope, part, condition) for part in PARTS} if rows else {}
    return [initiative(row, {field: tuple(of[row.id]) for field, of in named.items() if row.id in of}) for row in rows]


def shown(scope: Scope, condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The rows under a condition."""
    return select(*_SHOWN).where(scope.owns(InitiativeRow), condition)


def retired(scope: Scope) -> Select[int]:
    """The numbers of the stages that were taken out of the journey."""
    return select(StageRow.id).where(scope.owns(StageRow), StageRow.retired)


def _named(scope: Scope, part: PartOf, condition: ColumnElement[bool]) -> dict[int, list[object]]:
    """Initiative id → what it names, in order; links to retired stages are not shown."""
    ids = select(InitiativeRow.id).where(scope.owns(InitiativeRow), condition)
    of, within = part.table.c, part.table.c.workspace_id == scope.workspace
    listed = select(of.initiative_id, *part.columns).where(within, of.initiative_id.in_(ids))
    current = listed.where(of.stage_id.not_in(retired(scope))) if part.row is StageLinkRow else listed
    named: defaultdict[int, list[object]] = defaultdict(list)
    for id, *value in scope.session.execute(current.order_by(of.initiative_id, of.position)):
        named[id].append(part.read(*value))
    return named
