"""How fast Slack may be called, kept for all replicas together."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, and_, exists, or_
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from db.scope import Scope
from db.tables import Row
from planning.outbox.pacing import (
    CLOCKS_APART,
    HELD_AT_MOST,
    RATES,
    Method,
    Rates,
    allowed,
    is_held,
    moved,
    used_up,
)

UNLIMITED = 1_000_000


class PaceRow(Row):
    """A method of Slack in a workspace: when it is free again at our pace, and until when Slack refuses it."""

    __tablename__ = "paces"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    method: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[datetime]
    held_until: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Paces:
    """The paces of a workspace in one transaction."""

    scope: Scope
    rates: Rates

    def free(self, methods: Collection[Method], now: datetime) -> dict[Method, int]:
        """How many calls of each may be made now; nobody else takes any until this transaction ends."""
        known = self._known(methods)
        everything = known.get(Method.ALL)
        if everything is not None and is_held(everything.held_until, now):
            return dict.fromkeys(methods, 0)
        return {method: self._free(method, known.get(method), now) for method in methods}

    def take(self, calls: Mapping[Method, int], now: datetime) -> None:
        """Count calls that are about to be made."""
        counted = {method: calls[method] for method in sorted(calls) if calls[method] and method in self.rates}
        known = self._known(counted) if counted else {}
        for method, number in counted.items():
            row = known.get(method)
            self._keep(method, free_at=moved(self.rates[method], row.free_at if row else now, now, number))

    def hold(self, method: str, until: datetime, now: datetime) -> None:
        """Slack refuses it until then."""
        row = self.scope.session.get(PaceRow, (self.scope.workspace, method))
        earlier = row.held_until if row else None
        longest = earlier if earlier and earlier > until and is_held(earlier, now) else until
        self._keep(method, free_at=row.free_at if row else now, held_until=longest)

    def _known(self, methods: Collection[Method]) -> dict[str, PaceRow]:
        wanted = self.scope.select(PaceRow).where(PaceRow.method.in_([*sorted(methods), Method.ALL]))
        locked = wanted.order_by(PaceRow.method).with_for_update()
        return {row.method: row for row in self.scope.session.scalars(locked)}

    def _free(self, method: Method, row: PaceRow | None, now: datetime) -> int:
        if row is not None and is_held(row.held_until, now):
            return 0
        if method not in self.rates:
            return UNLIMITED
        return allowed(self.rates[method], row.free_at if row else now, now)

    def _keep(self, method: str, **values: datetime) -> None:
        new = self.scope.insert(PaceRow).values(workspace_id=self.scope.workspace, method=str(method), **values)
        key = [PaceRow.workspace_id, PaceRow.method]
        self.scope.session.execute(new.on_conflict_do_update(index_elements=key, set_=values))


def open_to(workspace: InstrumentedAttribute[str], method: Method, now: datetime) -> ColumnElement[bool]:
    """Whether a method may be called in a workspace now, as a condition."""
    closed = PaceRow.held_until.is_not(None) & PaceRow.held_until.between(now, now + HELD_AT_MOST)
    rate = RATES[method]
    late = PaceRow.free_at.between(now + used_up(rate), now + rate.ahead + CLOCKS_APART)
    mine = and_(PaceRow.method == method, or_(closed, late))
    all_of_it = and_(PaceRow.method == Method.ALL, closed)
    return ~exists().where(PaceRow.workspace_id == workspace, or_(mine, all_of_it))
