"""What the computed proposal makes of whole portfolios, beside a greedy leveller by the same rules.

`python -m tests.benchmarks.proposals --sizes 50 200 1000 --seconds 20 --json`: generated portfolios, about the whole
quarter with the most conflicts and about everything, and the five companies beside this checkout. The leveller puts one
conflict after the other in order, each initiative where it costs least; what the rules refuse is left as it is.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from time import perf_counter

import numpy as np

from planning.initiatives.values import Status
from planning.portfolio.values import Portfolio
from planning.proposals.asking import NO_WISHES
from planning.proposals.changes import Merged
from planning.proposals.dividing import pieces
from planning.proposals.scene import with_initiatives
from planning.proposals.searching import EFFORT, Searcher
from planning.proposals.solving import cost_of, let_pass, measure, outlook_of, propose
from planning.proposals.tasks import Task
from planning.proposals.values import About, AboutKind, Proposed
from tests.benchmarks.detecting import portfolio_of
from tests.benchmarks.synthetic import synthetic
from tests.planning.transfer.given import Scattered
from tests.shared_data import FOLDER

SIZES = (50, 200, 1_000)
SECONDS = 20.0
"""As long as a person waits for a proposal."""
QUARTER, EVERYTHING = About(kind=AboutKind.QUARTER, quarter="2027-Q1"), About(kind=AboutKind.QUARTER)


@dataclass(frozen=True, slots=True)
class Side:
    """What is left of the conflicts, what is short, and what it asks of people."""

    conflicts: int
    short: float
    initiatives: int
    weeks: int
    cost: int


@dataclass(frozen=True, slots=True)
class Line:
    """One portfolio before, after the proposal, and after the greedy leveller; times in seconds."""

    name: str
    live: int
    before: int
    short_before: float
    proposal: Side
    greedy: Side
    possible: bool
    proven: bool
    worse: bool
    """Whether the greedy one is better by the proposal's own measure; it never is."""
    first_at: float
    best_at: float
    ended_at: float


def measured(name: str, portfolio: Portfolio, about: About, seconds: float) -> Line:
    """Both sides on one portfolio."""
    greedy, begun, times = levelled(portfolio, about), perf_counter(), list[float]()
    told = propose(
        portfolio,
        about,
        progress=lambda _: times.append(perf_counter() - begun),
        stop=lambda: perf_counter() - begun > seconds,
    )
    ended = perf_counter() - begun
    return Line(
        name,
        len(portfolio.initiatives),
        told.before.conflicts,
        told.before.short,
        side(told),
        side(greedy),
        told.possible,
        told.proven,
        measure(told) > measure(greedy),
        min(times, default=ended),
        max(times, default=ended),
        ended,
    )


def levelled(portfolio: Portfolio, about: About) -> Proposed:
    """What the greedy leveller makes of it."""
    task = Task.of(portfolio, about, None, NO_WISHES)
    answers = let_pass(portfolio, Searcher(EFFORT, lambda: False).greedy(pieces(task.scene)))
    return task.told(outlook_of(portfolio, answers), cost_of(answers), proven=False)


def side(told: Proposed) -> Side:
    """The figures of a proposal."""
    moves = [change for change in told.changes if not isinstance(change, Merged)]
    weeks = sum(abs((change.after.start - change.before.start).days) // 7 for change in moves)
    touched = len({change.initiative for change in told.changes})
    return Side(told.after.conflicts, told.after.short, touched, weeks, told.cost)


def generated(size: int) -> Portfolio:
    """A portfolio of that size, of which what lies ahead has not begun; no two texts are alike."""
    real = [np.random.default_rng(seed).normal(0, 1, (60, 64)).astype(np.float32) for seed in (1, 2)]
    made = synthetic(size, real)
    ahead = (one for one in made.initiatives if one.draft.starts_on and one.draft.starts_on > made.today)
    return with_initiatives(made, [replace(one, draft=replace(one.draft, status=Status.PLANNED)) for one in ahead])


def run(sizes: Sequence[int] = SIZES, seconds: float = SECONDS, companies: bool = True) -> list[Line]:
    """Every portfolio."""
    return list(_lines(sizes, seconds, companies))


def _lines(sizes: Sequence[int], seconds: float, companies: bool) -> Iterator[Line]:
    for size in sizes:
        for about in (QUARTER, EVERYTHING):
            yield measured(f"generated, {about.quarter or 'everything'}", generated(size), about, seconds)
    for folder in sorted(FOLDER.glob("companies/*/truth.csv")) if companies else ():
        portfolio, _ = portfolio_of(folder.parent, Scattered())
        yield measured(folder.parent.name, portfolio, EVERYTHING, seconds)


def show(lines: Sequence[Line]) -> None:
    """Print the table."""
    print("                          live  conflicts     after  initiatives  weeks     cost    first    best   ended")
    for line in lines:
        asks = f"{line.before:5} {line.short_before:6.1f} pw"
        print(f"\n{line.name:24}{line.live:6}  {asks}{'' if line.possible else '  (not all can be solved)'}")
        times = f"{line.first_at:7.1f}s{line.best_at:7.1f}s{line.ended_at:7.1f}s{'  proven' if line.proven else ''}"
        for name, it, more in (("proposal", line.proposal, times), ("greedy", line.greedy, "")):
            left = f"{it.conflicts:5} {it.short:6.1f} pw"
            print(f"  {name:41}{left}{it.initiatives:7}{it.weeks:7}{it.cost:9}{more}")


def refuse_worse(lines: Sequence[Line]) -> None:
    """End with a failure where the greedy leveller did better, which must never be."""
    if worse := [f"{line.name} of {line.live}" for line in lines if line.worse]:
        sys.exit(f"The greedy leveller did better on {', '.join(worse)}.")


def as_json(lines: Sequence[Line]) -> str:
    """The lines as they are written to a file."""
    return json.dumps([asdict(line) for line in lines], indent=1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the sizes named, and the companies."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.proposals", description="Computed proposals")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="initiatives of generated portfolios")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long to look")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    told = parser.parse_args(arguments)
    lines = run(told.sizes, told.seconds)
    print(as_json(lines)) if told.json else show(lines)
    refuse_worse(lines)


if __name__ == "__main__":
    main()
