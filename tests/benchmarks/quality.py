"""How well duplicate effort is found, beside what a team would use instead.

`python -m tests.benchmarks.quality --portfolio FILE… --judgements FILE --json` takes any portfolio and any judgements
of the form set, portfolio, id_a, id_b, grade_1, grade_2, as the packaged encoder sees them; without files it takes the
judged pairs beside this checkout. There each set is left out in turn: its cosines, and so the rows “Concord” and
“embedding”, are those of an encoder that was not taught with it (`tests.benchmarks.default`). Concord's weights were
fitted on those sets (`tests.benchmarks.fitting`), so for several sets there is also “Concord, left out”: each set
scored by weights fitted on the others; “Concord before learning” is the same with the encoder before it was taught.
“Concord, none shared” are the pairs that do not name the same customer problem. Recall@3 before saving: of the
initiatives with more than three pairs in the pool, one of them positive, the share that has a positive among its three
pairs that score highest.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from bot.encoder import open_encoder
from planning.errors import PlanningError
from planning.similarity.training.judgements import read_judgements
from planning.similarity.training.measures import LIST
from tests.benchmarks.comparing import Quality, Report, measured
from tests.benchmarks.default import default_pools
from tests.benchmarks.gold import NoSuchPortfolio, Pool, pools

NEW_TO_ENCODER = "Each set left out in turn: no text vector is of an encoder that was taught with its set"
PACKAGED = "Text vectors by the packaged encoder"


def show(report: Report) -> None:
    """Print the report as tables."""
    print(NEW_TO_ENCODER if report.new_to_encoder else PACKAGED)
    for name, one in report.sets.items():
        print(f"\n{name}: {one.pairs} pairs, {one.positive} positive")
        print(f"{'':<24}average precision   recall@{LIST}            alerts  precision          recall")
        for method, it in one.methods.items():
            print(_line(method, it))
        print(_line("Concord, none shared", one.without_shared_problem))
        verdict = "loses to" if one.margin.loses else "against"
        print(f"Concord {verdict} {one.margin.other}: {one.margin.difference}")
    print("\nMean average precision over the sets")
    for method, mean in report.mean_average_precision.items():
        print(f"{method:<24}{mean}")


def _line(method: str, it: Quality) -> str:
    rates = f"{it.alerts:8}  {it.alert_precision}  {it.alert_recall}"
    return f"{method:<24}{it.average_precision}  {it.recall_before_saving}{rates}"


def as_json(report: Report) -> str:
    """The report, with null for what cannot be measured."""
    return json.dumps(_plain(asdict(report)), indent=1)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return None if isinstance(value, float) and np.isnan(value) else value


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the files named, or the judged pairs beside this checkout."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.quality", description="Quality of duplicate effort"
    )
    parser.add_argument("--portfolio", type=Path, nargs="+", action="extend", help="CSV files or company folders")
    parser.add_argument("--judgements", type=Path, help="a file of judged pairs")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    told = parser.parse_args(arguments)
    if bool(told.portfolio) != bool(told.judgements):
        parser.error("name both --portfolio and --judgements, or neither")
    try:
        found = default_pools() if told.judgements is None else _given(told.judgements, told.portfolio)
    except (NoSuchPortfolio, PlanningError, OSError) as fault:
        sys.exit(str(fault))
    report = measured(found)
    print(as_json(report)) if told.json else show(report)


def _given(judgements: Path, portfolios: Sequence[Path]) -> list[Pool]:
    return pools(read_judgements(judgements), portfolios, open_encoder())


if __name__ == "__main__":
    main()
