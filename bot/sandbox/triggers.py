"""Things an app may use for a while: trigger ids and response addresses."""

from dataclasses import dataclass
from secrets import token_hex

from bot.sandbox.clock import Clock
from bot.sandbox.errors import SlackError

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5


@dataclass
class Trigger:
    """The right to open one modal for one person, for three seconds."""

    user: str
    channel: str | None
    made_at: float
    is_used: bool = False


class Triggers:
    """Every trigger that was ever given out."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._given: dict[str, Trigger] = {}

    def give(self, user_id: str, channel: str | None = None) -> str:
        """A fresh trigger id for something this person just did, perhaps in a conversation."""
        trigger_id = f"{len(self._given) + 1}.{int(self._clock.now())}.{token_hex(16)}"
        self._given[trigger_id] = Trigger(user_id, channel, self._clock.now())
        return trigger_id

    def use(self, trigger_id: str) -> Trigger:
        """Spend a trigger."""
        trigger = self._given.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.is_used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.now() - trigger.made_at > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.is_used = True
        return trigger


@dataclass
class ResponseUrl:
    """The right to answer one thing a person did, five times within half an hour."""

    user: str
    channel: str
    made_at: float
    message_ts: str | None = None
    uses: int = 0


class ResponseUrls:
    """Every response address that was ever given out."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._given: dict[str, ResponseUrl] = {}

    def give(self, user_id: str, channel: str, message_ts: str | None = None) -> str:
        """A fresh key; the message is the one the person acted on."""
        key = token_hex(12)
        self._given[key] = ResponseUrl(user_id, channel, self._clock.now(), message_ts)
        return key

    def use(self, key: str) -> ResponseUrl:
        """Spend one use."""
        response = self._given.get(key)
        if response is None:
            raise SlackError("not_found")
        if self._clock.now() - response.made_at > RESPONSE_SECONDS:
            raise SlackError("expired_url")
        if response.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        response.uses += 1
        return response
