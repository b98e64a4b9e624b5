"""The bot is killed at the worst moments: afterwards everything is there, once."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo.cast import insurer
from bot.demo.seeding import seed
from handlers.ids import Action
from planning.outbox.values import Delivery, MessageKind
from tests.bot.sandbox.world import Json, PageUser, page_user, until
from tests.chaos.people import answer
from tests.chaos.stage import LEASE_S, Stage, staged

pytestmark = pytest.mark.chaos

MONDAY_AT_NINE = "2026-11-23T09:00:00+00:00"
TITLE = "Tell every household why its renewal price rose"


@pytest.fixture(scope="session")
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


def digests(stage: Stage) -> list[Json]:
    messages = stage.control.messages(stage.channel("executive-digest"))
    return [one for one in messages if one.get("metadata", {}).get("event_payload")]


def settled(stage: Stage, *kinds: MessageKind) -> bool:
    """Whether every message of these kinds is sent and shows what it should."""
    messages = [one for one in stage.stored() if one.posting.kind in kinds]
    return bool(messages) and all(one.state is Delivery.SENT and one.shown == one.wanted for one in messages)


def restarted(stage: Stage, *kinds: MessageKind) -> None:
    """Start the bot again and wait until what it left behind is settled."""
    stage.start_bot()
    stage.move_clock(advance_s=LEASE_S)
    until(lambda: settled(stage, *kinds), seconds=60)


def register(page: PageUser, stage: Stage) -> str:
    """Register an initiative through the form, coordinating with whatever it runs into; its reference."""
    page.say(f"/cx new {TITLE}", channel=stage.channel("start-here"))
    form = page.modal()
    while not any(block["type"] == "input" for block in form["blocks"]):
        form = page.modal()
    values = form["state"]["values"]
    page.submit(form, values)
    review = answer(page)
    answers = {
        block["block_id"]: {
            Action.FIELD: {
                "type": "radio_buttons",
                "selected_option": next(
                    option for option in block["element"]["options"] if "Coordinate" in option["text"]["text"]
                ),
            }
        }
        for block in review["blocks"]
        if block["block_id"].startswith("answer_")
    }
    assert answers
    page.submit(review, review["state"]["values"] | answers)
    return str(answer(page)["blocks"])


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("files.getUploadURLExternal", "hold_before"),
        ("files.completeUploadExternal", "hold_before"),
        ("chat.postMessage", "hold_before"),
        ("chat.postMessage", "hold_after"),
    ],
    ids=["claimed", "picture half sent", "asked to post", "posted but not told"],
)
def test_a_digest_whose_sender_is_killed_is_there_exactly_once(stage: Stage, method: str, kind: str) -> None:
    fault = stage.control.fault(method, kind)
    stage.move_clock(to=MONDAY_AT_NINE)
    stage.kill_bot_while(fault)

    restarted(stage, MessageKind.DIGEST)

    (digest,) = digests(stage)
    assert any(block["type"] == "image" for block in digest["blocks"])


def test_an_initiative_is_not_lost_and_its_alert_comes_once_when_the_bot_dies_before_sending(stage: Stage) -> None:
    fault = stage.control.fault("conversations.open", "hold_before")
    with page_user(stage.url, stage.person("Hattie Prowse")) as hattie:
        assert "CX-91" in register(hattie, stage)
    stage.kill_bot_while(fault)

    restarted(stage, MessageKind.ALERT)

    alerts = [one for one in stage.stored() if one.posting.kind is MessageKind.ALERT]
    for alert in alerts:
        assert alert.channel is not None
        keys = [one["metadata"]["event_payload"]["delivery_key"] for one in stage.control.messages(alert.channel)]
        assert keys.count(alert.posting.delivery_key) == 1
    with stage.database.workspace(None).reading() as kept:
        assert TITLE in kept.initiatives.by_id(91).draft.title


def test_a_card_shows_what_was_decided_though_the_bot_died_while_editing_it(stage: Stage) -> None:
    with page_user(stage.url, stage.person("Hattie Prowse")) as hattie:
        register(hattie, stage)
    until(lambda: settled(stage, MessageKind.ALERT), seconds=30)
    tobias = stage.person("Tobias Larkhill")
    alerts = [one for one in stage.stored() if one.posting.kind is MessageKind.ALERT]
    alert = next(one for one in alerts if one.posting.address.ids == (tobias,))
    assert alert.channel is not None
    fault = stage.control.fault("chat.update", "hold_before")
    with page_user(stage.url, tobias) as lead:
        (card,) = (one for one in lead.messages(alert.channel) if one["ts"] == alert.ts)
        (press,) = (
            {**element, "block_id": block["block_id"]}
            for block in card["blocks"]
            for element in block.get("elements", ())
            if element.get("action_id") == Action.OVERLAP_COORDINATE
        )
        assert lead.press_on(card, press, channel=alert.channel)["ok"]
    stage.kill_bot_while(fault)

    restarted(stage, MessageKind.ALERT)

    (after,) = (one for one in stage.control.messages(alert.channel) if one["ts"] == alert.ts)
    assert "Tobias Larkhill" in after["text"]


def test_two_bots_at_once_send_one_digest(stage: Stage) -> None:
    other = replace(stage, bot=None)
    other.start_bot()
    try:
        stage.move_clock(to=MONDAY_AT_NINE)
        until(lambda: settled(stage, MessageKind.DIGEST), seconds=60)
        stage.move_clock(advance_s=LEASE_S)
        time.sleep(2)  # both have had their beats and looked for messages whose sender is gone
        assert len(digests(stage)) == 1
    finally:
        other.kill_bot()


def test_weeks_missed_while_the_bot_was_down_are_caught_up_by_one_digest(stage: Stage) -> None:
    stage.kill_bot()
    stage.move_clock(to="2026-12-16T12:00:00+00:00")

    stage.start_bot()

    until(lambda: settled(stage, MessageKind.DIGEST), seconds=60)
    assert len(digests(stage)) == 1
