"""Which teams and organisations have Concord, and which workspace of ours is theirs; of tokens it knows nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db.installation_rows import InstallationRow
from db.transactions import Transactions
from db.workspaces import WorkspaceRow, one_by_one
from planning.errors import NotAllowed, NotFound
from planning.installations.values import Installation


@dataclass(frozen=True, slots=True)
class Directory:
    """All installations without their tokens; each call is a transaction of its own, which sees all workspaces."""

    transactions: Transactions

    def of(self, slack_id: str) -> Installation | None:
        """The installation of a team or an organisation, also one that is over."""
        with self.transactions.reading() as session:
            row = session.get(InstallationRow, slack_id)
            return None if row is None else row.value()

    def all(self) -> list[Installation]:
        """Every installation, by its Slack id."""
        with self.transactions.reading() as session:
            rows = session.scalars(select(InstallationRow).order_by(InstallationRow.slack_id))
            return [row.value() for row in rows]

    def workspace_for(self, slack_id: str, name: str, now: datetime) -> str:
        """The id of ours of the workspace of a team or an organisation, made where there is none.

        A workspace that is not connected to Slack is never taken for it: it may be another company's. An id is never
        given twice, so that nothing which is remembered of a workspace that was deleted can be taken for the new one.
        """
        with self.transactions.writing() as session:
            one_by_one(session)
            known = session.scalar(select(WorkspaceRow.id).where(WorkspaceRow.slack_id == slack_id))
            if known is not None:
                return known
            id = f"{slack_id}-{now:%y%m%d%H%M%S}"
            session.add(WorkspaceRow(id=id, name=name, zone="UTC", slack_id=slack_id, extras={}, journey_version=1))
            return id

    def connect(self, workspace: str, slack_id: str) -> None:
        """A workspace that is not connected to Slack belongs to a team or an organisation; raises where it cannot."""
        with self.transactions.writing() as session:
            row = session.get(WorkspaceRow, workspace, with_for_update=True)
            taken = session.scalar(select(WorkspaceRow.id).where(WorkspaceRow.slack_id == slack_id))
            if row is None:
                raise NotFound(f"There is no workspace “{workspace}”. `concord workspaces` lists them.")
            if row.slack_id is not None:
                raise NotAllowed(f"{workspace} belongs to {row.slack_id} already.")
            if taken is not None:
                raise NotAllowed(f"{slack_id} has the workspace {taken} already; two cannot be made one.")
            row.slack_id = slack_id
