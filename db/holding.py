"""The live initiatives that a process holds in memory, so that it reads from the database only what changed."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from planning.portfolio.holdings import Holdings

WORKSPACES = 50
"""Of so many workspaces at most."""
INITIATIVES = 250_000
"""As many initiatives at most, of all workspaces together; those of the last workspace stay, however many they are."""
_VERSIONS = 2
"""A reader that began just before a commit still finds what it sees."""


@dataclass(frozen=True, slots=True)
class Held:
    """The live initiatives as they were committed at a revision, under a version of the journey."""

    revision: int
    journey: int
    holdings: Holdings


class Memory:
    """What is held of each workspace; the least recently used goes first. Shared by threads."""

    def __init__(self, workspaces: int = WORKSPACES, initiatives: int = INITIATIVES) -> None:
        self._most = (workspaces, initiatives)
        self._lock = Lock()
        self._held: OrderedDict[str, tuple[Held, ...]] = OrderedDict()

    def newest(self, workspace: str, revision: int, journey: int) -> Held | None:
        """What is held of that revision or, failing that, of the last before it; of another journey nothing is."""
        with self._lock:
            held = self._held.get(workspace, ())
            if held:
                self._held.move_to_end(workspace)
        fitting = (one for one in held if one.revision <= revision and one.journey == journey)
        return max(fitting, key=lambda one: one.revision, default=None)

    def keep(self, workspace: str, held: Held) -> None:
        """Hold what was committed, beside what was held before it."""
        with self._lock:
            others = (one for one in self._held.get(workspace, ()) if (one.revision, one.journey) != _at(held))
            self._held[workspace] = (*sorted((*others, held), key=_at)[-_VERSIONS:],)
            self._held.move_to_end(workspace)
            while self._too_much():
                self._held.popitem(last=False)

    def __len__(self) -> int:
        return len(self._held)

    def _too_much(self) -> bool:
        workspaces, initiatives = self._most
        count = sum(len(held[-1].holdings.initiatives) for held in self._held.values())
        return len(self._held) > 1 and (len(self._held) > workspaces or count > initiatives)


@dataclass(slots=True)
class Unit:
    """What one transaction has to do with the memory: it is told of what was read once that is committed."""

    memory: Memory = field(default_factory=Memory)
    revision: int | None = None
    """The revision that this transaction makes, once it has saved an initiative or a vector."""
    held: Held | None = None
    """The initiatives as this transaction leaves them, when it has read them since it last saved one."""

    def committed(self, workspace: str) -> None:
        """Hold what this transaction has read last."""
        if self.held is not None:
            self.memory.keep(workspace, self.held)


def _at(held: Held) -> tuple[int, int]:
    return held.revision, held.journey
