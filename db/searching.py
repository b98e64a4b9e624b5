"""The conditions of a search among initiatives."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, exists, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from db.departments import DepartmentRow
from db.initiative_parts import SegmentLinkRow, StageLinkRow
from db.initiative_rows import LIVE_ROW, InitiativeRow
from db.journey_rows import SegmentRow, StageRow
from db.people import PersonRow
from db.problems import ProblemRow
from db.scope import Scope
from db.tables import folded
from planning.register import Search

_REFERENCE = re.compile(r"(?:cx-?)?([0-9]{1,9})")
_WORDS_MAX = 20
"""Words beyond these no longer narrow a search; SQLite takes no deeper condition than a thousand."""


class _Within(FunctionElement[bool]):
    """Whether a text holds a word: LIKE would give meaning to % and _, and refuse long words on SQLite."""

    type = Boolean()
    name = "within"
    inherit_cache = True


@compiles(_Within, "sqlite")
def _within_sqlite(element: _Within, compiler: SQLCompiler, **options: Any) -> str:
    return f"(instr({compiler.process(element.clauses, **options)}) > 0)"


@compiles(_Within, "postgresql")
def _within_postgresql(element: _Within, compiler: SQLCompiler, **options: Any) -> str:
    return f"(strpos({compiler.process(element.clauses, **options)}) > 0)"


def matches(scope: Scope, search: Search) -> Iterator[ColumnElement[bool]]:
    """What all must hold for an initiative that a search finds."""
    for word in list(dict.fromkeys(search.words))[:_WORDS_MAX]:
        yield _says(scope, folded(word))
    if search.owner is not None:
        yield InitiativeRow.owner_id == search.owner
    if search.departments:
        yield InitiativeRow.department_id.in_(search.departments)
    if search.stages:
        yield exists().where(_works_on_stage(scope), StageRow.id.in_(search.stages))
    if search.live_only:
        yield LIVE_ROW


def _says(scope: Scope, word: str) -> ColumnElement[bool]:
    reference = _REFERENCE.fullmatch(word)
    owner = (scope.owns(PersonRow), PersonRow.id == InitiativeRow.owner_id)
    department = (scope.owns(DepartmentRow), DepartmentRow.id == InitiativeRow.department_id)
    serves = (scope.owns(ProblemRow), ProblemRow.id == InitiativeRow.problem_id)
    return or_(
        _Within(InitiativeRow.folded, word),
        exists().where(*owner, _Within(PersonRow.folded, word)),
        exists().where(*department, _Within(DepartmentRow.folded, word)),
        exists().where(*serves, _Within(ProblemRow.folded, word)),
        exists().where(_works_on_stage(scope), _Within(StageRow.folded, word)),
        exists().where(_is_for_segment(scope), _Within(SegmentRow.folded, word)),
        *((InitiativeRow.id == int(reference[1]),) if reference else ()),
    )


def _works_on_stage(scope: Scope) -> ColumnElement[bool]:
    return and_(
        scope.owns(StageLinkRow),
        StageLinkRow.initiative_id == InitiativeRow.id,
        scope.owns(StageRow),
        StageRow.id == StageLinkRow.stage_id,
        ~StageRow.retired,
    )


def _is_for_segment(scope: Scope) -> ColumnElement[bool]:
    return and_(
        scope.owns(SegmentLinkRow),
        SegmentLinkRow.initiative_id == InitiativeRow.id,
        scope.owns(SegmentRow),
        SegmentRow.id == SegmentLinkRow.segment_id,
    )
