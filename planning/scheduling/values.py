"""What a schedule is made of, in whole periods (weeks, days): the solver knows nothing of what is scheduled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Block:
    """So many units of a resource for `length` periods, from `offset` periods after the activity's start."""

    resource: int
    offset: int
    length: int
    demand: int


@dataclass(frozen=True, slots=True)
class Mode:
    """One way of doing an activity; `length` is how long it lasts for what follows it and for the makespan."""

    blocks: tuple[Block, ...] = ()
    length: int = 0
    price: int = 0


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that starts once, at one of `starts` (ascending), in one of its modes; the first mode is the usual one.

    `price` is paid per period between its start and the usual one, `touch` once if it starts at another time or goes
    another way, `drop` if it is left out (None: it must be there). A change or leaving out also touches its group.
    With a parent, `starts` and `usual` count from the parent's start, it is there only if its parent is, and nothing is
    paid for it when its parent is left out.
    """

    id: int
    starts: tuple[int, ...] | range
    modes: tuple[Mode, ...] = (Mode(),)
    usual: int = 0
    price: int = 0
    touch: int = 0
    drop: int | None = None
    group: int | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """Units in each period from `first` on, and `beyond` in all others; more can be bought if there is a price."""

    id: int
    capacity: tuple[int, ...] = ()
    beyond: int = 0
    price: int | None = None
    first: int = 0

    def at(self, period: int) -> int:
        """The units that there are in a period."""
        place = period - self.first
        return self.capacity[place] if 0 <= place < len(self.capacity) else self.beyond


@dataclass(frozen=True, slots=True)
class Precedence:
    """`after` starts at least `lag` periods after `before` has ended, if both are there."""

    before: int
    after: int
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Apart:
    """The start of `one` less that of `other` is not from `low` to `high` if both are there, unless a price is paid."""

    one: int
    other: int
    low: int
    high: int
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One of `present` is there or one of `absent` is left out: keep one of two, take this in place of that."""

    present: frozenset[int] = frozenset()
    absent: frozenset[int] = frozenset()


class Goal(StrEnum):
    """What is best: the lowest sum of prices, or the earliest end of all activities."""

    LEAST_CHANGE = "least_change"
    MAKESPAN = "makespan"


@dataclass(frozen=True)
class Instance:
    """All that is to be scheduled. `groups` is the price of touching a group at all.

    Of each set of `unlike` (activities and their starts) at least one does not hold: so one asks for another answer.
    For the makespan prices do not count, so nothing can be bought and nothing left out.
    """

    activities: tuple[Activity, ...]
    resources: tuple[Resource, ...] = ()
    precedences: tuple[Precedence, ...] = ()
    aparts: tuple[Apart, ...] = ()
    clauses: tuple[Clause, ...] = ()
    groups: Mapping[int, int] = field(default_factory=dict)
    unlike: tuple[frozenset[tuple[int, int]], ...] = ()
    goal: Goal = Goal.LEAST_CHANGE

    def __post_init__(self) -> None:
        known: set[int] = set()
        for activity in self.activities:
            if activity.parent is not None and activity.parent not in known:
                raise ValueError("a parent stands before its children")
            if activity.id in known:
                raise ValueError("an activity stands in the list once")
            known.add(activity.id)
        if self.goal is Goal.MAKESPAN and self._has_choices_with_a_price:
            raise ValueError("for the makespan nothing can be bought, broken or left out")

    @property
    def _has_choices_with_a_price(self) -> bool:
        drops = [activity.drop for activity in self.activities]
        prices = [*(resource.price for resource in self.resources), *(apart.price for apart in self.aparts), *drops]
        return any(price is not None for price in prices)


@dataclass(frozen=True)
class Solution:
    """When each activity that is there starts (never relative) and which of its modes it takes.

    `extra` is what is bought of each resource in each period, `cost` the sum of prices or the makespan, and no answer
    costs less than `bound`.
    """

    starts: Mapping[int, int]
    modes: Mapping[int, int]
    extra: Mapping[tuple[int, int], int]
    cost: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether no answer is better."""
        return self.bound >= self.cost


class Ended(StrEnum):
    """Why the search ended."""

    PROVEN = "proven"
    EFFORT = "effort"
    DEADLINE = "deadline"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Outcome:
    """The best answer found, if any, and why no better one was looked for."""

    solution: Solution | None
    ended: Ended

    @property
    def infeasible(self) -> bool:
        """Whether it is proven that there is no answer at all."""
        return self.solution is None and self.ended is Ended.PROVEN


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to look: `seconds` on the clock and, for the same answer each time, `effort` (about as many seconds).

    If the deadline comes before the effort is spent, the answer depends on the machine, and the outcome says so.
    """

    seconds: float = 10.0
    effort: float | None = None
    workers: int = 2
    seed: int = 1
