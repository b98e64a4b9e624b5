"""Resource pools and the leave of their people."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import UniqueConstraint, delete, insert
from sqlalchemy.orm import Mapped, mapped_column

from db.scope import Scope, name_is_free
from db.tables import Named, Owned, Row, within
from planning.resources.values import Leave, Pool
from planning.window import Window


class PoolRow(Named, Row):
    """A team or skill."""

    __tablename__ = "pools"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    capacity: Mapped[float]


class LeaveRow(Owned, Row):
    """Days on which a share of a pool's people is away."""

    __tablename__ = "pool_leave"
    __table_args__ = (within("pool_id", "pools"),)

    pool_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    share: Mapped[float]

    def value(self) -> Leave:
        """The row as planning knows it."""
        return Leave(Window(self.starts_on, self.ends_on), self.share)


@dataclass(frozen=True, slots=True)
class SqlPools:
    """The resource pools of a workspace, in the order in which they came."""

    scope: Scope

    def all(self) -> list[Pool]:
        """Every pool with its leave."""
        return self.scope.held(PoolRow, self._read)

    def _read(self) -> list[Pool]:
        rows = self.scope.session.scalars(self.scope.select(PoolRow).order_by(PoolRow.id)).all()
        leave: defaultdict[int, list[Leave]] = defaultdict(list)
        listed = self.scope.select(LeaveRow).order_by(LeaveRow.pool_id, LeaveRow.position)
        for away in self.scope.session.scalars(listed):
            leave[away.pool_id].append(away.value())
        return [Pool(row.id, row.name, row.capacity, tuple(leave[row.id])) for row in rows]

    def add(self, pool: Pool) -> Pool:
        """Store a new pool under a number of its own; a name that is taken is refused."""
        name_is_free(self.scope, PoolRow, "pool", pool.name)
        numbered = replace(pool, id=self.scope.number(PoolRow))
        named = {"id": numbered.id, "name": pool.name, "capacity": pool.capacity}
        self.scope.keep(PoolRow(workspace_id=self.scope.workspace, **named))
        self._add_leave(numbered)
        return numbered

    def save(self, pool: Pool) -> None:
        """Write the pool as it is now; a name that is taken is refused."""
        row = self.scope.one(PoolRow, pool.id, "I do not know this pool.")
        name_is_free(self.scope, PoolRow, "pool", pool.name, PoolRow.id != pool.id)
        row.name, row.capacity = pool.name, pool.capacity
        self.scope.keep(row)
        self.scope.session.execute(delete(LeaveRow).where(self.scope.owns(LeaveRow), LeaveRow.pool_id == pool.id))
        self._add_leave(pool)

    def _add_leave(self, pool: Pool) -> None:
        self.scope.touch(PoolRow)
        owner = {"workspace_id": self.scope.workspace, "pool_id": pool.id}
        rows = [
            {
                **owner,
                "position": position,
                "starts_on": each.window.start,
                "ends_on": each.window.end,
                "share": each.share,
            }
            for position, each in enumerate(pool.leave)
        ]
        if rows:
            self.scope.session.execute(insert(LeaveRow), rows)
