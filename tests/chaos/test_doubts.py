"""A message whose sender is killed, where nobody may read: it is listed, and a steward’s click settles it."""

from pathlib import Path

import pytest

from handlers.ids import Action
from planning.outbox.values import Address, Delivery, MessageKind, Posting
from planning.workspace.hours import Hours, at_work
from tests.bot.sandbox.world import Json, page_user, until
from tests.chaos.books import key_of
from tests.chaos.company import STEWARD, UNREADABLE
from tests.chaos.world import World, created

pytestmark = pytest.mark.chaos

KEY = "plain:1"
SOON_S = 60.0


def until_the_steward_is_at_work(world: World) -> None:
    """Nobody is told of what is stuck in the night."""
    with world.registers.reading() as register:
        steward = register.people.by_slack(STEWARD)
    assert steward is not None
    now = world.clocks.now()
    world.clocks.advance(at_work(now, Hours(steward.zone)) - now)


def doubted(world: World) -> None:
    """It is in Slack, and whoever sent it was killed before they knew."""
    fault = world.control.fault("chat.postMessage", "hold_after")
    with world.registers.writing() as register:
        posting = Posting(KEY, MessageKind.IMPORTED, 1, Address.channel(UNREADABLE), {"source": "a list", "new": 3})
        register.postings.add(posting, world.clocks.now())
    until(lambda: world.control.faults()[fault]["holding"], seconds=SOON_S)
    world.replicas.all[0].kill()
    world.control.clear_faults()


def card_with(world: World, action: Action) -> tuple[str, Json, Json] | None:
    """The channel, the card of the steward and the button on it, once they are there."""
    for conversation in world.control.read("conversations")["conversations"]:
        if conversation["kind"] == "im" and STEWARD in conversation["members"]:
            for message in world.control.messages(conversation["id"]):
                for block in message.get("blocks", ()):
                    for element in (*block.get("elements", ()), block.get("accessory") or {}):
                        if element.get("action_id") == action:
                            return conversation["id"], message, {**element, "block_id": block["block_id"]}
    return None


def state(world: World) -> Delivery:
    outbox = world.database.outbox(world.registers.workspace)
    return next(one.state for one in outbox.page(1000).items if one.posting.delivery_key == KEY)


@pytest.mark.parametrize(
    ("action", "times", "ends"),
    [(Action.MESSAGE_LEAVE, 1, Delivery.DROPPED), (Action.MESSAGE_RESEND, 2, Delivery.SENT)],
    ids=["it is there", "send it again"],
)
def test_a_message_in_doubt_where_nobody_may_read_is_settled_by_one_click(
    tmp_path: Path, action: Action, times: int, ends: Delivery
) -> None:
    with created("sqlite", tmp_path) as world:
        until_the_steward_is_at_work(world)
        doubted(world)

        channel, card, button = until(lambda: card_with(world, action), seconds=SOON_S)
        assert state(world) is Delivery.UNCERTAIN
        with page_user(world.url, STEWARD) as steward:
            assert steward.press_on(card, button, channel=channel)["ok"]

        until(lambda: state(world) is ends, seconds=SOON_S)
        assert [key_of(one) for one in world.control.messages(UNREADABLE)] == [KEY] * times
