"""Works off the outbox of every workspace: one thread hands out the work, a few others do it."""

import time
from collections.abc import Callable, Sequence
from functools import partial

import structlog
from slack_sdk import WebClient

from bot.clock import Clock
from bot.delivery.delivering import Sender
from bot.delivery.doubts import Doubt, Doubts
from bot.delivery.lanes import EACH, THREADS, Lanes
from bot.delivery.outcomes import Later, Outcome, Unsure
from bot.delivery.pace import USUAL, Times
from bot.rounds import STOP_S, Rounds
from bot.seeing.meters import Meters
from db.database import Database
from planning.outbox.pacing import RATES, Rates
from planning.outbox.values import Message

BATCH = 32
"""So many messages one thread takes on at once: a claim costs more than a message where thousands wait."""
IDLE_S = 1.0
"""How long to rest when nothing is waiting and nobody wakes the thread."""
RESTING_S = 0.2
"""How long to rest when what waits may not go yet, such as a conversation that has just had something."""
DOUBTING_S = 1.0
"""How often it is asked for messages in doubt."""
SETTLING_S = 1.0
"""What has arrived is written down within so long, even when all other time is used up."""
AFTER_FAULT_S = 10.0
"""Of a message in doubt that could not be looked up for a fault of ours: until it is tried again."""

log = structlog.get_logger()


class Deliverer(Rounds):
    """Draws and sends what waits; `clients` gives the client of a workspace, which must not repeat requests itself."""

    def __init__(
        self,
        database: Database,
        clients: Callable[[str], WebClient],
        now: Clock,
        *,
        times: Times = USUAL,
        rates: Rates = RATES,
        threads: int = THREADS,
        meters: Meters | None = None,
    ) -> None:
        super().__init__("delivery", IDLE_S)
        self._database, self._now = database, now
        self._sender = Sender(database, clients, now, times, rates, meters=meters or Meters())
        self._doubts = Doubts(self._sender)
        self._lanes = Lanes(self.wake, threads)
        self._troubled: set[str] = set()
        self._doubted_at = float("-inf")

    def start(self) -> None:
        """Begin to deliver."""
        self._sender.settling.start()
        self._lanes.start()
        super().start()

    def stop(self) -> None:
        """End after the messages that are under way, as far as they end in time; leave the others to others."""
        until = time.monotonic() + STOP_S
        super().stop()
        if not self._lanes.end(max(0.0, until - time.monotonic())):
            log.warning("delivery not waited for any longer")
        if not self._sender.settling.end(max(SETTLING_S, until - time.monotonic())):
            log.warning("what arrived not written down")

    def deliver_once(self) -> int:
        """Send, settle and look up once whatever is due, in this thread; the number of messages that were tried."""
        tried = 0
        for workspace in self._database.waiting_workspaces(self._now()):
            claimed, taken = self._claimed(workspace, EACH * BATCH)
            self._send(workspace, claimed, taken)
            tried += len(claimed)
        self._take_doubts()
        for doubts in self._doubts.due().values():
            self._look_up(doubts)
        return tried

    def _round(self) -> float:
        """Give the free threads something to do; how long to rest then, unless one of them has ended."""
        self._hand_out_doubts()
        if not self._lanes.room(""):
            return IDLE_S
        waiting = self._database.waiting_workspaces(self._now())
        for workspace in self._lanes.in_turn(waiting):
            self._begin(workspace)
        return RESTING_S if waiting or self._doubts.due() else IDLE_S

    def _begin(self, workspace: str) -> None:
        """Begin as much for one workspace as it may have: one thing at a time while its Slack does not answer well."""
        troubled = workspace in self._troubled
        room = self._lanes.room(workspace, 1 if troubled else EACH)
        if not room:
            return
        claimed, taken = self._claimed(workspace, 1 if troubled else room * BATCH)
        shares = [claimed[lane::room] for lane in range(room)]
        for share in filter(None, shares):
            self._lanes.begin(workspace, partial(self._send, workspace, share, taken))

    def _hand_out_doubts(self) -> None:
        if time.monotonic() - self._doubted_at < DOUBTING_S:
            return
        self._doubted_at = time.monotonic()
        self._take_doubts()
        for workspace, doubts in self._doubts.due().items():
            if self._lanes.room(_looking(workspace), 1):
                self._lanes.begin(_looking(workspace), partial(self._look_up, doubts))

    def _take_doubts(self) -> None:
        for workspace in self._database.doubting_workspaces(self._now()):
            self._doubts.take(workspace)

    def _claimed(self, workspace: str, limit: int) -> tuple[list[Message], float]:
        taken = time.monotonic()
        outbox = self._sender.outbox(workspace)
        claimed = outbox.claim(self._now(), self._sender.times.lease, limit)
        self._sender.meters.claimed("message", "taken", len(claimed))
        return claimed, taken

    def _send(self, workspace: str, claimed: Sequence[Message], taken: float) -> None:
        """One after the other; those after one that Slack did not answer are left for later."""
        answered = True
        for message in claimed:
            try:
                if self._stopping.is_set() or not answered:
                    self._sender.release(workspace, message)
                else:
                    answered = self._answers(workspace, self._sender.send(workspace, message, taken))
            except Exception:  # whatever the fault is, the others go on
                log.exception("delivery failed", workspace=workspace, delivery_key=message.posting.delivery_key)
                self._sender.give_up(workspace, message)

    def _answers(self, workspace: str, outcome: Outcome) -> bool:
        """Whether Slack answers; who does not is asked one thing at a time until it does."""
        unreachable = isinstance(outcome, Unsure) or (isinstance(outcome, Later) and outcome.seconds is None)
        (self._troubled.add if unreachable else self._troubled.discard)(workspace)
        return not unreachable and not (isinstance(outcome, Later) and outcome.method)

    def _look_up(self, doubts: Sequence[Doubt]) -> None:
        for doubt in doubts:
            if self._stopping.is_set():
                return
            try:
                self._doubts.settle(doubt)
            except Exception:  # whatever the fault is, the others are looked up
                key = doubt.message.posting.delivery_key
                log.exception("delivery not looked up", workspace=doubt.workspace, delivery_key=key)
                doubt.look_at = time.monotonic() + AFTER_FAULT_S


def _looking(workspace: str) -> str:
    """Look-ups have a thread beside those that send."""
    return f"{workspace} in doubt"
