"""Initiatives."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, func, insert, select, true, update

from db.initiative_parts import PARTS, OfInitiative, StageLinkRow
from db.initiative_rows import LIVE_ROW, InitiativeRow, columns
from db.portfolios import holdings, portfolio
from db.reading import initiatives, retired
from db.scope import Scope, portions
from db.searching import matches
from db.vectors import SqlVectors, Vector
from db.workspaces import next_revision
from planning.initiatives.values import Draft, Initiative
from planning.portfolio.holdings import Holdings
from planning.portfolio.values import Portfolio
from planning.register import Page, Search
from planning.register.initiatives import UNCHANGED


@dataclass(frozen=True, slots=True)
class SqlInitiatives:
    """The initiatives of a workspace, oldest first unless said otherwise."""

    scope: Scope

    @property
    def encoder(self) -> str:
        """The version of the encoder that made the vectors given here."""
        return self.scope.encoder

    def by_id(self, id: int) -> Initiative:
        """The initiative with a number."""
        self._row(id)
        return initiatives(self.scope, InitiativeRow.id == id)[0]

    def some(self, ids: Collection[int]) -> list[Initiative]:
        """Those with these numbers, in few statements for all; a number that nobody has is left out."""
        found = (initiatives(self.scope, InitiativeRow.id.in_(some)) for some in portions(sorted({*ids})))
        return [one for some in found for one in some]

    def all(self) -> list[Initiative]:
        """Every initiative, live or not."""
        return initiatives(self.scope, true())

    def by_source(self, source: str, source_id: str) -> Initiative | None:
        """The one with that pair, if it is on record."""
        pair = and_(InitiativeRow.source == source, InitiativeRow.source_id == source_id)
        return next(iter(initiatives(self.scope, pair)), None)

    def matching(self, search: Search, limit: int, offset: int = 0) -> Page[Initiative]:
        """What a search finds: live ones first, the newest first."""
        found = and_(self.scope.owns(InitiativeRow), *matches(self.scope, search))
        counted = select(InitiativeRow.id, func.count().over()).where(found)
        best = counted.order_by(LIVE_ROW.desc(), InitiativeRow.id.desc()).limit(limit).offset(offset)
        rows = self.scope.session.execute(best).all()
        known = {one.id: one for one in self.some([id for id, _ in rows])}
        total = rows[0][1] if rows else self.scope.total(select(InitiativeRow.id).where(found)) if offset else 0
        return Page(tuple(known[id] for id, _ in rows), total, offset)

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
        if not drafts:
            return []
        added = [
            Initiative(id, draft, now, now, registered_by=by, source=source, source_id=source_id)
            for id, (source_id, draft, _) in zip(self.scope.numbers(InitiativeRow, len(drafts)), drafts, strict=True)
        ]
        revision = next_revision(self.scope)
        self.scope.session.execute(insert(InitiativeRow), [self._columns(new, revision) for new in added])
        read = [(new.id, vector) for new, (*_, vector) in zip(added, drafts, strict=True)]
        SqlVectors(self.scope).add_new(read)
        self._add_parts(added)
        return added

    def save(self, initiative: Initiative, vector: Vector | None = None) -> None:
        """Write it as it is now; the vector only when the text changed."""
        self._row(initiative.id)
        self.save_all([initiative], {} if vector is None else {initiative.id: vector})

    def save_all(self, initiatives: Sequence[Initiative], vectors: Mapping[int, Vector] = UNCHANGED) -> None:
        """Write known ones as they are now, few statements for all; `vectors` (by id) of those whose text changed."""
        if not initiatives:
            return
        revision = next_revision(self.scope)
        self.scope.session.execute(update(InitiativeRow), [self._columns(one, revision) for one in initiatives])
        self._drop_parts(initiatives)
        self._add_parts(initiatives)
        for id, vector in vectors.items():
            SqlVectors(self.scope).replace(id, vector)

    def count_live(self, most: int) -> int:
        """How many are live; it counts no further than `most`."""
        return self.scope.total(select(InitiativeRow.id).where(self.scope.owns(InitiativeRow), LIVE_ROW).limit(most))

    def holdings(self) -> Holdings:
        """The live initiatives alone."""
        return holdings(self.scope)

    def portfolio(self, now: datetime) -> Portfolio:
        """The live initiatives and all that their names refer to, on the day that it is in the workspace."""
        return portfolio(self.scope, now)

    def _row(self, id: int) -> InitiativeRow:
        return self.scope.one(InitiativeRow, id, f"There is no initiative CX-{id}.")

    def _columns(self, new: Initiative, revision: int) -> dict[str, object]:
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
            "revision": revision,
        }

    def _add_parts(self, added: Sequence[Initiative]) -> None:
        listed: defaultdict[type[OfInitiative], list[dict[str, object]]] = defaultdict(list)
        for initiative in added:
            key: dict[str, object] = {"workspace_id": self.scope.workspace, "initiative_id": initiative.id}
            for part in PARTS:
                listed[part.row].extend(part.rows(key, initiative.draft))
        for row, rows in listed.items():
            if rows:
                self.scope.session.execute(insert(row), rows)

    def _drop_parts(self, initiatives: Sequence[Initiative]) -> None:
        """Drop what they named, but for the links to retired stages that they do not name."""
        hidden = retired(self.scope)
        for ids in portions([one.id for one in initiatives]):
            for part in PARTS:
                named = delete(part.row).where(self.scope.owns(part.row), part.row.initiative_id.in_(ids))
                shown = named.where(StageLinkRow.stage_id.not_in(hidden)) if part.row is StageLinkRow else named
                self.scope.session.execute(shown.execution_options(synchronize_session=False))
        gone = {*self.scope.session.scalars(hidden)}
        for one in initiatives:
            if named_again := gone.intersection(one.draft.stages):
                link = (StageLinkRow.initiative_id == one.id, StageLinkRow.stage_id.in_(named_again))
                self.scope.session.execute(delete(StageLinkRow).where(self.scope.owns(StageLinkRow), *link))
