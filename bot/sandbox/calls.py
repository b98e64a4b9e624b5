"""The log of everything the app asked of this workspace."""

import time
from collections import deque
from dataclasses import asdict, dataclass

from bot.sandbox.errors import Json

KEPT = 20_000
SECRET_ARGS = frozenset({"token", "client_secret"})


@dataclass(frozen=True)
class Call:
    """One call and what came of it."""

    seq: int
    at: float
    method: str
    args: Json
    ok: bool
    error: str | None
    ticked: float
    """Seconds of the machine's own clock, which nobody moves; those between two calls really passed."""


class Calls:
    """The latest calls, numbered from 1."""

    def __init__(self) -> None:
        self._seq = 0
        self._kept: deque[Call] = deque(maxlen=KEPT)

    def note(self, at: float, method: str, args: Json, error: str | None = None) -> None:
        """Write down a call; tokens are left out."""
        self._seq += 1
        shown = {key: value for key, value in args.items() if key not in SECRET_ARGS}
        self._kept.append(Call(self._seq, at, method, shown, error is None, error, time.monotonic()))

    def since(self, seq: int) -> list[Json]:
        """The calls after a number, oldest first."""
        return [asdict(call) for call in self._kept if call.seq > seq]
