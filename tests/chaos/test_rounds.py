"""A short run of chaos on each database; `make chaos` makes the long one."""

import sys
from pathlib import Path

import pytest

from tests.chaos.running import run

pytestmark = pytest.mark.chaos

ROUNDS, MINUTES, SEED = 6, 0.5, 7


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_whatever_goes_wrong_nothing_is_lost_or_doubled(tmp_path: Path, kind: str) -> None:
    done = run(kind, SEED, ROUNDS, MINUTES, sys.stderr.write, tmp_path)

    assert done.ledger.broken == []
    assert done.ends[-9] > 0
    assert done.ledger.counts["posts taken by Slack"] > 0
