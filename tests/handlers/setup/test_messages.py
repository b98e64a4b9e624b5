from datetime import timedelta

import pytest

from db.database import Database
from handlers.home import open_home
from handlers.ids import Action
from handlers.setup.messages import press_leave, press_resend
from handlers.views.stuck import KIND_WORDS, stuck_blocks, stuck_message
from planning.outbox.values import Address, Delivery, MessageKind
from planning.register import Page
from tests.builders import NOW, at, lead, message, posting, schedule, steward
from tests.handlers.slack import Desk, buttons, drawn, spoken


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    """Ada leads Marketing and is the steward, too."""
    desk.actor = lead(1, id=1, roles=lead().roles | steward().roles)
    with desk.registers.writing() as register:
        register.people.save(desk.actor)
    return desk


@pytest.fixture
def failed(database: Database, desk: Desk) -> None:
    """An alert to Bo that could not be sent."""
    with desk.registers.writing() as register:
        register.postings.add(posting(address=Address.person("U0BO")), NOW)
    outbox = database.outbox("main")
    outbox.failed(outbox.claim(NOW, timedelta(minutes=1), 1)[0], "The account of this person is switched off.")


def home(desk: Desk) -> str:
    open_home({"tab": "home"}, desk.client, desk.registers, desk.actor, desk.now)
    return spoken(drawn(desk.client.views_publish.call_args.kwargs["view"]))


@pytest.mark.usefixtures("failed")
def test_a_steward_sees_what_did_not_arrive_why_and_when_and_has_it_sent_again(
    keeper: Desk, database: Database
) -> None:
    said = home(keeper)
    assert "1 message did not arrive" in said
    assert "Alert about an overlap, for Bo Lind\n1 March 2027, 10:00\nThe account of this person" in said

    view = drawn(keeper.client.views_publish.call_args.kwargs["view"])
    press_resend(
        keeper.ack,
        buttons(view["blocks"])[Action.MESSAGE_RESEND],
        keeper.client,
        keeper.registers,
        keeper.actor,
        keeper.now,
    )
    assert database.outbox("main").by_id(1).state is Delivery.PENDING
    assert "did not arrive" not in spoken(drawn(keeper.client.views_publish.call_args.kwargs["view"]))


@pytest.mark.usefixtures("failed")
def test_the_others_do_not_see_it(keeper: Desk, other: Desk) -> None:
    assert "did not arrive" not in home(other)


def test_channels_are_called_by_their_names(keeper: Desk, database: Database) -> None:
    with keeper.registers.writing() as register:
        register.schedules.add(schedule())
        register.postings.add(posting(address=Address.channel("C0MARKET")), NOW)
        digest = posting(delivery_key="digest:1", kind=MessageKind.DIGEST, address=Address.channel("C0EXEC"))
        register.postings.add(digest, NOW)
    outbox = database.outbox("main")
    for each in outbox.claim(NOW, timedelta(minutes=1), 9):
        outbox.failed(each, "The channel is archived. Choose another one.")
    said = home(keeper)

    assert "The executives’ digest, for the executives’ channel" in said
    assert "Alert about an overlap, for #marketing" in said


def test_what_is_in_doubt_is_said_to_be() -> None:
    doubtful = message(state=Delivery.UNCERTAIN, error="The connection broke.")
    blocks = stuck_blocks(Page((doubtful,), 1), {}, "Nowhere/Land")

    assert "for somebody\n1 March 2027, 09:00\nThe connection broke. It may be there" in spoken(
        [block.to_dict() for block in blocks]
    )


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ([Delivery.UNCERTAIN], "1 message may not have arrived"),
        ([Delivery.UNCERTAIN, Delivery.FAILED], "2 messages did not arrive, or may not have"),
    ],
)
def test_of_what_is_in_doubt_it_is_not_said_that_it_did_not_arrive(states: list[Delivery], told: str) -> None:
    rows = tuple(message(id=n, state=state) for n, state in enumerate(states, 1))
    card = stuck_message(Page(rows, len(rows)), {}, "UTC")

    assert card.text.splitlines()[0] == told
    assert ("First mend the cause" in spoken(drawn({"type": "home", "blocks": card.arguments()["blocks"]}))) is (
        Delivery.FAILED in states
    )


def test_the_longest_list_fits() -> None:
    group = Address.group(tuple(f"U{n}" for n in range(8)))
    rows = tuple(
        message(id=n, posting=posting(address=group), state=Delivery.FAILED, error="<!here> " * 300, created_at=at(-n))
        for n in range(1, 6)
    )
    blocks = stuck_blocks(Page(rows, 400), {f"U{n}": "<@U0ADA> " * 9 for n in range(8)}, "Europe/Oslo")
    view = drawn({"type": "home", "blocks": [block.to_dict() for block in blocks]})

    assert "400 messages did not arrive" in spoken(view)
    assert "…and 395 older ones" in spoken(view)


def test_every_kind_of_message_has_its_words() -> None:
    assert KIND_WORDS.keys() == set(MessageKind)


@pytest.mark.usefixtures("failed")
def test_a_steward_may_leave_it(keeper: Desk, database: Database) -> None:
    home(keeper)
    view = drawn(keeper.client.views_publish.call_args.kwargs["view"])
    press = buttons(view["blocks"])[Action.MESSAGE_LEAVE]
    press_leave(keeper.ack, press, keeper.client, keeper.registers, keeper.actor, keeper.now)

    assert press["text"]["text"] == "Leave it"
    assert database.outbox("main").by_id(1).state is Delivery.DROPPED


def test_what_may_be_there_can_be_said_to_be_there() -> None:
    blocks = stuck_blocks(Page((message(state=Delivery.UNCERTAIN),), 1), {}, "UTC")

    assert "It is there" in str([block.to_dict() for block in blocks])


def test_the_longest_card_fits_and_an_empty_one_says_so() -> None:
    rows = tuple(message(id=n, state=Delivery.FAILED, error="<!here> & " * 300) for n in range(1, 6))
    card = stuck_message(Page(rows, 400), {}, "Europe/Oslo").arguments()

    assert "400 messages did not arrive" in spoken(drawn({"type": "home", "blocks": card["blocks"]}))
    assert "<!here>" not in card["text"]
    assert "Nothing is stuck any more" in stuck_message(Page((), 0), {}, "UTC").text
