"""The portfolio: what is held in memory brought up to date, with all that its names refer to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import cast

import numpy as np
from sqlalchemy import and_, select

from db.departments import SqlDepartments
from db.findings import SqlFindings
from db.holding import Held
from db.initiative_parts import SupplyRow
from db.initiative_rows import LIVE_ROW, InitiativeRow
from db.journeys import SqlJourneys
from db.metrics import SqlMetrics
from db.people import SqlPeople
from db.polls import SqlPolls
from db.problems import SqlProblems
from db.reading import initiatives
from db.readings import SqlReadings
from db.resources import SqlPools
from db.scope import Scope
from db.vectors import SqlVectors, Stored, Vector, matrix
from db.workspaces import SqlWorkspaces, workspace_row
from planning.initiatives.values import Initiative, Status
from planning.portfolio.columns import Columns
from planning.portfolio.holdings import Holdings
from planning.portfolio.layers import Layer
from planning.portfolio.values import Portfolio
from planning.similarity import from_bytes
from planning.workspace.hours import day_in

Supplies = dict[int, dict[str, tuple[int, ...]]]
_SUPPLIED = "supplied"
"""The name under which it is held in memory, by the revision of the initiatives."""


def portfolio(scope: Scope, now: datetime) -> Portfolio:
    """The live initiatives and all that their names refer to, on the day that it is in the workspace."""
    today = day_in(workspace_row(scope).zone, now)
    known = scope.unit.portfolio
    if known is None or known.today != today:
        known = _portfolio(scope, today)
    if scope.unit.reading:
        scope.unit.portfolio = known
    return known


def _portfolio(scope: Scope, today: date) -> Portfolio:
    metrics = SqlMetrics(scope)
    return Portfolio(
        today=today,
        departments=tuple(SqlDepartments(scope).all()),
        people=tuple(SqlPeople(scope).all()),
        journey=SqlJourneys(scope).current(),
        holdings=holdings(scope),
        metrics=tuple(metrics.all()),
        tensions=tuple(metrics.tensions()),
        pools=tuple(SqlPools(scope).all()),
        problems=tuple(SqlProblems(scope).all()),
        supplied=_held_supplies(scope),
        confirmed=SqlFindings(scope).confirmed(),
        settled=SqlFindings(scope).settled(),
        least=SqlWorkspaces(scope).least(),
        latest=SqlReadings(scope).latest(),
        scores=SqlPolls(scope).scores(),
    )


def holdings(scope: Scope) -> Holdings:
    """The live initiatives: those held in memory with what has changed since, or all of them read anew.

    A stage that is retired hides links without a change of the initiatives, so another journey means to read anew.
    """
    row = workspace_row(scope)
    at = (row.revision, row.journey_version)
    held = scope.unit.held or scope.unit.memory.newest(scope.workspace, *at)
    if held is None or held.journey != row.journey_version:
        held = Held(*at, _read(scope))
    elif held.revision < row.revision:
        held = Held(*at, _brought_up(scope, held))
    scope.unit.held = held
    return held.holdings


def _read(scope: Scope) -> Holdings:
    live = initiatives(scope, LIVE_ROW)
    vectors = SqlVectors(scope).stored(LIVE_ROW)
    ids = [initiative.id for initiative in live]
    layers = tuple((encoder, Layer.of(matrix(of, ids))) for encoder, of in sorted(vectors.items()))
    return Holdings(tuple(live), Columns.of(live), layers)


def _brought_up(scope: Scope, held: Held) -> Holdings:
    """With what was saved since; the layers that were dropped since begin anew with that."""
    since = InitiativeRow.revision > held.revision
    changed, vectors = initiatives(scope, since), SqlVectors(scope).stored(and_(since, LIVE_ROW))
    news = [(one, _vectors_of(one, vectors)) for one in changed if one.live]
    ids = [one.id for one in changed]
    layers = tuple(each for each in held.holdings.layers if _stands(scope, held.holdings, ids, *each))
    return replace(held.holdings, layers=layers).changed(news, [one.id for one in changed if not one.live])


def _vectors_of(initiative: Initiative, vectors: Stored) -> dict[str, Vector]:
    return {encoder: from_bytes(of[initiative.id]) for encoder, of in vectors.items() if initiative.id in of}


def _stands(scope: Scope, known: Holdings, changed: Sequence[int], encoder: str, layer: Layer) -> bool:
    """Whether the vectors of what did not change are still there: an encoder's are all dropped at once."""
    kept = (layer.slots >= 0) & np.isin(known.ids, changed, invert=True)
    return bool(kept.any()) and SqlVectors(scope).has(int(known.ids[kept.argmax()]), encoder)


def _held_supplies(scope: Scope) -> Supplies:
    """What finished initiatives bring: read once for each revision of the initiatives."""
    unit, revision = scope.unit, workspace_row(scope).revision
    known = unit.memory.list_of(scope.workspace, _SUPPLIED, revision)
    if known is not None:
        return cast(Supplies, known[0])
    supplied = _supplied(scope)
    if unit.reading:
        unit.memory.keep_list(scope.workspace, _SUPPLIED, revision, (supplied,))
    return supplied


def _supplied(scope: Scope) -> Supplies:
    """Problem id → part of its fix → the initiatives that are done and bring it, by id."""
    of = and_(InitiativeRow.workspace_id == SupplyRow.workspace_id, InitiativeRow.id == SupplyRow.initiative_id)
    done = (
        InitiativeRow.status == Status.DONE,
        InitiativeRow.joined_id.is_(None),
        InitiativeRow.problem_id.is_not(None),
    )
    listed = select(InitiativeRow.problem_id, SupplyRow.part, InitiativeRow.id).join(SupplyRow, of)
    rows = scope.session.execute(listed.where(scope.owns(SupplyRow), *done).order_by(InitiativeRow.id))
    parts: defaultdict[int, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for problem, part, id in rows:
        if problem is not None:
            parts[problem][part].append(id)
    return {problem: {part: tuple(ids) for part, ids in brought.items()} for problem, brought in parts.items()}
