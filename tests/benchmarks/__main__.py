"""`python -m tests.benchmarks`: every benchmark on the data beside this checkout, as tables and as JSON in .bench/."""

from collections.abc import Callable
from pathlib import Path

from bot.encoder import open_encoder
from tests.benchmarks import (
    beat,
    companies,
    delivery,
    installed,
    load,
    naming,
    portfolios,
    proposals,
    quality,
    restraint,
    robustness,
    scores,
    solver,
    speed,
)
from tests.benchmarks.comparing import measured
from tests.benchmarks.default import default_pools
from tests.benchmarks.stage_names import answers

PLACE = Path(".bench")


def bench_quality() -> str:
    """Print the quality of duplicate effort; the same as JSON."""
    report = measured(default_pools())
    quality.show(report)
    return quality.as_json(report)


def bench_companies() -> str:
    """Print what is found in the invented companies beside their truth; the same as JSON."""
    report = companies.run()
    companies.show(report)
    return companies.as_json(report)


def bench_portfolios() -> str:
    """Print what is found in real portfolios; the same as JSON."""
    reports = portfolios.run()
    portfolios.show(reports)
    return portfolios.as_json(reports)


def bench_naming() -> str:
    """Print how well names of stages are matched; the same as JSON."""
    report = naming.run(answers(), open_encoder())
    naming.show(report)
    return naming.as_json(report)


def bench_speed() -> str:
    """Print how fast the check and a full pass are beside their floor; the same as JSON."""
    report = speed.run()
    speed.show(report)
    return speed.as_json(report)


def bench_robustness() -> str:
    """Print whether verdicts hold when texts are edited; the same as JSON."""
    report = robustness.run()
    robustness.show(report)
    return robustness.as_json(report)


def bench_scores() -> str:
    """Print what becomes of real readings and where their metrics stand; the same as JSON."""
    reports = scores.run()
    scores.show(reports)
    return scores.as_json(reports)


def bench_restraint() -> str:
    """Print how often a year's overlaps disturb the leads of a made-up company; the same as JSON."""
    report = restraint.run()
    restraint.show(report)
    return restraint.as_json(report)


def bench_solver() -> str:
    """Print how good the schedules are that the solver makes of known hard cases; the same as JSON."""
    reports = solver.run_all()
    for report in reports:
        solver.show(report)
    return solver.as_json(reports)


def bench_proposals() -> str:
    """Print what computed proposals make of whole portfolios beside a greedy leveller; the same as JSON."""
    lines = proposals.run()
    proposals.show(lines)
    proposals.refuse_worse(lines)
    return proposals.as_json(lines)


def bench_beat() -> str:
    """Print what a beat costs among few and many schedules; the same as JSON."""
    reports = beat.run()
    beat.show(reports)
    return beat.as_json(reports)


def bench_delivery() -> str:
    """Print how fast messages are delivered beside a bare loop; the same as JSON."""
    reports = delivery.run()
    delivery.show(reports)
    return delivery.as_json(reports)


def bench_load() -> str:
    """Print how long Slack waits for an acknowledgement while many people act at once; the same as JSON."""
    report = load.run()
    load.show(report)
    load.refuse_late(report)
    return load.as_json(report)


def bench_installed() -> str:
    """Print what a request costs among few and many workspaces, and what security is of it; the same as JSON."""
    reports = installed.run()
    installed.show(reports)
    return installed.as_json(reports)


BENCHMARKS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("quality", bench_quality),
    ("robustness", bench_robustness),
    ("companies", bench_companies),
    ("portfolios", bench_portfolios),
    ("naming", bench_naming),
    ("speed", bench_speed),
    ("scores", bench_scores),
    ("restraint", bench_restraint),
    ("solver", bench_solver),
    ("proposals", bench_proposals),
    ("load", bench_load),
    ("installed", bench_installed),
    ("beat", bench_beat),
    ("delivery", bench_delivery),
)
"""The name of the JSON file and what prints its tables and gives its content."""


def main() -> None:
    """Run them one after the other."""
    PLACE.mkdir(exist_ok=True)
    for name, run in BENCHMARKS:
        file = PLACE / f"{name}.json"
        file.write_text(f"{run()}\n")
        print(f"\nWritten to {file}")


if __name__ == "__main__":
    main()
