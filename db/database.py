"""The database as a whole: its workspaces, and what waits to be done in which of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import URL, Engine, Select, select
from sqlalchemy.orm import Session, aliased

from db.alerts import AlertRow, alert_due
from db.api_keys import ApiKeyRow
from db.backlog import Backlog, backlog
from db.detections import DetectionRow, detection_waits
from db.doubts import DoubtedMessages
from db.engine import open_engine
from db.finding_rows import FindingRow, slept_out
from db.holding import Memory
from db.outbox import Outbox
from db.plan_rows import PlanRow
from db.plans import plan_due
from db.polls import PollRow, poll_due
from db.proposals import ProposalRow, to_compute
from db.queueing import doubts, waits
from db.registers import OnCommit, SqlRegisters
from db.schedule_rows import OPEN, OccurrenceRow, in_workspaces, to_do
from db.transactions import EVERYWHERE, Transactions
from db.workspaces import WorkspaceRow, one_by_one
from planning.errors import NotFound
from planning.workspace.values import Workspace


@dataclass(frozen=True, slots=True)
class Database:
    """A database with the tables of Concord; `encoder` is the version of the encoder that makes the vectors."""

    engine: Engine
    encoder: str = ""
    on_commit: OnCommit | None = None
    memory: Memory = field(default_factory=Memory)
    in_hurry: bool = False
    on_asked: OnCommit | None = None

    @property
    def everywhere(self) -> Transactions:
        """Transactions that see all workspaces: for what is of all of them, or of none yet. `db.walls` says whose."""
        return Transactions(self.engine, self.in_hurry, EVERYWHERE)

    def within(self, workspace: str) -> Transactions:
        """Transactions that see the workspace with an id of ours, and nothing of another."""
        if workspace == EVERYWHERE:
            raise NotFound("There is no workspace with that name.")
        return Transactions(self.engine, self.in_hurry, workspace)

    def registers(self, workspace: str) -> SqlRegisters:
        """Opens the register of the workspace with an id of ours."""
        transactions = self.within(workspace)
        return SqlRegisters(transactions, workspace, self.encoder, self.on_commit, self.memory, self.on_asked)

    def workspace(self, slack_id: str | None) -> SqlRegisters:
        """Opens the register of a Slack workspace; None means the only one that there is."""
        every = select(WorkspaceRow.id)
        chosen = every if slack_id is None else every.where(WorkspaceRow.slack_id == slack_id)
        with self.everywhere.reading() as session:
            ids = session.scalars(chosen).all()
        if len(ids) != 1:
            raise NotFound(_none_of_that_kind(self.workspaces(), slack_id))
        return self.registers(ids[0])

    def hurried(self, slack_id: str) -> SqlRegisters:
        """Opens the register of a Slack workspace for somebody who waits: it rather says that it is busy."""
        return replace(self, in_hurry=True).workspace(slack_id)

    def workspace_of_key(self, digest: str) -> SqlRegisters | None:
        """Opens the register of the workspace whose key has that digest; None when there is none, or none any more."""
        live = select(ApiKeyRow.workspace_id).where(ApiKeyRow.digest == digest, ApiKeyRow.revoked_at.is_(None))
        found = self._ids(live)
        return self.registers(found[0]) if found else None

    def workspaces(self) -> list[Workspace]:
        """Every workspace."""
        with self.everywhere.reading() as session:
            return [row.value() for row in _all(session)]

    def ensure_workspace(self, id: str = "main", *, name: str = "", slack_id: str | None = None) -> Workspace:
        """The workspace of a Slack id, or with an id of ours.

        A Slack id that is not known yet is bound to the one workspace that is not connected, when there is just one,
        and otherwise gets a workspace of its own.
        """
        with self.everywhere.writing() as session:
            one_by_one(session)
            row = _known(_all(session), id, slack_id) or _new(_all(session), id, name, slack_id)
            row.slack_id = slack_id or row.slack_id
            session.add(row)
            session.flush()
            return row.value()

    def outbox(self, workspace: str) -> Outbox:
        """The outbox of the workspace with an id of ours."""
        return Outbox(self.within(workspace), workspace)

    def doubts(self, workspace: str) -> DoubtedMessages:
        """The messages in doubt of the workspace with an id of ours."""
        return DoubtedMessages(self.within(workspace), workspace)

    def due_workspaces(self, now: datetime) -> list[str]:
        """The ids of the workspaces in which something is due, such as a digest, an alert or the nightly pass."""
        scheduled = self._ids(in_workspaces(now))
        occurred = self._ids(select(OccurrenceRow.workspace_id).where(OPEN, to_do(now)))
        awake = self._ids(select(FindingRow.workspace_id).where(slept_out(now)))
        asked = self._ids(select(PollRow.workspace_id).where(poll_due(now)))
        alerted = self._ids(select(AlertRow.workspace_id).where(alert_due(now)))
        planned = self._ids(select(PlanRow.workspace_id).where(plan_due(now)))
        return sorted({*scheduled, *occurred, *awake, *asked, *alerted, *planned})

    def computing_workspaces(self, now: datetime) -> list[str]:
        """The ids of the workspaces with a proposal that waits to be computed."""
        return self._ids(select(ProposalRow.workspace_id).where(to_compute(now)))

    def detecting_workspaces(self, now: datetime) -> list[str]:
        """The ids of the workspaces with a change whose findings wait to be brought up to date."""
        return self._ids(select(DetectionRow.workspace_id).where(detection_waits(now)))

    def waiting_workspaces(self, now: datetime) -> list[str]:
        """The ids of the workspaces that have messages to send or to edit, and for which Slack has room."""
        return self._ids(select(WorkspaceRow.id).where(waits(WorkspaceRow.id, now)))

    def doubting_workspaces(self, now: datetime) -> list[str]:
        """The ids of the workspaces that have messages of which nobody knows whether they arrived."""
        return self._ids(select(WorkspaceRow.id).where(doubts(WorkspaceRow.id, now)))

    def backlog(self, now: datetime) -> Backlog:
        """How much waits in all workspaces together, and since when."""
        with self.everywhere.reading() as session:
            return backlog(session, now)

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()

    def _ids(self, query: Select[str]) -> list[str]:
        """The workspaces that a query names, less those that have left: nothing is done for them any more."""
        staying = aliased(WorkspaceRow)
        named = select(staying.id).where(staying.id.in_(query), staying.left_at.is_(None))
        with self.everywhere.reading() as session:
            return sorted(session.scalars(named))


def open_database(
    url: str | URL, *, encoder: str = "", on_commit: OnCommit | None = None, on_asked: OnCommit | None = None
) -> Database:
    """The database at an address; it connects when it is first used."""
    return Database(open_engine(url), encoder, on_commit, on_asked=on_asked)


def _all(session: Session) -> Sequence[WorkspaceRow]:
    return session.scalars(select(WorkspaceRow).order_by(WorkspaceRow.id)).all()


def _known(rows: Sequence[WorkspaceRow], id: str, slack_id: str | None) -> WorkspaceRow | None:
    if slack_id is None:
        return next((row for row in rows if row.id == id), None)
    bound = [row for row in rows if row.slack_id == slack_id]
    unconnected = [row for row in rows if row.slack_id is None]
    return bound[0] if bound else unconnected[0] if len(unconnected) == 1 else None


def _new(rows: Sequence[WorkspaceRow], id: str, name: str, slack_id: str | None) -> WorkspaceRow:
    free = id if id not in {row.id for row in rows} else f"slack-{slack_id}"
    return WorkspaceRow(id=free, name=name or free, zone="UTC", extras={}, journey_version=1)


def _none_of_that_kind(known: Sequence[Workspace], slack_id: str | None) -> str:
    if slack_id is not None:
        return f"Concord does not know the Slack workspace {slack_id} yet. Install it there first."
    if not known:
        return "There is no workspace yet. Start Concord or import something first."
    return f"There are {len(known)} workspaces: {', '.join(one.id for one in known)}. Say which one you mean."
