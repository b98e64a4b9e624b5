"""Workspaces: the tenants."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import false, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.installation_rows import InstallationRow
from db.scope import Scope
from db.tables import Row
from planning.errors import NotFound
from planning.findings.values import Rule
from planning.workspace.values import ALERT_BUDGET, Workspace

_ONE_BY_ONE = text("SELECT pg_advisory_xact_lock(20261121)")


class WorkspaceRow(Row):
    """A tenant: `journey_version` counts the changes of its journey, `revision` the units that saved initiatives."""

    __tablename__ = "workspaces"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    zone: Mapped[str]
    slack_id: Mapped[str | None] = mapped_column(unique=True)
    extras: Mapped[dict[str, object]]
    journey_version: Mapped[int] = mapped_column(server_default="1")
    revision: Mapped[int] = mapped_column(server_default="0")
    passed_on: Mapped[date | None]
    """Read, as `season_on`, by replicas of the release before only; both are schedules now."""
    least: Mapped[dict[str, object] | None]
    alert_budget: Mapped[int] = mapped_column(server_default=str(ALERT_BUDGET))
    season_on: Mapped[date | None]
    left_at: Mapped[datetime | None]
    deletes_at: Mapped[datetime | None]
    purging: Mapped[bool] = mapped_column(server_default=false())
    """While everything of it is deleted, and only then, the audit log lets its entries go."""
    keeps: Mapped[dict[str, object] | None]

    def value(self) -> Workspace:
        """The row as planning knows it."""
        keeps = {name: int(str(days)) for name, days in (self.keeps or {}).items()}
        left = {"left_at": self.left_at, "deletes_at": self.deletes_at}
        return Workspace(
            self.id, self.name, self.zone, self.slack_id, self.alert_budget, self.extras, **left, keeps=keeps
        )


@dataclass(frozen=True, slots=True)
class SqlWorkspaces:
    """The one workspace of the unit."""

    scope: Scope

    def current(self) -> Workspace:
        """The workspace as it is now."""
        return workspace_row(self.scope).value()

    def save(self, workspace: Workspace) -> None:
        """Write it as it is now."""
        row = workspace_row(self.scope)
        if workspace.id != row.id:
            raise ValueError(f"the unit is open for {row.id}, not for {workspace.id}")
        row.name, row.zone, row.slack_id = workspace.name, workspace.zone, workspace.slack_id
        row.alert_budget, row.extras = workspace.alert_budget, workspace.extras
        row.left_at, row.deletes_at, row.keeps = workspace.left_at, workspace.deletes_at, dict(workspace.keeps) or None
        self.scope.keep(row)

    def granted(self) -> frozenset[str] | None:
        """The permissions (scopes) that Slack gave; None where it was not installed by OAuth."""
        given = select(InstallationRow.scopes).where(InstallationRow.workspace_id == self.scope.workspace)
        scopes = self.scope.session.scalar(given)
        return None if scopes is None else frozenset(map(str, scopes))

    def least(self) -> dict[Rule, float]:
        """From which score on a rule's findings are told, where verdicts have moved it."""
        least = workspace_row(self.scope).least or {}
        return {Rule(rule): float(str(score)) for rule, score in least.items()}

    def save_least(self, least: Mapping[Rule, float]) -> None:
        """Keep exactly these."""
        row = workspace_row(self.scope)
        row.least = {str(rule): score for rule, score in sorted(least.items())}
        self.scope.keep(row)


def workspace_row(scope: Scope) -> WorkspaceRow:
    """The row of the unit's workspace."""
    row = scope.session.get(WorkspaceRow, scope.workspace)
    if row is None:
        raise NotFound("This workspace is not set up yet. Ask whoever runs Concord to start it once.")
    if scope.unit.reading and row not in scope.unit.kept:
        scope.unit.kept.append(row)
    return row


def one_by_one(session: Session) -> None:
    """Until this transaction ends, nobody else makes a workspace: it might be the same one."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_ONE_BY_ONE)


def next_revision(scope: Scope) -> int:
    """The revision that this transaction makes of the workspace: the same for all that it saves."""
    scope.unit.held = None
    if scope.unit.revision is None:
        row = workspace_row(scope)
        row.revision += 1
        scope.keep(row)
        scope.unit.revision = row.revision
    return scope.unit.revision
