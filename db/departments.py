"""Departments."""

from dataclasses import dataclass

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from db.scope import Scope, name_is_free
from db.tables import Named, Row, folded
from planning.workspace.values import AlertsTo, Channel, Department


class DepartmentRow(Named, Row):
    """A silo."""

    __tablename__ = "departments"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    folded: Mapped[str]
    channel_name: Mapped[str | None]
    channel_id: Mapped[str | None]
    alerts_to: Mapped[AlertsTo]

    def fill(self, department: Department) -> None:
        """Take over what the value says."""
        channel = department.channel
        self.name, self.folded, self.alerts_to = department.name, folded(department.name), department.alerts_to
        self.channel_name, self.channel_id = (channel.name, channel.id) if channel else (None, None)

    def value(self) -> Department:
        """The row as planning knows it."""
        channel = None if self.channel_name is None else Channel(self.channel_name, self.channel_id)
        return Department(self.id, self.name, channel, self.alerts_to)


@dataclass(frozen=True, slots=True)
class SqlDepartments:
    """The departments of a workspace, in the order in which they came."""

    scope: Scope

    def all(self) -> list[Department]:
        """Every department."""
        return [DepartmentRow.value(row) for row in self.scope.plain(DepartmentRow, DepartmentRow.id)]

    def by_id(self, id: int) -> Department:
        """The department with a number."""
        return self._row(id).value()

    def add(self, name: str, channel: Channel | None = None) -> Department:
        """A new department; a name that is taken is refused."""
        name_is_free(self.scope, DepartmentRow, "department", name)
        department = Department(self.scope.number(DepartmentRow), name, channel)
        row = DepartmentRow(workspace_id=self.scope.workspace, id=department.id)
        row.fill(department)
        self.scope.keep(row)
        return department

    def save(self, department: Department) -> None:
        """Write the department as it is now; a name that is taken is refused."""
        row = self._row(department.id)
        name_is_free(self.scope, DepartmentRow, "department", department.name, DepartmentRow.id != department.id)
        row.fill(department)
        self.scope.keep(row)

    def _row(self, id: int) -> DepartmentRow:
        return self.scope.one(DepartmentRow, id, "I do not know this department.")
