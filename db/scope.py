"""One workspace in one transaction: what the stores query through, so that no query leaves the workspace."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Select, func, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from db.holding import Unit
from db.tables import Named, Numbered, Owned, Row
from planning.errors import FieldError, NotFound

_HIGHEST = 2**31 - 1
_AT_ONCE = 5000
"""Values in one IN: SQLite takes 32,766 parameters, PostgreSQL 65,535."""

N = TypeVar("N", bound=Numbered)
V = TypeVar("V")


class CounterRow(Owned, Row):
    """The last number given to a table's rows."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


@dataclass(frozen=True, slots=True)
class Scope:
    """The session and the workspace that it may see."""

    session: Session
    workspace: str
    encoder: str = ""
    """The version of the encoder whose vectors are written."""
    unit: Unit = field(default_factory=Unit)
    """What this transaction reads of the initiatives held in memory, and leaves there."""

    def owns(self, row: type[Owned] | type[Numbered]) -> ColumnElement[bool]:
        """The condition that every query carries."""
        return row.workspace_id == self.workspace

    def select(self, row: type[V]) -> Select[V]:
        """The rows of this workspace."""
        return select(row).where(row.workspace_id == self.workspace)  # type: ignore[attr-defined] # rows have it

    def plain(self, row: type[V], *order: InstrumentedAttribute[Any]) -> Sequence[V]:
        """The rows of this workspace with their columns only, which nobody tracks: many are read far quicker so."""
        columns = [getattr(row, column.key) for column in inspect(row).column_attrs]
        mine = select(*columns).where(row.workspace_id == self.workspace)  # type: ignore[attr-defined] # rows have it
        return cast(Sequence[V], self.session.execute(mine.order_by(*order)).all())

    def held(self, row: type[Row], read: Callable[[], list[V]]) -> list[V]:
        """The values of a table that changes seldom: those held in memory, unless it has changed since."""
        name = row.__tablename__
        if name in self.unit.touched:
            return read()
        counted = select(CounterRow.last).where(self.owns(CounterRow), CounterRow.name == _version_of(name))
        version = self.session.scalar(counted) or 0
        known = self.unit.memory.list_of(self.workspace, name, version)
        if known is None:
            known = tuple(read())
            if self.unit.reading:
                self.unit.memory.keep_list(self.workspace, name, version, known)
        return [*known]

    def touch(self, row: type[Row]) -> None:
        """The table is changed by this transaction."""
        self.unit.touched.add(row.__tablename__)
        self._count(_version_of(row.__tablename__), 1)

    def one(self, row: type[N], id: int, missing: str, *, lock: bool = False) -> N:
        """The row with a number, or NotFound with what is missing."""
        known = 0 < id <= _HIGHEST
        found = self.session.get(row, (self.workspace, id), with_for_update=lock or None) if known else None
        if found is None:
            raise NotFound(f"{missing} It may have been removed meanwhile.")
        return found

    def keep(self, *rows: Row) -> None:
        """Write new or changed rows now, so that a constraint speaks where the fault is."""
        self.session.add_all(rows)
        self.session.flush()

    def insert(self, row: type[Row]) -> postgresql.Insert | sqlite.Insert:
        """An INSERT that can tell what to do on a conflict."""
        return postgresql.insert(row) if self.on_postgresql else sqlite.insert(row)

    @property
    def on_postgresql(self) -> bool:
        """Whether the database is PostgreSQL."""
        return self.session.get_bind().dialect.name == "postgresql"

    def numbers(self, row: type[Numbered], count: int = 1) -> range:
        """The next numbers of a table; they are given back when the transaction is not kept."""
        last = self._count(row.__tablename__, count)  # type: ignore[attr-defined] # a row has a table
        return range(last - count + 1, last + 1)

    def _count(self, name: str, count: int) -> int:
        new = self.insert(CounterRow).values(workspace_id=self.workspace, name=name, last=count)
        counted = new.on_conflict_do_update(
            index_elements=[CounterRow.workspace_id, CounterRow.name], set_={"last": CounterRow.last + count}
        ).returning(CounterRow.last)
        last: int = self.session.execute(counted).scalar_one()
        return last

    def number(self, row: type[Numbered]) -> int:
        """The next number of a table."""
        return self.numbers(row)[0]

    def total(self, query: Select[*tuple[Any, ...]]) -> int:
        """How many rows a query has."""
        counted = select(func.count()).select_from(query.order_by(None).subquery())
        return self.session.execute(counted).scalar_one()


def _version_of(table: str) -> str:
    return f"{table}, changes"


def portions(values: Sequence[V]) -> Iterator[Sequence[V]]:
    """The values in portions that fit into one query."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def name_is_free(scope: Scope, row: type[Named], what: str, name: str, *among: ColumnElement[bool]) -> None:
    """Refuse a name that another row has; the writers of a workspace come one by one, so nobody slips in between."""
    taken = select(row.id).where(scope.owns(row), row.name == name, *among)
    if scope.session.scalar(taken) is not None:
        raise FieldError({"name": f"There is already a {what} called {name}. Choose another name."})
