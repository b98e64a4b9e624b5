"""`make fuzz`: anything at all is sent to every entry for as many minutes as one says.

Prints how many requests were tried, how often each entry was, and each flaw with the smallest request that shows it.
"""

import json
import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
import structlog
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import URL

from db.migrating import upgrade
from tests.conftest import hasty
from tests.fuzz.mutating import broken, said_otherwise
from tests.fuzz.stage import Stage
from tests.handlers.slack import have_bolt_wait
from tests.tenancy.visiting import Json

ROUND = 100
"""Examples between two looks at the clock."""
SHOWN = 2_000


def main(minutes: float) -> int:
    """Fuzz for so long; 1 where there was a flaw."""
    found: dict[str, Json] = {}
    luck = Random(8)
    with _stage() as stage:
        until = time.monotonic() + 60 * minutes
        while time.monotonic() < until:
            _round(stage, luck.randrange(2**32), found)
            sys.stderr.write(f"{stage.probe.counts.total():,} requests, {len(found)} flaws\n")
        sys.stdout.write("\n".join(_told(stage, found)) + "\n")
    return 1 if found else 0


def _told(stage: Stage, found: Mapping[str, Json]) -> Iterator[str]:
    """How often each entry was tried, the rarest first; then the flaws."""
    counts = stage.probe.counts
    yield from (f"{number:7,}  {kind} {id}" for (kind, id), number in sorted(counts.items(), key=lambda one: one[1]))
    untried = [f"{kind} {id}" for kind, id in stage.house.app.entries if not stage.is_tried(kind, id)]
    yield f"{counts.total():,} requests, {len(found)} flaws, {len(untried)} entries untried {' '.join(untried)}".strip()
    for flaw, body in found.items():
        yield f"{flaw}\n  {json.dumps(_sent(body))[:SHOWN]}"


def _sent(body: Json) -> Json:
    """A request without the blocks of its view, which are our own."""
    return {**body, "view": {**body["view"], "blocks": "…"}} if isinstance(body.get("view"), dict) else body


LUCK = st.integers(0, 2**32 - 1)


def _round(stage: Stage, luck: int, found: dict[str, Json]) -> None:
    """Some examples; of each kind of flaw the shortest request is kept."""

    @seed(luck)
    @settings(
        max_examples=ROUND, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck]
    )
    @given(data=st.data())
    def look(data: st.DataObject) -> None:
        odd = data.draw(st.integers(0, 4)) == 0
        body = broken(stage.corpus, Random(data.draw(LUCK))) if odd else data.draw(said_otherwise(stage.corpus))
        for flaw in stage.flaws(body):
            kept = found.setdefault(_kind(flaw), body)
            found[_kind(flaw)] = min(kept, body, key=lambda one: len(json.dumps(one)))

    look()


def _kind(flaw: str) -> str:
    return " ".join(word for word in flaw.split() if not word.startswith("code="))[:SHOWN]


@contextmanager
def _stage() -> Iterator[Stage]:
    logging.disable(logging.WARNING)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    with pytest.MonkeyPatch.context() as patch:
        have_bolt_wait(patch)
        folder = Path(tempfile.mkdtemp())
        url = URL.create("sqlite", database=str(folder / "concord.db"))
        upgrade(url)
        yield Stage.set(hasty(url), folder / "concord.db")
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0))
