"""Workspaces: the tenants."""

from dataclasses import dataclass

from sqlalchemy.orm import Mapped, mapped_column

from db.scope import Scope
from db.tables import Row
from planning.errors import NotFound
from planning.workspace.values import Workspace


class WorkspaceRow(Row):
    """A tenant; the version counts the changes of its journey."""

    __tablename__ = "workspaces"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    zone: Mapped[str]
    slack_id: Mapped[str | None] = mapped_column(unique=True)
    extras: Mapped[dict[str, object]]
    journey_version: Mapped[int] = mapped_column(server_default="1")

    def value(self) -> Workspace:
        """The row as planning knows it."""
        return Workspace(self.id, self.name, self.zone, self.slack_id, self.extras)


@dataclass(frozen=True, slots=True)
class SqlWorkspaces:
    """The one workspace of the unit."""

    scope: Scope

    def current(self) -> Workspace:
        """The workspace as it is now."""
        return workspace_row(self.scope).value()

    def save(self, workspace: Workspace) -> None:
        """Write name, zone, Slack id and extras."""
        row = workspace_row(self.scope)
        if workspace.id != row.id:
            raise ValueError(f"the unit is open for {row.id}, not for {workspace.id}")
        row.name, row.zone, row.slack_id = workspace.name, workspace.zone, workspace.slack_id
        row.extras = workspace.extras
        self.scope.keep(row)


def workspace_row(scope: Scope) -> WorkspaceRow:
    """The row of the unit's workspace."""
    row = scope.session.get(WorkspaceRow, scope.workspace)
    if row is None:
        raise NotFound("This workspace is not set up yet. Ask whoever runs Concord to start it once.")
    return row
