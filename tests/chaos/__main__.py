"""`make chaos`: rounds of mishaps over real processes, and the ledger at the end; exit status 1 when it is broken."""

import signal
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tests.chaos.running import Run, run

KINDS = ("sqlite", "postgresql")
SHOWN = 40


def main() -> int:
    """Run what was asked for."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that nothing that was started is left behind
    wanted = _arguments()
    kinds = KINDS if wanted.database == "both" else (wanted.database,)
    runs = [run(kind, wanted.seed, wanted.rounds, wanted.minutes, _progress, _folder(wanted, kind)) for kind in kinds]
    for done in runs:
        sys.stdout.write(told(done))
    return int(any(done.ledger.broken for done in runs))


def told(done: Run) -> str:
    """The run and its ledger, for people."""
    ledger = done.ledger
    lines = [
        f"{done.kind}, seed {done.seed}: {done.rounds} rounds in {done.seconds / 60:.1f} min, {done.days:.0f} days",
        _row("mishaps", done.mishaps),
        _row("faults of Slack", done.struck),
        _row("processes ended with", done.ends) + f" (slowest SIGTERM {done.slowest_end:.1f} s)",
        f"  settled in: {', '.join(f'{each:.0f} s' for each in done.settled_in)}",
        *(f"  {what}: {count}" for what, count in sorted(ledger.counts.items())),
        f"  uncertain: {len(ledger.uncertain)}",
        *(f"    {line}" for line in _first(ledger.uncertain)),
        f"  broken: {len(ledger.broken)}",
        *(f"    {line}" for line in _first(ledger.broken)),
    ]
    return "\n".join(lines) + "\n"


def _first(lines: list[str]) -> list[str]:
    hidden = len(lines) - SHOWN
    return [*lines[:SHOWN], *([f"…and {hidden} more"] if hidden > 0 else [])]


def _row(what: str, counts: dict[str, int] | dict[int, int]) -> str:
    return f"  {what}: " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=str))


def _progress(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _folder(wanted: Namespace, kind: str) -> Path | None:
    if wanted.keep is None:
        return None
    folder = Path(wanted.keep) / kind
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--rounds", type=int, default=500, help="how many rounds on each database (500)")
    parser.add_argument("--seed", type=int, default=7, help="the luck of all rounds (7)")
    parser.add_argument("--database", choices=[*KINDS, "both"], default="both", help="on which (both)")
    parser.add_argument("--minutes", type=float, default=30, help="begin no round later than this, for each (30)")
    parser.add_argument("--keep", help="a folder for the logs of the replicas, which otherwise go")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
