"""What is found in real portfolios, whose truth nobody knows: how many of each kind, and which are told first.

`python -m tests.benchmarks.portfolios --portfolio FILE… --json` reads any file that an import reads; without one, the
real portfolios beside this checkout.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.encoder import open_encoder
from planning.findings.values import Found
from planning.gaps.finding import find_gaps
from planning.overlaps.finding import find_overlaps
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from planning.similarity import Encoder
from tests.benchmarks.detecting import portfolio_of
from tests.shared_data import FOLDER

FILES = (
    "A1_us_cx_executive_order_commitments.csv",
    "A2_us_performance_goals_fy22_23.csv",
    "A3_uk_gmpp_2021.csv",
    "A6_us_ai_use_cases_2023.csv",
    "A6_us_ai_use_cases_2024.csv",
    "A7_au_digital_projects_2024.csv",
)
EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Kind:
    """The findings of one rule: how many, how many for each hundred live initiatives, and those told first."""

    found: int
    per_hundred: float
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One portfolio."""

    live: int
    kinds: dict[str, Kind]


def measured(path: Path, encoder: Encoder) -> Report:
    """What is found in a portfolio; raises TransferFault and OSError."""
    portfolio, _ = portfolio_of(path, encoder)
    everything = Scope.everything(portfolio)
    kinds: dict[str, list[Found]] = {}
    for found in (*find_overlaps(portfolio, everything), *find_gaps(portfolio, everything)):
        kinds.setdefault(str(found.rule), []).append(found)
    live = len(portfolio.initiatives)
    return Report(live, {rule: _kind(found, portfolio) for rule, found in sorted(kinds.items())})


def _kind(found: Sequence[Found], portfolio: Portfolio) -> Kind:
    ordered = sorted(found, key=lambda one: (-one.score, one.key))
    spread = ordered[:: max(1, len(ordered) // EXAMPLES)][:EXAMPLES]
    return Kind(
        len(found), 100 * len(found) / len(portfolio.initiatives), tuple(_told(one, portfolio) for one in spread)
    )


def _told(found: Found, portfolio: Portfolio) -> str:
    initiatives = [portfolio.holdings.by_id(id) for id in found.initiatives()]
    titles = " + ".join(
        f"“{each.draft.title}” ({portfolio.department_names[each.draft.department]})" for each in initiatives if each
    )
    return f"{found.score:.2f} {titles}: {' '.join(fact.sentence for fact in found.facts)}"


def run(paths: Sequence[Path] = ()) -> dict[str, Report]:
    """The reports by the file's name; ends the program, saying so, where there is nothing to read."""
    chosen = paths or [FOLDER / name for name in FILES]
    missing = [str(path) for path in chosen if not path.exists()]
    if missing:
        sys.exit(f"There is no portfolio at {missing[0]}; name files with --portfolio.")
    return {path.stem: measured(path, open_encoder()) for path in chosen}


def show(reports: dict[str, Report]) -> None:
    """Print a table of counts, then examples of each kind, spread from the strongest to the weakest."""
    for name, report in reports.items():
        print(f"\n{name}: {report.live} live initiatives")
        for rule, kind in report.kinds.items():
            print(f"  {rule:28}{kind.found:7,}{kind.per_hundred:9.1f} for each hundred")
    for name, report in reports.items():
        for rule, kind in report.kinds.items():
            print(f"\n{name}, {rule}")
            for example in kind.examples:
                print(f"  {example}")


def as_json(reports: dict[str, Report]) -> str:
    """The reports for programs."""
    return json.dumps({name: asdict(report) for name, report in reports.items()}, indent=2, ensure_ascii=False)


def main() -> None:
    """Measure, and print tables or JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--portfolio", type=Path, nargs="+", default=[], help="files that an import reads")
    options.add_argument("--json", action="store_true", help="print JSON instead of tables")
    given = options.parse_args()
    reports = run(given.portfolio)
    print(as_json(reports)) if given.json else show(reports)


if __name__ == "__main__":
    main()
