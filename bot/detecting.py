"""The thread that brings findings up to date behind the acknowledgement: looked up while others write, then written.

What waits is claimed in one short transaction and gone with its effects in another. When somebody changed the register
in between, it is looked up again; after a few times within the writing transaction, for which all others wait.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from time import monotonic

import structlog

from bot.clock import Clock
from bot.rounds import Rounds
from bot.seeing.meters import Meters
from db.database import Database
from db.registers import SqlRegisters
from planning.findings.detecting import Overtaken, joined, settle
from planning.findings.queueing import Change, Detection
from planning.findings.refreshing import Seen, look
from planning.register import Register

LEASE = timedelta(minutes=5)
"""A full pass over 100,000 initiatives takes less; a process that died has its changes taken on after so long."""
MOST = 50
"""Changes taken on at once."""
LOOKS = 3
"""So often what was looked up may be overtaken."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=1)
IDLE_S = 5.0
"""How long to rest when nothing waits and nobody wakes the thread."""
LONGEST_REST_S = 2.0
"""After each change it rests twice as long as that took, at most so long: whoever waits for Slack goes before it."""

log = structlog.get_logger()


class Detector(Rounds):
    """Does what was queued, workspace by workspace."""

    def __init__(self, database: Database, now: Clock, meters: Meters | None = None) -> None:
        super().__init__("detecting", IDLE_S)
        self._database, self._now, self._meters = database, now, meters or Meters()

    def detect_once(self) -> int:
        """Take on what waits in each workspace; how many changes were dealt with."""
        return sum(self._tried(workspace) for workspace in self._database.detecting_workspaces(self._now()))

    def _round(self) -> float:
        return 0.0 if self.detect_once() else IDLE_S

    def _tried(self, workspace: str) -> int:
        """One workspace's fault must not keep the others from theirs."""
        try:
            return self._detect_in(self._database.registers(workspace))
        except Exception:
            log.exception("detecting failed; it is tried again", workspace=workspace)
            return 0

    def _detect_in(self, registers: SqlRegisters) -> int:
        if self._stopping.is_set():
            return 0
        with registers.writing() as register:
            waiting = register.detections.claim(self._now(), LEASE, MOST)
        self._meters.claimed("detection", "taken", len(waiting))
        self._meters.claimed("detection", "expired", sum(one.taken_over for one in waiting))
        return sum(self._in_turn(registers, *part) for part in joined(waiting))

    def _in_turn(self, registers: SqlRegisters, detections: Sequence[Detection], change: Change) -> int:
        began = monotonic()
        dealt = self._dealt_with(registers, detections, change)
        self._stopping.wait(min(2 * (monotonic() - began), LONGEST_REST_S))
        return dealt

    def _dealt_with(self, registers: SqlRegisters, detections: Sequence[Detection], change: Change) -> int:
        self.pulse.beat()
        told = {"workspace": registers.workspace, "changes": len(detections)}
        try:
            self._carry_out(registers, detections, change)
        except Overtaken:
            self._meters.claimed("detection", "lost", len(detections))
            log.warning("somebody else has taken it on", **told)
            return 0
        except Exception:
            log.exception("change not dealt with; it is put off", **told)
            self._put_off(registers, detections)
            return 0
        return len(detections)

    def _carry_out(self, registers: SqlRegisters, detections: Sequence[Detection], change: Change) -> None:
        for _ in range(LOOKS):
            with registers.reading() as register:
                state, seen = register.detections.state(), self._look(register, change)
            if self._stopping.is_set():
                self._put_off(registers, detections, at_once=True)
                return
            with registers.writing() as register:
                if register.detections.state() == state:
                    settle(register, detections, change, seen, self._now())
                    return
        with registers.writing() as register:
            settle(register, detections, change, self._look(register, change), self._now())

    def _look(self, register: Register, change: Change) -> Seen:
        return look(register, self._now(), change.changed, change.confirmed)

    def _put_off(self, registers: SqlRegisters, detections: Sequence[Detection], *, at_once: bool = False) -> None:
        """Ever longer: what one stumbles over it is likely to stumble over again. `at_once`: for the next process."""
        with suppress(Exception), registers.writing() as register:
            for one in detections:
                pause = timedelta() if at_once else min(FIRST_PAUSE * 2 ** min(one.attempts, 10), LONGEST_PAUSE)
                register.detections.put_off(one, self._now() + pause)
