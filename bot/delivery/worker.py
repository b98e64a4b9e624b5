"""The thread that works off the outbox of every workspace."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from random import SystemRandom

import structlog
from slack_sdk import WebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.delivery.album import Album
from bot.delivery.attempting import Attempt
from bot.delivery.doubts import PATIENCE_S, Doubts
from bot.delivery.drawing import drawn
from bot.delivery.drawn import Drawn, Overtaken
from bot.delivery.outcomes import Dropped, Later, Outcome, Posted, Refused
from db.database import Database
from db.outbox import Outbox
from planning.errors import PlanningError
from planning.outbox.values import Delivery, Message

LEASE = timedelta(seconds=60)
"""How long a message is ours; it is in doubt when its sender has not come back by then."""
BATCH = 10
IDLE_S = 1.0
"""How long to rest when nothing is waiting and nobody wakes the thread."""
RECALL_S = 600.0
"""How often the outboxes are asked for messages that are in doubt since before this process."""
SLOWEST_S = 300.0
UNCERTAIN_SHOWN = 50

log = structlog.get_logger()
_chance = SystemRandom()


class Deliverer:
    """Draws and sends what waits; `clients` gives the client of a workspace, which must not repeat requests itself."""

    def __init__(
        self,
        database: Database,
        clients: Callable[[str], WebClient],
        now: Clock,
        *,
        lease: timedelta = LEASE,
        patience: float = PATIENCE_S,
    ) -> None:
        self._database, self._clients, self._now, self._lease = database, clients, now, lease
        self._stopping, self._awake = threading.Event(), threading.Event()
        self._attempt = Attempt(now)
        self._doubts = Doubts(now, patience)
        self._recalled_at = float("-inf")
        self._thread = threading.Thread(target=self._run, name="delivery")

    def start(self) -> None:
        """Begin to deliver."""
        self._thread.start()

    def wake(self) -> None:
        """Something was queued: look now."""
        self._awake.set()

    def stop(self) -> None:
        """End after the message that is under way."""
        self._stopping.set()
        self.wake()
        self._thread.join()

    def deliver_once(self) -> int:
        """Settle, send and look up once whatever is due; the number of messages that were tried."""
        self._recall()
        waiting = self._database.waiting_workspaces(self._now())
        tried = sum(self._deliver_of(workspace) for workspace in waiting)
        for doubt in self._doubts.due():
            self._doubts.settle(doubt, self._clients(doubt.workspace), self._database.outbox(doubt.workspace))
        return tried

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._awake.clear()
            try:
                tried = self.deliver_once()
            except Exception:  # the thread outlives every fault, for nobody else would send what waits
                log.exception("delivery failed")
                tried = 0
            if not tried:
                self._awake.wait(IDLE_S)

    def _recall(self) -> None:
        """Take up what an earlier process left in doubt."""
        if time.monotonic() - self._recalled_at < RECALL_S:
            return
        self._recalled_at = time.monotonic()
        for workspace in self._database.workspaces():
            page = self._database.outbox(workspace.id).page(UNCERTAIN_SHOWN, states=(Delivery.UNCERTAIN,))
            for message in page.items:
                self._doubts.add(workspace.id, message)

    def _deliver_of(self, workspace: str) -> int:
        outbox = self._database.outbox(workspace)
        for message in outbox.expired(self._now()):
            self._doubts.add(workspace, message, old=True)
        claimed = outbox.claim(self._now(), self._lease, BATCH)
        for message in claimed:
            self._deliver(workspace, outbox, message)
        return len(claimed)

    def _deliver(self, workspace: str, outbox: Outbox, message: Message) -> None:
        if self._stopping.is_set():
            outbox.retry(message, self._now(), message.error)
            return
        shown = self._drawn(workspace, message)
        outcome = self._attempted(workspace, outbox, message, shown) if isinstance(shown, Drawn) else shown
        counted = self._settle(workspace, outbox, message, outcome)
        _tell(workspace, message, outcome, counted)

    def _attempted(self, workspace: str, outbox: Outbox, message: Message, shown: Drawn) -> Outcome:
        album = Album(self._database.registers(workspace), self._now)
        followed = outbox.followed(message) if message.posting.follows else None
        return self._attempt(self._clients(workspace), message, shown, album, followed)

    def _drawn(self, workspace: str, message: Message) -> Drawn | Refused | Dropped:
        try:
            with self._database.registers(workspace).reading() as register:
                shown = drawn(register, message.posting, self._now())
            shown.message({}).arguments()
        except Overtaken as overtaken:
            return Dropped(str(overtaken))
        except PlanningError as error:
            return Refused(str(error))
        except SQLAlchemyError:
            raise
        except Exception:  # one message that cannot be drawn must not keep the others from being sent
            log.exception("message not drawn", workspace=workspace, delivery_key=message.posting.delivery_key)
            return Refused("Concord could not draw it. The log says why.")
        return shown

    def _settle(self, workspace: str, outbox: Outbox, message: Message, outcome: Outcome) -> bool:
        match outcome:
            case Posted(channel, ts) if message.ts is None:
                return outbox.posted(message, channel, ts, message.wanted)
            case Posted():
                return outbox.edited(message, message.wanted)
            case Later(reason, seconds):
                return outbox.retry(message, self._later(message, seconds), reason)
            case Refused(reason):
                return outbox.failed(message, reason)
            case Dropped():
                return outbox.dropped(message)
        self._doubts.add(workspace, message)
        return outbox.uncertain(message, outcome.reason)

    def _later(self, message: Message, seconds: float | None) -> datetime:
        """When to try again: when Slack says, otherwise after twice as long each time, not all at once."""
        pause = min(SLOWEST_S, 2.0**message.attempts) * _chance.uniform(0.5, 1.0) if seconds is None else seconds
        return self._now() + timedelta(seconds=pause)


def _tell(workspace: str, message: Message, outcome: Outcome, counted: bool) -> None:
    told = {"workspace": workspace, "delivery_key": message.posting.delivery_key, "outcome": type(outcome).__name__}
    if isinstance(outcome, Posted):
        log.info("delivered", **told, counted=counted)
    elif isinstance(outcome, Dropped):
        log.info("not needed any more", **told, counted=counted, reason=outcome.reason)
    else:
        log.warning("not delivered", **told, counted=counted, reason=outcome.reason)
