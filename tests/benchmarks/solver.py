"""How good the solver's schedules are: `python -m tests.benchmarks.solver --instances FILE --limit SECONDS [--json]`.

Every schedule of the file is solved for its makespan by the solver that computes proposals, on two cores unless told
otherwise, and counts only once the plain checker finds nothing wrong with it. The gap is to the best makespan known, or
where none is known to the bound that the solver proved; “over” is how much longer it is than the critical path, as
published results are told for the larger sets. “Greedy” is the leveller, which the solver must never be worse than.
Seconds are counted from before the greedy schedule to after the last. Lines that are no schedule are told and left out;
a file of which no line could be read ends it with 1.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import inf
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import Any

from planning.scheduling.checking import check
from planning.scheduling.levelling import level
from planning.scheduling.solving import solve
from planning.scheduling.values import Limits, Solution
from tests.benchmarks.psplib import Case, Fault, cases
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
    critical_path: int
    over: float
    greedy: int | None
    first_s: float
    best_s: float
    total_s: float
    ended: str
    projects: list[int]
    """How long each of several projects takes."""


def run(file: Path, limit: float = LIMIT, workers: int = WORKERS) -> Report:
    """The figures of every schedule of a file, and of all together."""
    import planning.scheduling.search  # noqa: F401 - loading OR-Tools is not measured

    found = [case if isinstance(case, Fault) else measured(case, limit, workers) for case in cases(file)]
    rows = [each for each in found if isinstance(each, Row)]
    faults = [asdict(each) for each in found if isinstance(each, Fault)]
    about = {"file": file.name, "limit_s": limit, "workers": workers}
    return {**about, **summary(rows), "faults": faults, "rows": [*map(asdict, rows)]}


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
        gap=_beyond(solution.cost, least),
        critical_path=case.critical_path,
        over=_beyond(solution.cost, case.critical_path),
        greedy=None if greedy is None else greedy.cost,
        first_s=told[0][0],
        best_s=told[-1][0],
        total_s=total,
        ended=outcome.ended.value,
        projects=case.delays(solution) if len(case.projects) > 1 else [],
    )


def _beyond(makespan: int, least: int) -> float:
    return makespan / least - 1 if least else 0.0


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
        "mean_over_critical_path": fmean(row.over for row in rows) if rows else 0.0,
        "mean_s": fmean(times) if rows else 0.0,
        "max_s": max(times, default=0.0),
    }


def show(report: Report) -> None:
    """Print the tables."""
    print(f"{report['file']}: {report['limit_s']:g} s each, {report['workers']} workers")
    heads = f"{'jobs':>5} {'greedy':>6} {'found':>6} {'known':>6} {'bound':>6} {'gap':>7} {'over':>7}"
    print(f"  {'':24} {heads}  first  best  total")
    for row in report["rows"]:
        print(_shown(row))
        if row["projects"]:
            print(f"    its projects take {', '.join(map(str, row['projects']))}")
    for fault in report["faults"]:
        print(f"  line {fault['line']} was left out: {fault['why']}")
    print(
        f"  {report['schedules']} schedules: {report['optimal']} optimal, {report['proven']} proven so here,", end=" "
    )
    print(
        f"{report['best_known_reached']} as good as is known, {report['worse_than_greedy']} worse than greedy;", end=" "
    )
    print(
        f"mean gap {report['mean_gap']:.2%}, {report['mean_over_critical_path']:.2%} over the critical path;", end=" "
    )
    print(f"{report['mean_s']:.2f} s each, {report['max_s']:.2f} s at most")


def _shown(row: Report) -> str:
    known = "–" if row["best_known"] is None else row["best_known"]
    times = f"{row['first_s']:6.2f} {row['best_s']:5.2f} {row['total_s']:6.2f} {'proven' if row['proven'] else ''}"
    return (
        f"  {row['name'][:24]:24} {row['jobs']:5} {row['greedy'] or '–':>6} {row['makespan']:6} {known:>6} "
        f"{row['bound']:6} {row['gap']:7.2%} {row['over']:7.2%} {times}".rstrip()
    )


def as_json(reports: Sequence[Report]) -> str:
    """The reports for programs; that of one file stands alone."""
    return json.dumps(reports[0] if len(reports) == 1 else reports, indent=2)


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number < inf:
        raise argparse.ArgumentTypeError(f"{text} is no number above 0")
    return number


def _count(text: str) -> int:
    return max(int(_positive(text)), 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print tables or JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--instances", type=Path, nargs="+", default=[FOLDER / name for name in FILES])
    options.add_argument("--limit", type=_positive, default=LIMIT, help="seconds for each schedule")
    options.add_argument("--workers", type=_count, default=WORKERS, help="threads that search")
    options.add_argument("--json", action="store_true", help="print JSON instead of tables")
    given = options.parse_args(arguments)
    reports = [run(file, given.limit, given.workers) for file in given.instances]
    if given.json:
        print(as_json(reports))
    else:
        for report in reports:
            show(report)
    if unread := [report["file"] for report in reports if not report["schedules"]]:
        sys.exit(f"No line could be read of {', '.join(unread)}.")


if __name__ == "__main__":
    main()
