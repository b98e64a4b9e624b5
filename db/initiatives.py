"""Initiatives."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, and_, delete, insert, or_, select, true

from db.departments import SqlDepartments
from db.findings import SqlFindings
from db.initiative_rows import LINKS, ContactRow, InitiativeRow, Parts, StageLinkRow, columns, parts
from db.journeys import SqlJourneys, StageRow
from db.people import SqlPeople
from db.scope import Scope
from db.searching import LIVE_ROW, matches
from db.tables import Row
from planning.initiatives.values import Draft, Initiative
from planning.portfolio.values import Portfolio
from planning.register import Page, Search
from planning.similarity import from_bytes, to_bytes

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SqlInitiatives:
    """The initiatives of a workspace, oldest first unless said otherwise."""

    scope: Scope

    def by_id(self, id: int) -> Initiative:
        """The initiative with a number."""
        row = self._row(id)
        return row.value(self._named(InitiativeRow.id == id)[id])

    def all(self) -> list[Initiative]:
        """Every initiative, live or not."""
        return self._values(self._rows(true()), true())

    def by_source(self, source: str, source_id: str) -> Initiative | None:
        """The one with that pair, if it is on record."""
        condition = and_(InitiativeRow.source == source, InitiativeRow.source_id == source_id)
        return next(iter(self._values(self._rows(condition), condition)), None)

    def matching(self, search: Search, limit: int, offset: int = 0) -> Page[Initiative]:
        """What a search finds: live ones first, the newest first."""
        found = self.scope.select(InitiativeRow).where(*matches(self.scope, search))
        ordered = found.order_by(LIVE_ROW.desc(), InitiativeRow.id.desc()).limit(limit).offset(offset)
        rows = self.scope.session.scalars(ordered).all()
        values = self._values(rows, InitiativeRow.id.in_([row.id for row in rows]))
        return Page(tuple(values), self.scope.total(found), offset)

    def add(
        self,
        draft: Draft,
        vector: Vector,
        now: datetime,
        *,
        by: int | None = None,
        source: str = "",
        source_id: str = "",
    ) -> Initiative:
        """A new initiative."""
        return self.add_all([(source_id, draft, vector)], now, by=by, source=source)[0]

    def add_all(
        self, drafts: Sequence[tuple[str, Draft, Vector]], now: datetime, *, by: int | None, source: str
    ) -> list[Initiative]:
        """Many of one source at once: (source id, draft, vector)."""
        ids = self.scope.numbers(InitiativeRow, len(drafts)) if drafts else ()
        added = [
            Initiative(id, draft, now, now, registered_by=by, source=source, source_id=source_id)
            for id, (source_id, draft, _) in zip(ids, drafts, strict=True)
        ]
        rows = [self._columns(new, vector) for new, (*_, vector) in zip(added, drafts, strict=True)]
        if rows:
            self.scope.session.execute(insert(InitiativeRow), rows)
        self._add_parts(added)
        return added

    def save(self, initiative: Initiative, vector: Vector | None = None) -> None:
        """Write it as it is now; the vector only when the text changed."""
        row, draft = self._row(initiative.id), initiative.draft
        for name, value in columns(draft).items():
            setattr(row, name, value)
        row.changed_at, row.joined_id = initiative.changed_at, initiative.joined
        if vector is not None:
            row.encoder, row.vector = self.scope.encoder, to_bytes(vector)
        self.scope.keep(row)
        self._drop_parts(initiative)
        self._add_parts([initiative])

    def portfolio(self) -> Portfolio:
        """The live initiatives and all that their names refer to; without any, the matrix has no columns."""
        rows = self._rows(LIVE_ROW)
        return Portfolio(
            departments=tuple(SqlDepartments(self.scope).all()),
            people=tuple(SqlPeople(self.scope).all()),
            journey=SqlJourneys(self.scope).current(),
            initiatives=tuple(self._values(rows, LIVE_ROW)),
            vectors=self._matrix(rows),
            confirmed=SqlFindings(self.scope).confirmed(),
        )

    def outdated(self) -> list[Initiative]:
        """Those whose vector another encoder made; until they are saved with a new one, nothing is like them."""
        condition = InitiativeRow.encoder != self.scope.encoder
        return self._values(self._rows(condition), condition)

    def _matrix(self, rows: Sequence[InitiativeRow]) -> Vector:
        current = {row.id: row.vector for row in rows if row.encoder == self.scope.encoder}
        size = max(map(len, current.values()), default=0)
        blank = bytes(size)
        return from_bytes(b"".join(current.get(row.id, blank) for row in rows)).reshape(len(rows), size // 2)

    def _row(self, id: int) -> InitiativeRow:
        return self.scope.one(InitiativeRow, id, f"There is no initiative CX-{id}.")

    def _rows(self, condition: ColumnElement[bool]) -> Sequence[InitiativeRow]:
        rows = self.scope.select(InitiativeRow).where(condition).order_by(InitiativeRow.id)
        return self.scope.session.scalars(rows).all()

    def _values(self, rows: Sequence[InitiativeRow], condition: ColumnElement[bool]) -> list[Initiative]:
        named = self._named(condition) if rows else {}
        return [row.value(named[row.id]) for row in rows]

    def _named(self, condition: ColumnElement[bool]) -> dict[int, Parts]:
        """What the initiatives under a condition name, by one query for each table."""
        session = self.scope.session
        named: defaultdict[int, Parts] = defaultdict(dict)
        ids = select(InitiativeRow.id).where(self.scope.owns(InitiativeRow), condition)
        for field, row, column in LINKS:
            listed = select(row.initiative_id, column).where(self.scope.owns(row), row.initiative_id.in_(ids))
            for id, value in session.execute(self._current(listed, row).order_by(row.initiative_id, row.position)):
                named[id][field] = (*named[id].get(field, ()), value)
        contacts = self.scope.select(ContactRow).where(ContactRow.initiative_id.in_(ids))
        ordered = contacts.order_by(ContactRow.initiative_id, ContactRow.position)
        for contact in session.scalars(ordered.execution_options(populate_existing=True)):
            of = named[contact.initiative_id]
            of["contacts"] = (*of.get("contacts", ()), contact.value())
        return named

    def _current(self, links: Select[int, object], row: type[Row]) -> Select[int, object]:
        return links.where(StageLinkRow.stage_id.not_in(self._retired())) if row is StageLinkRow else links

    def _retired(self) -> Select[int]:
        return select(StageRow.id).where(self.scope.owns(StageRow), StageRow.retired)

    def _columns(self, new: Initiative, vector: Vector) -> dict[str, object]:
        return {
            "workspace_id": self.scope.workspace,
            "id": new.id,
            **columns(new.draft),
            "registered_at": new.registered_at,
            "changed_at": new.changed_at,
            "registered_by": new.registered_by,
            "joined_id": new.joined,
            "source": new.source or None,
            "source_id": new.source_id or None,
            "encoder": self.scope.encoder,
            "vector": to_bytes(vector),
        }

    def _add_parts(self, initiatives: Sequence[Initiative]) -> None:
        listed: defaultdict[type[Row], list[dict[str, object]]] = defaultdict(list)
        for initiative in initiatives:
            key: dict[str, object] = {"workspace_id": self.scope.workspace, "initiative_id": initiative.id}
            for row, values in parts(key, initiative.draft):
                listed[row].append(values)
        for row, rows in listed.items():
            self.scope.session.execute(insert(row), rows)

    def _drop_parts(self, initiative: Initiative) -> None:
        """Drop what it named, but for the links to retired stages."""
        shown = or_(StageLinkRow.stage_id.in_(initiative.draft.stages), StageLinkRow.stage_id.not_in(self._retired()))
        for row in (*(row for _, row, _ in LINKS), ContactRow):
            named = delete(row).where(self.scope.owns(row), row.initiative_id == initiative.id)
            kept = named.where(shown) if row is StageLinkRow else named
            self.scope.session.execute(kept.execution_options(synchronize_session=False))
