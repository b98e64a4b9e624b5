"""Whether customer problems are fixed completely, or dabbled in.

A fix is described once its problem says which parts it needs. It is complete when each of them is brought by an
initiative, live or done; what is under way counts, for this is about plans. A problem without needs cannot be judged,
and while no initiative names any problem, what they fix is unknown: neither counts as a fault.

- Completeness: of the problems whose fix is described, the share whose fix is complete.
- Dabbling: of the live initiatives that name a problem whose fix is described, the share whose problem's fix still
  lacks a part. Those that name no problem are counted beside it; their silence is unknown and no dabbling.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from planning.initiatives.values import Initiative
from planning.portfolio.columns import UNKNOWN
from planning.portfolio.values import Portfolio
from planning.problems.values import Part, Problem


@dataclass(frozen=True)
class Fix:
    """A problem with the live initiatives that name it, and part → the ids of finished ones that bring it."""

    problem: Problem
    serving: tuple[Initiative, ...] = ()
    finished: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def brought(self) -> dict[str, tuple[int, ...]]:
        """Part → the ids of the initiatives that bring it, live or done; parts that nobody asked for too."""
        by: defaultdict[str, set[int]] = defaultdict(set, {part: set(ids) for part, ids in self.finished.items()})
        for one in self.serving:
            for part in one.draft.supplies:
                by[part].add(one.id)
        return {part: tuple(sorted(ids)) for part, ids in by.items()}

    @property
    def missing(self) -> tuple[Part, ...]:
        """The needed parts that nobody brings, in the order in which the problem names them."""
        return tuple(part for part in self.problem.needs if part not in self.brought)

    @property
    def described(self) -> bool:
        """Whether anybody has said what a complete fix needs."""
        return bool(self.problem.needs)

    @property
    def initiatives(self) -> tuple[int, ...]:
        """The ids of all that work on it or brought a part of it."""
        done = (id for ids in self.finished.values() for id in ids)
        return tuple(sorted({*done, *(one.id for one in self.serving)}))


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete the fixes are; a share of nothing is None."""

    complete: int
    described: int
    """Problems that say what their fix needs."""
    lacking: int
    serving: int
    """Live initiatives that name such a problem; of `lacking` ones the fix still lacks a part."""
    unsaid: int
    """Live initiatives that name no problem."""
    known: bool = True
    """Whether any initiative names a problem at all."""

    @property
    def share(self) -> float | None:
        """The completeness, 0 to 1; None while it is unknown."""
        return self.complete / self.described if self.known and self.described else None

    @property
    def dabbling(self) -> float | None:
        """The dabbling ratio, 0 to 1; None while it is unknown."""
        return self.lacking / self.serving if self.serving else None


def completeness(portfolio: Portfolio) -> Completeness:
    """How complete the fixes of all problems are."""
    described = [fix for fix in fixes(portfolio) if fix.described]
    return Completeness(
        complete=sum(1 for fix in described if not fix.missing),
        described=len(described),
        lacking=sum(len(fix.serving) for fix in described if fix.missing),
        serving=sum(len(fix.serving) for fix in described),
        unsaid=int(np.count_nonzero(portfolio.holdings.columns.rows.problems == UNKNOWN)),
        known=problems_named(portfolio),
    )


def problems_named(portfolio: Portfolio) -> bool:
    """Whether any initiative, live or done, names a problem; until then what they fix is unknown."""
    return bool(portfolio.holdings.columns.rows.problems.any()) or bool(portfolio.supplied)


def worst_first(some: Iterable[Fix]) -> list[Fix]:
    """Those that lack most of their parts first, then those that nobody has described, complete ones at the end."""
    return sorted(some, key=lambda fix: (-_lacking(fix), fix.described, len(fix.serving), fix.problem.id))


def _lacking(fix: Fix) -> float:
    return len(fix.missing) / len(fix.problem.needs) if fix.described else 0.0


def fixes(portfolio: Portfolio, ids: Collection[int] | None = None) -> Iterator[Fix]:
    """The fix of each problem, or of those with these ids, by id."""
    problems = sorted((one for one in portfolio.problems if ids is None or one.id in ids), key=lambda one: one.id)
    named = portfolio.holdings.columns.rows.problems
    rows = np.flatnonzero(np.isin(named, [problem.id for problem in problems]))
    rows = rows[np.argsort(named[rows], kind="stable")]
    starts = np.searchsorted(named[rows], [problem.id for problem in problems])
    ends = np.searchsorted(named[rows], [problem.id for problem in problems], "right")
    for problem, start, end in zip(problems, starts, ends, strict=True):
        serving = tuple(portfolio.initiatives[row] for row in rows[start:end])
        yield Fix(problem, serving, portfolio.supplied.get(problem.id, {}))
