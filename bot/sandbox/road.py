"""The way from this workspace to the app: connections that the app holds, or requests to an address of its own."""

from typing import Protocol

from bot.sandbox.errors import Json


class NoAnswer(Exception):
    """The app did not acknowledge; `word` is what people are told, `reason` what the next try of an event says."""

    def __init__(self, word: str, reason: str = "timeout", *, is_final: bool = False) -> None:
        super().__init__(word)
        self.word = word
        self.reason = reason
        self.is_final = is_final
        """The app asked not to be told of this event again."""


class Road(Protocol):
    """What carries a payload to the app and its acknowledgement back."""

    @property
    def is_connected(self) -> bool:
        """Whether the app can be reached, as far as is known."""
        ...

    async def until_connected(self) -> None:
        """Wait for the app to be reachable."""
        ...

    async def deliver(self, kind: str, payload: Json, *, attempt: int | None = None, reason: str = "") -> Json:
        """Send a payload and wait for its answer (empty when bare); a try of an event has a number, from 0."""
        ...
