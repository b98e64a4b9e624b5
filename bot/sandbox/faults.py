"""Failures on request: what the network and Slack do on a bad day."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Annotated, Literal

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


class WeatherOrder(BaseModel):
    """How bad the day is: how likely each kind of failure is to strike a call; the same seed, the same luck."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seed: int = 0
    chances: dict[FaultKind, Annotated[float, Field(ge=0, le=1)]]
    but: frozenset[str] = frozenset()
    """Methods that are spared."""
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


class Weather:
    """Failures that nobody ordered one by one."""

    def __init__(self, order: WeatherOrder) -> None:
        self._order, self._chance = order, Random(order.seed)  # noqa: S311 - luck that can be repeated
        self.struck: Counter[str] = Counter()

    def strike(self, method: str) -> Fault | None:
        """The failure that this call meets, by chance."""
        order, luck = self._order, self._chance.random()
        if method in order.but:
            return None
        for kind, chance in order.chances.items():
            luck -= chance
            if luck < 0:
                self.struck[kind] += 1
                shared = {"retry_after": order.retry_after, "seconds": order.seconds, "error": order.error}
                return Fault("", FaultOrder(method=method, kind=kind, **shared), hit=1)
        return None


class Faults:
    """The failures in force; the oldest that fits strikes first, and where there is none, the weather."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._all: dict[str, Fault] = {}
        self.weather = Weather(WeatherOrder(chances={}))

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
        if fault is None:
            return self.weather.strike(method)
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
        self.weather = Weather(WeatherOrder(chances={}))
