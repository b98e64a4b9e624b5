"""How fast and how large: `python -m tests.benchmarks.speed --json`.

One new initiative checked (added to a warm portfolio, then every overlap and gap rule around it) and a full pass of
every rule, beside the plain matrix product of the same size and beside scikit-learn's TF-IDF with nearest neighbours.
Each size and each side runs in a process of its own, which reports its peak of memory.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SIZES = (1_000, 10_000)
LARGE = 100_000
Report = dict[str, Any]


def run(sizes: Sequence[int] = SIZES) -> Report:
    """The figures of each size, and how they grow from one size to the next."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "real.npz"
        encoded = _apart("encoded", 0, place)
        rows = [_measured(size, place) for size in sizes]
    return {**encoded, "sizes": rows, "growth": [_growth(*pair) for pair in pairwise(rows)]}


def show(report: Report) -> None:
    """Print the tables."""
    print(f"Reading one text takes {report['encode_ms']:.1f} ms, which is not counted in the check.")
    for row in report["sizes"]:
        print(f"\n{row['initiatives']:,} initiatives, {row['departments']} departments")
        _show_check(row)
        _show_pass(row)
        _show_alike(row)
    for step in report["growth"]:
        print(f"\nFrom {step['from']:,} to {step['to']:,}, {step['times']:g} times as many: the check takes", end=" ")
        print(f"{step['check']:.1f} times as long, the full pass {step['full_pass']:.1f} times")


def as_json(report: Report) -> str:
    """The report for programs."""
    return json.dumps(report, indent=2)


def _show_check(row: Report) -> None:
    check, floor, other = row["check_ms"], row["product_ms"], row["tfidf"]["one_ms"]
    least = row["check_least_ms"] / row["product_least_ms"]
    print(
        f"  one new initiative  {check:9.2f} ms   matrix product {floor:9.2f} ms   ratio {check / floor:.2f}", end=" "
    )
    print(f"(of the least of each: {row['check_least_ms']:.2f} and {row['product_least_ms']:.2f} ms: {least:.2f})")
    print(f"    TF-IDF and nearest neighbours {other:.2f} ms: {other / check:.1f} times the check")
    print("    of which, the least of each:")
    for name, ms in {"taking it in": row["taking_in_least_ms"], **row["check_rules_ms"]}.items():
        print(f"      {name:28} {ms:9.2f} ms")


def _show_pass(row: Report) -> None:
    full, upper, whole, other = row["pass_s"], row["upper_s"], row["whole_s"], row["tfidf"]
    print(f"  full pass           {full:9.2f} s    {sum(row['found'].values()):,} findings")
    print(f"    blocked matrix product: upper triangle {upper:.2f} s, ratio {full / upper:.2f}", end="; ")
    print(f"whole {whole:.2f} s, ratio {full / whole:.2f}")
    scaled = " (scaled from a sample)" if other["scaled"] else ""
    print(
        f"    TF-IDF and nearest neighbours {other['all_s']:.2f} s{scaled}: {other['all_s'] / full:.1f} times the pass"
    )
    print(f"    peak memory {row['peak_mib']:,.0f} MiB; {row['held_mib']:,.0f} MiB before the pass", end="; ")
    print(f"TF-IDF {other['peak_mib']:,.0f} MiB")
    for name, seconds in row["pass_rules_s"].items():
        print(f"      {name:28} {seconds:9.3f} s   {row['found'].get(name, 0):9,} found")


def _show_alike(row: Report) -> None:
    shares = (f"{bar}: {made:.3%} ({real:.3%})" for bar, (made, real) in row["alike"].items())
    print(f"    pairs at least so alike, here (in the real portfolios): {'; '.join(shares)}")


def _measured(size: int, place: Path) -> Report:
    return {"initiatives": size, **_apart("concord", size, place), "tfidf": _apart("tfidf", size, place)}


def _apart(side: str, size: int, place: Path) -> Report:
    """The figures of one side at one size, measured in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.timing", side, str(size), str(place)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    report: Report = json.loads(done.stdout)
    return report


def _growth(less: Report, more: Report) -> Report:
    sizes = less["initiatives"], more["initiatives"]
    return {
        "from": sizes[0],
        "to": sizes[1],
        "times": sizes[1] / sizes[0],
        "check": more["check_least_ms"] / less["check_least_ms"],
        "full_pass": more["pass_s"] / less["pass_s"],
    }


def main() -> None:
    """Measure, and print tables or JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many initiatives")
    options.add_argument("--large", action="store_true", help=f"{LARGE:,} as well, which takes minutes")
    options.add_argument("--json", action="store_true", help="print JSON instead of tables")
    given = options.parse_args()
    report = run((*given.sizes, LARGE) if given.large else given.sizes)
    print(as_json(report)) if given.json else show(report)


if __name__ == "__main__":
    main()
