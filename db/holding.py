"""The live initiatives that a process holds in memory, so that it reads from the database only what changed."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from planning.portfolio.holdings import Holdings
from planning.portfolio.values import Portfolio

WORKSPACES = 50
"""Of so many workspaces at most."""
INITIATIVES = 250_000
"""As many initiatives at most, of all workspaces together; those of the last workspace stay, however many they are."""
_LISTS = 7
"""The journey, what is supplied, and tables of a workspace whose values are held."""
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
        self._lists: OrderedDict[tuple[str, str], tuple[int, Sequence[Any]]] = OrderedDict()

    def list_of(self, workspace: str, name: str, version: int) -> Sequence[Any] | None:
        """The values of a table as they were committed at a version."""
        with self._lock:
            held = self._lists.get((workspace, name))
        return held[1] if held is not None and held[0] == version else None

    def keep_list(self, workspace: str, name: str, version: int, values: Sequence[Any]) -> None:
        """Hold what was read of a table."""
        with self._lock:
            self._lists[workspace, name] = (version, values)
            self._lists.move_to_end((workspace, name))
            while len(self._lists) > _LISTS * self._most[0]:
                self._lists.popitem(last=False)

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

    reading: bool = False
    """Whether this transaction sees only what was committed."""
    portfolio: Portfolio | None = None
    """What a transaction that sees one moment has read once."""
    kept: list[object] = field(default_factory=list)
    """Rows of a transaction that sees one moment: its session forgets what nobody holds, and would read it again."""
    touched: set[str] = field(default_factory=set)
    """Tables whose held values are not what this transaction has made of them."""

    def committed(self, workspace: str) -> None:
        """Hold what this transaction has read last."""
        if self.held is not None:
            self.memory.keep(workspace, self.held)


def _at(held: Held) -> tuple[int, int]:
    return held.revision, held.journey
