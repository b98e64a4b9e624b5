"""The unit of work: the register of one workspace in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self

from psycopg.errors import LockNotAvailable
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from db.alerts import SqlAlerts
from db.api_keys import SqlApiKeys
from db.audit import SqlAudit
from db.check_ins import SqlCheckIns
from db.decisions import SqlDecisions
from db.departments import SqlDepartments
from db.detections import SqlDetections
from db.findings import SqlFindings
from db.holding import Memory, Unit
from db.initiatives import SqlInitiatives
from db.installation_rows import InstallationRow
from db.journeys import SqlJourneys
from db.keeping import SqlKeeping
from db.measurements import SqlMeasurements
from db.metrics import SqlMetrics
from db.people import SqlPeople
from db.personal import SqlPersonal
from db.pictures import SqlPictures
from db.plans import SqlPlans
from db.polls import SqlPolls
from db.postings import SqlPostings
from db.preferences import SqlPreferences
from db.problems import SqlProblems
from db.proposals import SqlProposals
from db.ratifications import SqlRatifications
from db.readings import SqlReadings
from db.resources import SqlPools
from db.schedules import SqlSchedules
from db.scope import Scope
from db.transactions import Transactions
from db.vectors import SqlVectors
from db.workspaces import SqlWorkspaces, WorkspaceRow
from planning.errors import Busy

TABLES = InstallationRow.metadata
"""Every table: the modules of all rows are imported here."""
_WAIT_AT_MOST = text("SELECT set_config('lock_timeout', :milliseconds, true)")
OnCommit = Callable[[str], None]
"""Called with the workspace's id: `on_commit` after something was queued (messages, a proposal, a detection),
`on_asked` after somebody wanted something scheduled done now."""


@dataclass(frozen=True, slots=True)
class SqlRegister:
    """The stores of one workspace, all in one transaction."""

    workspaces: SqlWorkspaces
    people: SqlPeople
    departments: SqlDepartments
    journeys: SqlJourneys
    metrics: SqlMetrics
    readings: SqlReadings
    pools: SqlPools
    problems: SqlProblems
    initiatives: SqlInitiatives
    findings: SqlFindings
    polls: SqlPolls
    ratifications: SqlRatifications
    measurements: SqlMeasurements
    api_keys: SqlApiKeys
    pictures: SqlPictures
    preferences: SqlPreferences
    alerts: SqlAlerts
    plans: SqlPlans
    proposals: SqlProposals
    decisions: SqlDecisions
    postings: SqlPostings
    schedules: SqlSchedules
    check_ins: SqlCheckIns
    detections: SqlDetections
    audit: SqlAudit
    vectors: SqlVectors

    @classmethod
    def of(cls, scope: Scope) -> Self:
        """The stores that see what the scope sees."""
        return cls(
            SqlWorkspaces(scope),
            SqlPeople(scope),
            SqlDepartments(scope),
            SqlJourneys(scope),
            SqlMetrics(scope),
            SqlReadings(scope),
            SqlPools(scope),
            SqlProblems(scope),
            SqlInitiatives(scope),
            SqlFindings(scope),
            SqlPolls(scope),
            SqlRatifications(scope),
            SqlMeasurements(scope),
            SqlApiKeys(scope),
            SqlPictures(scope),
            SqlPreferences(scope),
            SqlAlerts(scope),
            SqlPlans(scope),
            SqlProposals(scope),
            SqlDecisions(scope),
            SqlPostings(scope),
            SqlSchedules(scope),
            SqlCheckIns(scope),
            SqlDetections(scope),
            SqlAudit(scope),
            SqlVectors(scope),
        )

    @property
    def keeping(self) -> SqlKeeping:
        """What the workspace forgets; seldom asked for, so made then."""
        return SqlKeeping(self.workspaces.scope)

    @property
    def personal(self) -> SqlPersonal:
        """What is kept about one person; the same."""
        return SqlPersonal(self.workspaces.scope)


@dataclass(frozen=True, slots=True)
class SqlRegisters:
    """Opens the register of one workspace."""

    transactions: Transactions
    workspace: str
    encoder: str = ""
    on_commit: OnCommit | None = None
    memory: Memory = field(default_factory=Memory)
    on_asked: OnCommit | None = None

    @contextmanager
    def writing(self, patience: timedelta | None = None) -> Iterator[SqlRegister]:
        """The register, alone: the writers of a workspace come one after the other, so none decides on stale facts.

        With patience, raises Busy when another one has not ended by then (on SQLite, nobody takes that long).
        """
        unit = Unit(self.memory)
        with self.transactions.writing() as session:
            self._wait_for_turn(session, patience)
            register = SqlRegister.of(Scope(session, self.workspace, self.encoder, unit))
            yield register
        unit.committed(self.workspace)
        if self.on_commit is not None and _woke(register):
            self.on_commit(self.workspace)
        if self.on_asked is not None and register.schedules.asked:
            self.on_asked(self.workspace)

    def _wait_for_turn(self, session: Session, patience: timedelta | None) -> None:
        mine = select(WorkspaceRow.id).where(WorkspaceRow.id == self.workspace).with_for_update(key_share=True)
        if patience is None or session.get_bind().dialect.name != "postgresql":
            session.execute(mine)
            return
        session.execute(_WAIT_AT_MOST, {"milliseconds": str(patience // timedelta(milliseconds=1))})
        try:
            session.execute(mine)
        except OperationalError as error:
            if isinstance(error.orig, LockNotAvailable):
                raise Busy("Somebody else is writing in this workspace. Try again in a moment.") from error
            raise
        session.execute(_WAIT_AT_MOST, {"milliseconds": "0"})

    @contextmanager
    def reading(self) -> Iterator[SqlRegister]:
        """The register as it is at one moment; it refuses to be written."""
        unit = Unit(self.memory, reading=True)
        with self.transactions.reading() as session:
            yield SqlRegister.of(Scope(session, self.workspace, self.encoder, unit))
        unit.committed(self.workspace)


def _woke(register: SqlRegister) -> bool:
    """Whether there is something new to do for those that work behind the listeners."""
    return register.postings.changed or register.proposals.changed or register.detections.changed
