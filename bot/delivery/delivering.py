"""One message from its claim to its end: drawn, tried, settled, told to the log."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from random import SystemRandom

import structlog
from slack_sdk import WebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.delivery.album import Album
from bot.delivery.attempting import Attempt
from bot.delivery.drawing import drawn, present
from bot.delivery.drawn import Drawn, Overtaken
from bot.delivery.outcomes import Dropped, Later, Outcome, Posted, Refused, Unsure
from bot.delivery.pace import USUAL, Lease, Times
from bot.delivery.settling import SETTLED_AGAIN_S, Settled, Settling
from bot.seeing.meters import Meters
from db.database import Database
from db.outbox import Outbox
from db.settling import Arrived
from planning.errors import PlanningError
from planning.installations.values import CannotOpen, NotInstalled
from planning.outbox.pacing import RATES, Method, Rates
from planning.outbox.parking import park
from planning.outbox.values import AddressKind, Delivery, Message

SLOWEST_S = 300.0
DOUBLINGS = 9
FAULT = "Concord had a fault of its own. The log says why."
NO_ROOM = Later("Slack takes only so many files a minute.", 5.0)

Unsettled = Later | Refused | Unsure | Dropped
log = structlog.get_logger()
_chance = SystemRandom()


@dataclass(frozen=True, slots=True)
class Sender:
    """What all messages share; `clients` gives the client of a workspace, which must not repeat requests itself."""

    database: Database
    clients: Callable[[str], WebClient]
    now: Clock
    times: Times = USUAL
    rates: Rates = field(default_factory=lambda: RATES)
    attempt: Attempt = field(default_factory=Attempt)
    meters: Meters = field(default_factory=Meters)
    settling: Settling = field(default_factory=Settling)

    def outbox(self, workspace: str) -> Outbox:
        """The outbox of a workspace, at our rates."""
        return replace(self.database.outbox(workspace), rates=self.rates)

    def send(self, workspace: str, message: Message, taken: float) -> Outcome:
        """Send a message that is ours since `taken`, by the monotonic clock."""
        shown = self._drawn(workspace, message)
        outcome = self._attempted(workspace, message, shown, taken) if isinstance(shown, Drawn) else shown
        tell = partial(self._tell, workspace, message, outcome)
        if isinstance(outcome, Posted):
            arrived = Arrived(message, outcome.channel, outcome.ts, self.now())
            self.settling.take(Settled(self.outbox(workspace), arrived, tell))
        else:
            tell(self._settled_surely(workspace, message, outcome))
        return outcome

    def _tell(self, workspace: str, message: Message, outcome: Outcome, counted: bool) -> None:
        _tell(workspace, message, outcome, counted)
        word = outcome.error if isinstance(outcome, Refused) else getattr(outcome, "reason", "")
        self.meters.sent(type(outcome).__name__.lower(), word)
        if not counted:
            self.meters.claimed("message", "lost")

    def client_of(self, workspace: str) -> WebClient | Later:
        """The client of a workspace; where Concord may do nothing there any more, all that it has waits."""
        try:
            return self.clients(workspace)
        except (NotInstalled, CannotOpen) as error:
            return Later(str(error))

    def release(self, workspace: str, message: Message) -> None:
        """Leave a message that was not begun to whoever comes next."""
        self.outbox(workspace).retry(message, self.now(), message.error)

    def give_up(self, workspace: str, message: Message) -> None:
        """End after a fault of ours: an edit is due again, a post may have arrived."""
        outcome = Later(FAULT) if message.state is Delivery.SENT else Unsure(FAULT)
        try:
            self._tell(workspace, message, outcome, self._settled(workspace, message, outcome))
        except SQLAlchemyError:  # it is in doubt, or due again, when its lease has ended
            log.exception("outcome not written", workspace=workspace, delivery_key=message.posting.delivery_key)

    def _attempted(self, workspace: str, message: Message, shown: Drawn, taken: float) -> Outcome:
        outbox = self.outbox(workspace)
        album = Album(self.database.registers(workspace), self.now, paced=partial(self._room, outbox))
        lease = Lease(self.times, taken, partial(outbox.holds, message))
        message = self._to_those_present(workspace, message)
        client = self.client_of(workspace)
        if isinstance(client, Later):
            return client
        return self.attempt(client, message, shown, album, outbox.head(message), lease)

    def _to_those_present(self, workspace: str, message: Message) -> Message:
        """A conversation that is still to be opened leaves out who has left."""
        if message.channel is not None or message.posting.address.kind is not AddressKind.GROUP:
            return message
        with self.database.registers(workspace).reading() as register:
            address = present(register, message.posting.address)
        return replace(message, posting=replace(message.posting, address=address))

    def _room(self, outbox: Outbox, uploads: int) -> Later | None:
        return None if outbox.take(Method.FILES, uploads, self.now()) else NO_ROOM

    def _drawn(self, workspace: str, message: Message) -> Drawn | Refused | Dropped | Later:
        try:
            with self.database.registers(workspace).reading() as register:
                shown = drawn(register, message.posting, self.now())
            shown.said({})
        except Overtaken as overtaken:
            return Dropped(str(overtaken))
        except PlanningError as error:
            return Refused(str(error))
        except SQLAlchemyError:
            log.exception("message not read", workspace=workspace, delivery_key=message.posting.delivery_key)
            return Later("The database did not answer.")
        except Exception:  # one message that cannot be drawn must not keep the others from being sent
            log.exception("message not drawn", workspace=workspace, delivery_key=message.posting.delivery_key)
            return Refused("Concord could not draw it. The log says why.")
        return shown

    def _settled_surely(self, workspace: str, message: Message, outcome: Unsettled) -> bool:
        for pause in SETTLED_AGAIN_S:
            try:
                return self._settled(workspace, message, outcome)
            except SQLAlchemyError:
                log.exception("outcome not written", workspace=workspace, delivery_key=message.posting.delivery_key)
                time.sleep(pause)
        return self._settled(workspace, message, outcome)

    def _settled(self, workspace: str, message: Message, outcome: Unsettled) -> bool:
        outbox, now = self.outbox(workspace), self.now()
        match outcome:
            case Later():
                return self._put_off(outbox, message, outcome, now)
            case Refused(reason) if message.state is Delivery.SENT:
                return outbox.failed(message, reason)
            case Refused(reason):
                with self.database.registers(workspace).writing() as register:
                    return park(register, message, reason, now)
            case Dropped():
                return outbox.dropped(message)
        return outbox.uncertain(message, outcome.reason, now)

    def _put_off(self, outbox: Outbox, message: Message, later: Later, now: datetime) -> bool:
        """Try again when Slack says, otherwise after a random pause that may be twice as long each time."""
        longest = min(SLOWEST_S, 2.0 ** min(message.attempts, DOUBLINGS))
        pause = 1.0 + _chance.uniform(0.0, longest) if later.seconds is None else later.seconds
        if later.method:
            hold(outbox, later, now)
        return outbox.retry(message, now + timedelta(seconds=pause), later.reason)


def hold(outbox: Outbox, later: Later, now: datetime) -> None:
    """Have every replica wait for as long as Slack says, and a little longer, not all equally."""
    seconds = (later.seconds or 0.0) + _chance.uniform(0.0, 0.5)
    outbox.hold(later.method, now + timedelta(seconds=seconds), now)


def _tell(workspace: str, message: Message, outcome: Outcome, counted: bool) -> None:
    told = {"workspace": workspace, "delivery_key": message.posting.delivery_key, "outcome": type(outcome).__name__}
    if isinstance(outcome, Posted):
        log.info("delivered", **told, counted=counted)
    elif isinstance(outcome, Dropped):
        log.info("not needed any more", **told, counted=counted, reason=outcome.reason)
    else:
        reason = (outcome.error or "see the outbox") if isinstance(outcome, Refused) else outcome.reason
        log.warning("not delivered", **told, counted=counted, reason=reason)
