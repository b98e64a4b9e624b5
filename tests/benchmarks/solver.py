"""How good the solver's schedules are: `python -m tests.benchmarks.solver --instances FILE --limit SECONDS [--json]`.

Every schedule of the file is solved for its makespan by the solver that computes proposals, on two cores unless told
otherwise, and counts only once the plain checker finds nothing wrong with it. The gap is to the best makespan known, or
where none is known to the bound that the solver proved. “Greedy” is the leveller, which the solver must never be worse
than. Seconds are counted from before the greedy schedule to after the last.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import Any

from planning.scheduling.checking import check
from planning.scheduling.levelling import level
from planning.scheduling.solving import solve
from planning.scheduling.values import Limits, Solution
from tests.benchmarks.psplib import Case, cases
from tests.shared_data import FOLDER

LIMIT, WORKERS = 10.0, 2
SPARE = 0.25
"""So many seconds before the limit the solver is told to end, so that it has ended by then."""
FILES = ("C1_psplib_j30_first120.jsonl", "C4_mplib_multi_project_sample.jsonl")
Report = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one schedule."""

    name: str
    jobs: int
    makespan: int
    best_known: int | None
    optimal: bool
    """Whether it is proven here or known that none is shorter."""
    bound: int
    proven: bool
    gap: float
    greedy: int | None
    first_s: float
    best_s: float
    total_s: float
    ended: str
    projects: list[int]
    """How long each of several projects takes."""


def run(file: Path, limit: float = LIMIT, workers: int = WORKERS) -> Report:
    """The figures of every schedule of a file, and of all together."""
    rows = [measured(case, limit, workers) for case in cases(file)]
    return {"file": file.name, "limit_s": limit, "workers": workers, **summary(rows), "rows": [*map(asdict, rows)]}


def run_all(limit: float = LIMIT) -> list[Report]:
    """The reports of the files beside this checkout."""
    return [run(FOLDER / name, limit) for name in FILES]


def measured(case: Case, limit: float, workers: int) -> Row:
    """The figures of one schedule."""
    told: list[tuple[float, int]] = []
    began = perf_counter()
    limits = Limits(seconds=max(limit - SPARE, limit / 2), workers=workers)
    outcome = solve(case.instance, limits, lambda found: told.append((perf_counter() - began, found.cost)))
    total = perf_counter() - began
    solution, greedy = _checked(case, outcome.solution), level(case.instance)
    least = solution.bound if case.best_known is None else case.best_known
    return Row(
        name=case.name,
        jobs=len(case.instance.activities),
        makespan=solution.cost,
        best_known=case.best_known,
        optimal=solution.proven or (case.optimal and solution.cost == case.best_known),
        bound=solution.bound,
        proven=solution.proven,
        gap=solution.cost / least - 1 if least else 0.0,
        greedy=None if greedy is None else greedy.cost,
        first_s=told[0][0],
        best_s=told[-1][0],
        total_s=total,
        ended=outcome.ended.value,
        projects=case.delays(solution) if len(case.projects) > 1 else [],
    )


def _checked(case: Case, solution: Solution | None) -> Solution:
    """The solution, in which the checker finds nothing wrong."""
    wrong = ["no schedule was found"] if solution is None else check(case.instance, solution)
    if solution is None or wrong:
        raise ValueError(f"{case.name}: {'; '.join(wrong)}")
    return solution


def summary(rows: Sequence[Row]) -> Report:
    """All schedules together."""
    times = [row.total_s for row in rows]
    return {
        "schedules": len(rows),
        "optimal": sum(row.optimal for row in rows),
        "best_known_reached": sum(row.best_known is not None and row.makespan <= row.best_known for row in rows),
        "proven": sum(row.proven for row in rows),
        "worse_than_greedy": sum(row.greedy is not None and row.makespan > row.greedy for row in rows),
        "mean_gap": fmean(row.gap for row in rows) if rows else 0.0,
        "mean_s": fmean(times) if rows else 0.0,
        "max_s": max(times, default=0.0),
    }


def show(report: Report) -> None:
    """Print the tables."""
    print(f"{report['file']}: {report['limit_s']:g} s each, {report['workers']} workers")
    print(f"  {'':24} {'jobs':>5} {'greedy':>6} {'found':>6} {'known':>6} {'bound':>6} {'gap':>7}  first  best  total")
    for row in report["rows"]:
        print(_shown(row))
        if row["projects"]:
            print(f"    its projects take {', '.join(map(str, row['projects']))}")
    print(
        f"  {report['schedules']} schedules: {report['optimal']} optimal, {report['proven']} proven so here,", end=" "
    )
    print(
        f"{report['best_known_reached']} as good as is known, {report['worse_than_greedy']} worse than greedy;", end=" "
    )
    print(f"mean gap {report['mean_gap']:.2%}; {report['mean_s']:.2f} s each, {report['max_s']:.2f} s at most")


def _shown(row: Report) -> str:
    known = "–" if row["best_known"] is None else row["best_known"]
    times = f"{row['first_s']:6.2f} {row['best_s']:5.2f} {row['total_s']:6.2f} {'proven' if row['proven'] else ''}"
    return (
        f"  {row['name'][:24]:24} {row['jobs']:5} {row['greedy'] or '–':>6} {row['makespan']:6} {known:>6} "
        f"{row['bound']:6} {row['gap']:7.2%} {times}".rstrip()
    )


def as_json(reports: Sequence[Report]) -> str:
    """The reports for programs; that of one file stands alone."""
    return json.dumps(reports[0] if len(reports) == 1 else reports, indent=2)


def main() -> None:
    """Measure, and print tables or JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--instances", type=Path, nargs="+", default=[FOLDER / name for name in FILES])
    options.add_argument("--limit", type=float, default=LIMIT, help="seconds for each schedule")
    options.add_argument("--workers", type=int, default=WORKERS, help="threads that search")
    options.add_argument("--json", action="store_true", help="print JSON instead of tables")
    given = options.parse_args()
    reports = [run(file, given.limit, given.workers) for file in given.instances]
    if given.json:
        print(as_json(reports))
    else:
        for report in reports:
            show(report)


if __name__ == "__main__":
    main()
