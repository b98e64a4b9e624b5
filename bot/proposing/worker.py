"""The thread that computes proposals: claimed in one transaction, computed outside of any, written in others."""

from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.proposing.solving import Solve
from bot.proposing.watching import Pace, Watch
from bot.rounds import Rounds
from db.database import Database
from db.registers import SqlRegisters
from planning.errors import PlanningError
from planning.proposals.asking import Proposal
from planning.proposals.requesting import check_known
from planning.proposals.values import AboutKind, Proposed

ATTEMPTS = 3
IDLE_S = 5.0
"""How long to rest when nothing waits and nobody wakes the thread."""
BROKEN = "Concord could not compute this proposal. Ask again; if that fails too, its log says why."
TOO_OFTEN = "Concord was interrupted three times while it computed this proposal. Ask again at a quieter time."

log = structlog.get_logger()


class Proposer(Rounds):
    """Computes what was asked for, one after the other."""

    def __init__(
        self,
        database: Database,
        now: Clock,
        solve: Solve,
        *,
        pace: Pace | None = None,
        prepare: Callable[[], None],
    ) -> None:
        super().__init__("proposing", IDLE_S, prepare)
        self._database, self._now, self._solve, self._pace = database, now, solve, pace or Pace()

    def propose_once(self) -> int:
        """Compute one for each workspace in which one waits; the number of them."""
        waiting = self._database.computing_workspaces(self._now())
        return sum(self._propose_in(self._database.registers(workspace)) for workspace in waiting)

    def _round(self) -> float:
        return 0.0 if self.propose_once() else IDLE_S

    def _propose_in(self, registers: SqlRegisters) -> bool:
        if self._stopping.is_set():
            return False
        with registers.writing() as register:
            proposal = register.proposals.claim(self._now(), self._pace.lease)
        if proposal is None:
            return False
        watch = Watch(registers, proposal, self._now, self._stopping, self._pace)
        try:
            watch.ended(self._computed(registers, proposal, watch))
        except PlanningError as error:
            watch.failed(str(error))
        except SQLAlchemyError:  # the database stumbled, not the solver: it is taken on again when the lease ends
            raise
        except Exception:  # what the solver stumbles over, it would stumble over again
            log.exception("proposal not computed", workspace=registers.workspace, proposal=proposal.id)
            watch.failed(BROKEN)
        return True

    def _computed(self, registers: SqlRegisters, proposal: Proposal, watch: Watch) -> Proposed:
        if proposal.attempts > ATTEMPTS:
            raise PlanningError(TOO_OFTEN)
        about = proposal.about
        with registers.reading() as register:
            check_known(register, about, self._now())
            finding = register.findings.by_id(about.id) if about.kind is AboutKind.FINDING else None
            portfolio = register.initiatives.portfolio(self._now())
        return self._solve(portfolio, about, finding, proposal.wishes, progress=watch.better, stop=watch.enough)
