"""Failures on request: what the network and Slack do on a bad day."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.sandbox.errors import Json
from bot.sandbox.ids import Ids

FaultKind = Literal[
    "ratelimited", "server_error", "error", "drop_before", "drop_after", "hold_before", "hold_after", "slow"
]


class FaultOrder(BaseModel):
    """What shall go wrong, with which method, how often."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    method: str
    kind: FaultKind
    times: int = Field(default=1, ge=1)
    retry_after: int = Field(default=1, ge=0)
    seconds: float = Field(default=2.0, ge=0)
    error: str = "internal_error"


@dataclass
class Fault:
    """A failure that was asked for and how far it has come."""

    id: str
    order: FaultOrder
    hit: int = 0
    holding: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_pending(self) -> bool:
        """Whether it will still strike."""
        return self.hit < self.order.times

    def summary(self) -> Json:
        """What the control side shows of it."""
        return {"id": self.id, **self.order.model_dump(), "hit": self.hit, "holding": self.holding}


class Faults:
    """The failures in force; the oldest that fits strikes first."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._all: dict[str, Fault] = {}

    def order(self, order: FaultOrder) -> Fault:
        """Put a failure in force."""
        fault = Fault(self._ids.next("FT"), order)
        self._all[fault.id] = fault
        return fault

    def pending(self, method: str) -> Fault | None:
        """The failure that the next call of this method would meet."""
        return next((each for each in self._all.values() if each.order.method == method and each.is_pending), None)

    def strike(self, method: str) -> Fault | None:
        """The failure that this call meets, counted."""
        fault = self.pending(method)
        if fault is not None:
            fault.hit += 1
        return fault

    def release(self, fault_id: str) -> bool:
        """Let go of what a failure holds."""
        fault = self._all.get(fault_id)
        if fault is not None:
            fault.released.set()
        return fault is not None

    def summaries(self) -> list[Json]:
        """All failures ordered since the last clearing."""
        return [fault.summary() for fault in self._all.values()]

    def clear(self) -> None:
        """Drop all failures and let go of what they hold."""
        for fault in self._all.values():
            fault.released.set()
        self._all.clear()
