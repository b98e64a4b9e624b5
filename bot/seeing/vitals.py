"""How a running bot is: whether it lives, and whether work may be sent its way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from bot.seeing.pulses import Pulse
from db.database import Database
from db.migrating import Tables, standing


class Connected(Protocol):
    """Something that knows how many of its connections serve."""

    @property
    def connected(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at, and how it is."""

    name: str
    ok: bool
    said: str


@dataclass(slots=True)
class Vitals:
    """What is known of a bot from its first moment on; it fills in its parts as it comes up."""

    database: Database
    pulses: Mapping[str, Pulse] = field(default_factory=dict)
    sockets: Connected | None = None
    is_draining: bool = False

    def come_up(self, pulses: Mapping[str, Pulse], sockets: Connected) -> None:
        """All parts are at work."""
        self.pulses, self.sockets = pulses, sockets

    def drain(self) -> None:
        """The end has begun."""
        self.is_draining = True

    def live(self) -> list[Sign]:
        """Whether each part came round of late; a process in which one does not had better be started anew."""
        return [Sign("process", ok=True, said="answers"), *(_living(*one) for one in sorted(self.pulses.items()))]

    def ready(self) -> list[Sign]:
        """Whether all is there that requests need; the end begins with a no."""
        return [*self._standing(), self._tables(), self._sockets()]

    def _standing(self) -> Iterator[Sign]:
        is_up = self.sockets is not None
        yield Sign("started", is_up, "yes" if is_up else "not yet")
        yield Sign("stopping", not self.is_draining, "yes" if self.is_draining else "no")

    def _tables(self) -> Sign:
        try:
            found = standing(self.database.engine)
        except SQLAlchemyError as error:
            return Sign("database", ok=False, said=f"does not answer ({type(error).__name__})")
        return Sign("database", found is not Tables.BEHIND, f"answers; its tables are {found}")

    def _sockets(self) -> Sign:
        count = self.sockets.connected if self.sockets else 0
        return Sign("slack", count > 0, f"connections open: {count}")


def _living(name: str, pulse: Pulse) -> Sign:
    return Sign(name, pulse.is_well, f"gave a sign {pulse.age:.0f} s ago")
