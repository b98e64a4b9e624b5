"""The bot is killed while it computes a proposal: the next one computes it anew, and it is shown once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.cast import insurer
from bot.demo.seeding import seed
from bot.proposing.watching import Pace
from planning.outbox.values import MessageKind
from planning.proposals.asking import Progress, Proposal
from tests.bot.sandbox.world import page_user, until
from tests.chaos.stage import Stage, staged

pytestmark = pytest.mark.chaos


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A bot at work for the sample company."""
    seed(f"sqlite:///{tmp_path / 'template.db'}", insurer())
    with staged(tmp_path, tmp_path / "template.db") as stage:
        stage.start_bot()
        yield stage


def proposal(stage: Stage) -> Proposal | None:
    """The first one that was asked for."""
    database = stage.database
    try:
        with database.workspace(None).reading() as register:
            messages = [one for one in stage.stored() if one.posting.kind is MessageKind.PROPOSAL]
            return register.proposals.by_id(messages[0].posting.subject) if messages else None
    finally:
        database.close()


def progress(stage: Stage) -> Progress | None:
    kept = proposal(stage)
    return kept.progress if kept else None


def test_a_proposal_whose_computer_is_killed_is_computed_by_the_next_one(stage: Stage) -> None:
    with page_user(stage.url, stage.person("Ruth Calloway")) as ruth:
        ruth.say("/cx propose quarter 2027-Q1", channel=stage.channel("start-here"))
    until(lambda: progress(stage) is Progress.RUNNING, seconds=30)
    stage.kill_bot()
    assert progress(stage) is Progress.RUNNING

    stage.start_bot()
    stage.move_clock(advance_s=Pace().lease.total_seconds() + 1)
    until(lambda: progress(stage) is Progress.DONE, seconds=90)

    finished = proposal(stage)
    assert finished is not None
    assert finished.attempts == 2
    assert finished.best is not None
    assert finished.best.after.conflicts == 0
    until(lambda: all(one.shown == one.wanted for one in stage.stored()), seconds=30)
    (message,) = [one for one in stage.stored() if one.posting.kind is MessageKind.PROPOSAL]
    assert message.channel is not None
    assert len(stage.control.messages(message.channel)) == 1
