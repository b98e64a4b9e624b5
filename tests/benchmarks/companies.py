"""All kinds of overlap and gap, found in companies whose truth is known.

`python -m tests.benchmarks.companies --company DIR --json` reads any folder with company.json, initiatives.csv,
truth.csv, gaps.csv and near_misses.csv as an import does, with the packaged encoder, and compares. Without a folder it
takes the companies beside this checkout, their texts read by encoders that were not taught with their judged pairs
(`tests.benchmarks.default`). Duplicate effort and split problems are told at the default threshold; the weights of the
evidence were fitted to the judged pairs of these companies too.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.encoder import open_encoder
from planning.errors import PlanningError
from planning.similarity import Encoder
from tests.benchmarks import planted
from tests.benchmarks.default import unseen_encoder
from tests.benchmarks.detecting import detected, portfolio_of
from tests.benchmarks.planted import Planted
from tests.benchmarks.truth import (
    DUPLICATE,
    SPLIT,
    Agreement,
    Members,
    Told,
    added,
    agreement,
    figure,
    read_truth,
    same_problems,
    share,
    together,
)
from tests.shared_data import FOLDER


@dataclass(frozen=True, slots=True)
class Report:
    """One company: each kind, how members of split problems agree, near misses told, scores of what was planted."""

    kinds: Mapping[str, Agreement]
    members: Members
    near_misses: int
    near_misses_told: tuple[Told, ...]
    told_as_split: int
    """Duplicates that were missed as such, but are told as parts of one split problem."""
    planted: Mapping[str, Planted]


def measured(folder: Path, encoder: Encoder) -> Report:
    """What is found in a company's folder beside its truth; raises TransferFault and OSError."""
    truth = read_truth(folder)
    portfolio, sources = portfolio_of(folder, encoder)
    found = detected(portfolio, sources)
    kinds = dict.fromkeys([*truth.kinds, *found])
    pairs, groups = found.get(DUPLICATE, {}), found.get(SPLIT, {})
    missed = truth.kinds.get(DUPLICATE, {}).keys() - pairs.keys()
    return Report(
        {kind: agreement(kind, found.get(kind, {}), truth) for kind in kinds},
        same_problems(groups, truth),
        len(truth.near_misses),
        tuple(Told(tuple(sorted(ids)), pairs[ids]) for ids in pairs if ids in truth.near_misses),
        sum(any(ids <= group for group in groups) for ids in missed),
        planted.planted(portfolio, sources, truth),
    )


def run(folders: Sequence[Path] = ()) -> dict[str, Any]:
    """The report on these companies, by default on those beside this checkout, as it is written to JSON."""
    chosen = folders or sorted(file.parent for file in FOLDER.glob("companies/*/truth.csv"))
    if not chosen:
        sys.exit("The companies are not beside this checkout; name folders with --company.")
    encoder = open_encoder() if folders else unseen_encoder()
    reports = {folder.resolve().name: measured(folder, encoder) for folder in chosen}
    return {
        "encoder": encoder.version,
        "companies": {name: _plain(report) for name, report in reports.items()},
        "together": _plain(_together(list(reports.values()))),
    }


def _together(reports: Sequence[Report]) -> Report:
    """All companies as one, without the words."""
    kinds = dict.fromkeys(kind for report in reports for kind in report.kinds)
    return Report(
        {kind: added([report.kinds[kind] for report in reports if kind in report.kinds]) for kind in kinds},
        together([report.members for report in reports]),
        sum(report.near_misses for report in reports),
        tuple(told for report in reports for told in report.near_misses_told),
        sum(report.told_as_split for report in reports),
        planted.together([report.planted for report in reports]),
    )


def _plain(report: Report) -> dict[str, Any]:
    plain = asdict(report)
    for kind, one in report.kinds.items():
        plain["kinds"][kind] |= {"precision": one.precision, "recall": one.recall}
    for known, it in report.planted.items():
        plain["planted"][known] |= {
            "told": it.told,
            "near_misses_told": it.near_misses_told,
            "bar": it.bar,
            "recall": it.recall,
        }
    members = report.members
    plain["members"] |= {
        "precision": share(members.right, members.told),
        "recall": share(members.right, members.wanted),
    }
    return plain


def show(report: dict[str, Any]) -> None:
    """Print the report as tables, with every miss and every false alarm."""
    print(f"Texts read by {report['encoder']}")
    for name, one in (*report["companies"].items(), ("All together", report["together"])):
        print(f"\n{name:<28}truth  found  right  apart  precision  recall")
        for kind, it in one["kinds"].items():
            counts = f"{it['truth']:7}{it['found']:7}{it['right']:7}{it['apart']:7}"
            print(f"  {kind:<24}{counts}{figure(it['precision']):>11}{figure(it['recall']):>8}")
        _show_rest(one)


def as_json(report: dict[str, Any]) -> str:
    """The report as it is written to a file."""
    return json.dumps(report, indent=1, ensure_ascii=False)


def _show_rest(one: dict[str, Any]) -> None:
    members = one["members"]
    print(f"  Split problems told with at least two of their members: {members['problems']};", end=" ")
    print(f"members: precision {figure(members['precision'])}, recall {figure(members['recall'])}")
    print(f"  Missed duplicates that a split problem tells of: {one['told_as_split']}")
    near = ["+".join(told["ids"]) for told in one["near_misses_told"]]
    print(f"  Near misses told as duplicates: {len(near)} of {one['near_misses']}", *near)
    for known, it in one["planted"].items():
        duplicates, near_misses = len(it["duplicates"]), len(it["near_misses"])
        print(f"  Planted duplicates, {known}: {it['told']} of {duplicates} would be told", end="")
        print(f" and {it['near_misses_told']} of {near_misses} near misses;", end=" ")
        print(f"with at most one near miss in ten told, recall {figure(it['recall'])} (above {it['bar']:.2f})")
    for kind, it in one["kinds"].items():
        for what, told in [("missed", told) for told in it["misses"]] + [
            ("false", told) for told in it["false_alarms"]
        ]:
            print(f"    {what:<7}{kind} {'+'.join(told['ids'])}: {told['why']}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the folders named, or the companies beside this checkout."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.companies", description="All kinds of findings")
    parser.add_argument("--company", type=Path, nargs="+", action="extend", default=[], help="folders of companies")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    told = parser.parse_args(arguments)
    try:
        report = run(told.company)
    except (PlanningError, OSError) as fault:
        sys.exit(str(fault))
    print(as_json(report)) if told.json else show(report)


if __name__ == "__main__":
    main()
