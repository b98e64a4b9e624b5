"""The bot is told to stop while it is at work: it is gone in time, and nothing that it held is lost."""

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.cast import insurer
from bot.demo.seeding import seed
from planning.outbox.values import Delivery, Message, MessageKind
from planning.proposals.asking import Progress, Proposal
from tests.bot.sandbox.world import Json, page_user, until
from tests.chaos.stage import Stage, staged

pytestmark = pytest.mark.chaos

PROMISED_S = 10.0
SLACK_S = 3.0
"""A machine that does other things too may need so much longer."""
MONDAY_AT_NINE = "2026-11-23T09:00:00+00:00"
LATER_S = 200
"""Longer than the lease of a message or of a proposal."""


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register of the sample company."""
    folder = tmp_path_factory.mktemp("seeded")
    seed(f"sqlite:///{folder / 'concord.db'}", insurer())
    return folder / "concord.db"


@pytest.fixture
def stage(tmp_path: Path, seeded: Path) -> Iterator[Stage]:
    with staged(tmp_path, seeded) as stage:
        stage.start_bot()
        yield stage


def stopped(stage: Stage) -> float:
    """Tell the bot to stop; after how many seconds it was gone, well."""
    assert stage.bot is not None
    began = time.monotonic()
    stage.bot.terminate()
    assert stage.bot.wait(60) == 0
    stage.bot = None
    return time.monotonic() - began


def digests(stage: Stage) -> list[Json]:
    messages = stage.control.messages(stage.channel("executive-digest"))
    return [one for one in messages if one.get("metadata", {}).get("event_payload")]


def digest(stage: Stage) -> Message | None:
    return next((one for one in stage.stored() if one.posting.kind is MessageKind.DIGEST), None)


def is_sent(stage: Stage) -> bool:
    message = digest(stage)
    return message is not None and message.state is Delivery.SENT


def proposals(stage: Stage) -> list[Proposal]:
    database = stage.database
    try:
        with database.workspace(None).reading() as register:
            subjects = [one.posting.subject for one in stage.stored() if one.posting.kind is MessageKind.PROPOSAL]
            return [register.proposals.by_id(subject) for subject in subjects]
    finally:
        database.close()


def test_an_idle_bot_goes_at_once(stage: Stage) -> None:
    assert stopped(stage) < PROMISED_S


@pytest.mark.parametrize("fault", ["hold_before", "hold_after"])
def test_a_post_that_slack_does_not_answer_is_left_and_settled_by_the_next_process(stage: Stage, fault: str) -> None:
    held = stage.control.fault("chat.postMessage", fault)
    stage.move_clock(to=MONDAY_AT_NINE)
    until(lambda: stage.control.faults()[held]["holding"], seconds=60)

    assert stopped(stage) < PROMISED_S + SLACK_S
    stage.control.clear_faults()
    stage.start_bot()
    stage.move_clock(advance_s=LATER_S)
    until(lambda: is_sent(stage), seconds=60)
    assert len(digests(stage)) == 1


def test_a_listener_at_work_comes_to_its_end(stage: Stage) -> None:
    channel = stage.channel("start-here")
    with page_user(stage.url, stage.person("Ruth Calloway")) as ruth:
        held = stage.control.fault("views.open", "slow", seconds=2.0)
        ruth.say("/cx new Letters that people understand", channel=channel)
        until(lambda: stage.control.faults()[held]["hit"], seconds=20)

        assert stopped(stage) < PROMISED_S + SLACK_S
        form = ruth.modal()
        while not any(block["type"] == "input" for block in form["blocks"]):
            form = ruth.modal()


def test_a_proposal_under_way_is_handed_on(stage: Stage) -> None:
    with page_user(stage.url, stage.person("Ruth Calloway")) as ruth:
        ruth.say("/cx propose quarter 2027-Q1", channel=stage.channel("start-here"))
    until(lambda: [one.progress for one in proposals(stage)] == [Progress.RUNNING], seconds=30)

    assert stopped(stage) < PROMISED_S + SLACK_S
    (left,) = proposals(stage)
    assert left.progress in {Progress.WAITING, Progress.DONE}
    assert left.leased_until is None
    stage.start_bot()
    until(lambda: [one.progress for one in proposals(stage)] == [Progress.DONE], seconds=90)


def test_told_twice_it_ends_at_once(stage: Stage) -> None:
    held = stage.control.fault("chat.postMessage", "hold_before")
    stage.move_clock(to=MONDAY_AT_NINE)
    until(lambda: stage.control.faults()[held]["holding"], seconds=60)
    assert stage.bot is not None
    stage.bot.terminate()
    with pytest.raises(subprocess.TimeoutExpired):
        stage.bot.wait(0.5)
    began = time.monotonic()
    stage.bot.send_signal(signal.SIGINT)

    assert stage.bot.wait(10) != 0
    assert time.monotonic() - began < 2.0
    stage.bot = None
