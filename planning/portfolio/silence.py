"""How much of each department's work is likely to be registered at all. What is not registered is unknown, not missing.

Nobody can count what nobody registers; but who owns what is registered tells something. When most owners own a single
initiative, others who own some are likely to have registered none; when the same people own everything again and
again, they are likely to be all. Good and Turing's sample coverage puts a number to it: the share of the work whose
owners have been seen is about 1 − (owners seen once ÷ initiatives with an owner) (Good, Biometrika 40, 1953). What
seen owners keep to themselves is not in it, so the share that is registered is at most that.

The interval spans Esty's for large samples (Annals of Statistics 11, 1983) and Wilson's for the share of owners seen
once (JASA 22, 1927), which keeps its width where Esty's collapses. In simulated departments of 4 to 30 people with 8
to 25 initiatives it held the truth in 80 to 99 of 100. It reaches up to the share of known people who own something:
were they all that there are, as much would be seen. Where it is too wide to tell anything, that is what is said.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from math import sqrt

import numpy as np

from planning.findings.facts.base import amount
from planning.portfolio.columns import UNKNOWN, Ints
from planning.portfolio.values import Portfolio
from planning.shares import wilson
from planning.text import counted

ENOUGH = 8
"""With fewer initiatives that have an owner nothing is said of a department's work."""
WIDEST = 0.7
"""An interval that is wider says nothing either."""
OTHERS = 3
"""So many departments have to register before they say something of one that does not."""
_DEVIATIONS = 1.96
"""Of a normal distribution to either side, for 95 in 100."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What is seen of a department's live initiatives and their owners; `department` is None for all together.

    `people` are those known of it, `owners` different people, of whom `own` are its own; `once` and `twice` of them
    own one and two of its initiatives. `elsewhere` are the fewest and the most live initiatives for each known person
    in the departments that register, when there are enough of these.
    """

    department: int | None
    name: str
    people: int = 0
    initiatives: int = 0
    owned: int = 0
    owners: int = 0
    own: int = 0
    once: int = 0
    twice: int = 0
    elsewhere: tuple[float, float] | None = None

    @property
    def silent(self) -> bool:
        """Whether it has registered nothing that is live."""
        return self.initiatives == 0

    @property
    def share(self) -> float | None:
        """The share of its work that belongs to people who have registered some; None when it cannot be said."""
        return 1 - self.once / self.owned if self.likely else None

    @property
    def likely(self) -> tuple[float, float] | None:
        """The interval of that share; None with too little to go by."""
        if self.owned < ENOUGH:
            return None
        least, most = _unseen(self.once, self.twice, self.owned)
        high = max(1 - least, self.own / self.people if self.people else 0.0)
        return (1 - most, high) if high - (1 - most) <= WIDEST else None

    @property
    def unregistered(self) -> tuple[int, int] | None:
        """How many initiatives a silent department would have if it worked like the others; None when unknown."""
        if not self.silent or self.elsewhere is None or not self.people:
            return None
        return round(self.elsewhere[0] * self.people), round(self.elsewhere[1] * self.people)

    @property
    def sentence(self) -> str:
        """What can be said of it, in plain words."""
        if self.silent:
            return f"{self.name} has registered nothing. What it does is unknown, not missing."
        if self.likely is None:
            return f"How much of the work of {self.name} is registered cannot be said yet."
        return f"Likely {_between(*self.likely)} of the work of {self.name} belongs to people who own some of it here."

    @property
    def ground(self) -> str:
        """What that rests on, in one sentence."""
        if self.silent:
            return self._compared()
        if not self.owned:
            return f"None of {_all(self.initiatives, 'live initiative')} has an owner."
        once = f"; {self.once} of them {_own(self.once)} only one" if self.once and self.owned > 1 else ""
        return f"{self._who()} {_own(self.owners)} {self._what()}{once}."

    def _who(self) -> str:
        if self.own < self.owners:
            return _people(self.owners)
        if self.own < self.people:
            return f"{self.owners} of the {_people(self.people)} known"
        return "The one person known" if self.people == 1 else f"All {_people(self.people)} known"

    def _what(self) -> str:
        initiatives = _all(self.initiatives, "live initiative")
        return initiatives if self.owned == self.initiatives else f"{self.owned} of {initiatives}"

    def _compared(self) -> str:
        if self.unregistered is None or self.elsewhere is None:
            known = _people(self.people) if self.people else "Nobody"
            return f"{known} of it {'is' if self.people < 2 else 'are'} known: too little to compare with the others."
        rates, number = _span(*map(amount, self.elsewhere)), _span(*map(str, self.unregistered))
        return (
            f"The others register {rates} for each person known; that would be {number} for its {_people(self.people)}."
        )


def silences(portfolio: Portfolio) -> tuple[Registered, ...]:
    """Every department: the silent ones first, then those of whose work least is likely registered, then the rest."""
    rows, people = portfolio.holdings.columns.rows, defaultdict[int | None, set[int]](set)
    for person in portfolio.people:
        people[person.department].add(person.id)
    owners = {one.id: rows.owners[rows.departments == one.id] for one in portfolio.departments}
    rates = [len(owners[id]) / len(people[id]) for id in owners if len(owners[id]) and people[id]]
    elsewhere = (min(rates), max(rates)) if len(rates) >= OTHERS else None
    each = [_seen(one.id, one.name, owners[one.id], people[one.id], elsewhere) for one in portfolio.departments]
    return tuple(sorted(each, key=lambda one: (not one.silent, one.share is None, one.share or 0.0, one.department)))


def overall(portfolio: Portfolio) -> Registered:
    """The same of all departments that register, together: there is more to go by."""
    rows = portfolio.holdings.columns.rows
    busy = frozenset(np.unique(rows.departments).tolist())
    known = {person.id for person in portfolio.people if person.department in busy}
    return _seen(None, "all departments that register", rows.owners, known)


def _seen(
    department: int | None,
    name: str,
    owners: Ints,
    known: Collection[int],
    elsewhere: tuple[float, float] | None = None,
) -> Registered:
    ids, counts = np.unique(owners[owners != UNKNOWN], return_counts=True)
    return Registered(
        department,
        name,
        people=len(known),
        initiatives=len(owners),
        owned=int(counts.sum()),
        owners=len(ids),
        own=len(set(known) & set(ids.tolist())),
        once=int((counts == 1).sum()),
        twice=int((counts == 2).sum()),
        elsewhere=elsewhere,
    )


def _unseen(once: int, twice: int, size: int) -> tuple[float, float]:
    """Between which the share of work by unseen owners lies."""
    share = once / size
    half = _DEVIATIONS * sqrt(max(0.0, once + 2 * twice - once**2 / size)) / size
    low, high = wilson(once, size)
    return max(0.0, min(low, share - half)), min(1.0, max(high, share + half))


def _between(low: float, high: float) -> str:
    """A share as a person says it: at least, at most, or from to."""
    if round(high, 2) >= 1:
        return f"at least {low:.0%}"
    return f"at most {high:.0%}" if round(low, 2) <= 0 else f"{low:.0%} to {high:.0%}"


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def _people(count: int) -> str:
    return counted(count, "person", "people")


def _all(count: int, noun: str) -> str:
    return f"the one {noun}" if count == 1 else f"the {count} {noun}s"


def _own(count: int) -> str:
    return "owns" if count == 1 else "own"
