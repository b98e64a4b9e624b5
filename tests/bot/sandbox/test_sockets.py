"""Socket Mode and events: connections come and go, payloads arrive once, or again when they must."""

import time
from collections.abc import Callable
from contextlib import ExitStack

import pytest
from slack_bolt import Ack, App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bot.sandbox.server import Sandbox
from tests.bot.sandbox.world import (
    ANA,
    APP_TOKEN,
    BEN,
    BOT,
    BOT_TOKEN,
    GENERAL,
    AtPage,
    Connect,
    Control,
    Json,
    Seen,
    button,
    until,
)


def an_app(sandbox: Sandbox, seen: list[Seen], name: str = "") -> App:
    app = App(client=WebClient(token=BOT_TOKEN, base_url=sandbox.api_url), token_verification_enabled=False)
    app.event("app_home_opened")(lambda body: seen.append((name, body)))
    app.event("message")(lambda body: seen.append((name, body)))
    app.command("/robin")(lambda ack: ack(f"from {name}"))
    return app


@pytest.fixture
def seen() -> list[Seen]:
    """Who was told what."""
    return []


def test_opening_home_is_told_with_the_published_view(
    sandbox: Sandbox, seen: list[Seen], connected: Connect, at_page: AtPage, client: WebClient
) -> None:
    connected(an_app(sandbox, seen))
    ana = at_page(ANA)

    assert ana.look("home")["view"] is None
    client.views_publish(user_id=ANA, view={"type": "home", "blocks": [{"type": "divider"}]})
    assert ana.next_event("home")["view"]["type"] == "home"
    ana.look("home")

    until(lambda: len(seen) == 2)
    first, second = sorted((body["event"] for _, body in seen), key=lambda event: event["event_ts"])
    assert (first["user"], first["tab"], "view" in first) == (ANA, "home", False)
    assert second["view"]["blocks"][0]["type"] == "divider"


def test_opening_the_apps_messages_is_told(
    sandbox: Sandbox, seen: list[Seen], connected: Connect, at_page: AtPage
) -> None:
    connected(an_app(sandbox, seen))

    channel = at_page(ANA).do("open", **{"with": [BOT]})["channel"]

    event = until(lambda: seen)[0][1]["event"]
    assert (event["tab"], event["channel"]) == ("messages", channel)


def test_a_message_to_the_app_is_told(sandbox: Sandbox, seen: list[Seen], connected: Connect, at_page: AtPage) -> None:
    connected(an_app(sandbox, seen))
    ana = at_page(ANA)
    channel = ana.do("open", **{"with": [BOT]})["channel"]

    ana.say("Hello Robin", channel=channel)

    events = until(lambda: len(seen) == 2 and [body["event"] for _, body in seen])
    assert {each["type"] for each in events} == {"app_home_opened", "message"}


def test_nothing_is_told_that_the_manifest_does_not_ask_for(
    sandbox: Sandbox, seen: list[Seen], connected: Connect, at_page: AtPage
) -> None:
    connected(an_app(sandbox, seen))

    at_page(ANA).say("Just talking")
    at_page(ANA).look("home")

    until(lambda: seen)
    assert [body["event"]["type"] for _, body in seen] == ["app_home_opened"]


def test_each_payload_goes_to_one_of_two_connections(
    sandbox: Sandbox, seen: list[Seen], connected: Connect, at_page: AtPage
) -> None:
    connected(an_app(sandbox, seen, "one"))
    connected(an_app(sandbox, seen, "two"))
    ana = at_page(ANA)

    for _ in range(4):
        ana.say("/robin")

    assert sorted(each["text"] for each in ana.messages()[1:]) == ["from one"] * 2 + ["from two"] * 2


def test_a_refresh_moves_to_a_new_connection_without_a_gap(
    sandbox: Sandbox, seen: list[Seen], connected: Connect, at_page: AtPage, control: Control
) -> None:
    connected(an_app(sandbox, seen))
    first = sandbox.workspace.sockets.connections[0]
    ana = at_page(ANA)

    control.post("socket", {"action": "disconnect"})
    until(lambda: [each for each in sandbox.workspace.sockets.connections if each is not first])

    assert ana.say("/robin") == {"ok": True}
    until(lambda: first not in sandbox.workspace.sockets.connections)
    assert ana.say("/robin") == {"ok": True}


def test_a_refused_app_comes_back_when_it_may(
    sandbox: Sandbox, seen: list[Seen], connected: Connect, at_page: AtPage, control: Control
) -> None:
    connected(an_app(sandbox, seen))
    ana = at_page(ANA)

    control.post("socket", {"action": "refuse"})
    until(lambda: ana.next_event("connected")["connected"] is False)
    assert ana.look("session")["connected"] is False
    with pytest.raises(SlackApiError, match="service_unavailable"):
        WebClient(base_url=sandbox.api_url).apps_connections_open(app_token=APP_TOKEN)

    control.post("socket", {"action": "accept"})
    until(lambda: ana.next_event("connected", 10)["connected"] is True)


def test_an_event_without_acknowledgement_comes_again_as_the_same_event(
    sandbox: Sandbox, connected: Connect, at_page: AtPage
) -> None:
    seen = []
    app = App(client=WebClient(token=BOT_TOKEN, base_url=sandbox.api_url), token_verification_enabled=False)

    @app.middleware
    def lose_the_first(request: BoltRequest, next_: Callable[[], None]) -> None:
        seen.append((request.body["event_id"], request.headers.get("x-slack-retry-num")))
        if len(seen) > 1:
            next_()

    app.event("app_home_opened")(lambda: None)
    connected(app)

    at_page(ANA).look("home")

    until(lambda: len(seen) == 2)
    assert seen[0][0] == seen[1][0]
    assert [attempt for _, attempt in seen] == [["0"], ["1"]]
    time.sleep(0.3)
    assert len(seen) == 2


def test_an_event_waits_for_an_app_that_is_away(
    sandbox: Sandbox, seen: list[Seen], connected: Connect, at_page: AtPage
) -> None:
    at_page(ANA).look("home")

    connected(an_app(sandbox, seen))

    assert until(lambda: seen)[0][1]["event"]["type"] == "app_home_opened"


def test_events_come_twice_when_ordered(
    sandbox: Sandbox, seen: list[Seen], connected: Connect, at_page: AtPage, control: Control
) -> None:
    connected(an_app(sandbox, seen))
    control.post("duplicate_events", {"on": True})

    at_page(BEN).look("home")

    until(lambda: len(seen) == 2)
    assert len({body["event_id"] for _, body in seen}) == 1


def test_presses_come_twice_when_ordered(
    sandbox: Sandbox, seen: list[Seen], connected: Connect, at_page: AtPage, control: Control, client: WebClient
) -> None:
    app = an_app(sandbox, seen)

    @app.action("go")
    def press(ack: Ack, body: Json) -> None:
        seen.append(("press", body))
        ack()

    connected(app)
    control.post("duplicate_events", {"on": True})
    client.chat_postMessage(channel=GENERAL, text="Go", blocks=[button()])
    ana = at_page(ANA)

    assert ana.press_on(ana.messages()[-1], button()["elements"][0] | {"block_id": "b"})["ok"]

    until(lambda: len(seen) == 2)
    assert len({body["trigger_id"] for _, body in seen}) == 1


def test_a_mention_and_a_newcomer_are_told(
    sandbox: Sandbox, seen: list[Seen], connected: Connect, at_page: AtPage, client: WebClient
) -> None:
    app = an_app(sandbox, seen)
    app.event("app_mention")(lambda body: seen.append(("mention", body)))
    app.event("member_joined_channel")(lambda body: seen.append(("newcomer", body)))
    connected(app)

    at_page(ANA).say("@robin what is new?")
    client.conversations_invite(channel=client.conversations_create(name="plans")["channel"]["id"], users=[BEN])

    told = until(lambda: len(seen) == 2 and {name: body["event"] for name, body in seen})
    assert told["mention"]["text"] == f"<@{BOT}> what is new?"
    assert told["newcomer"]["user"] == BEN


def test_an_eleventh_connection_is_refused(sandbox: Sandbox, client: WebClient) -> None:
    def address() -> str:
        return str(client.apps_connections_open(app_token=APP_TOKEN)["url"])

    with ExitStack() as connections:
        for _ in range(10):
            connections.enter_context(connect(address(), proxy=None))

        with pytest.raises(InvalidStatus):
            connections.enter_context(connect(address(), proxy=None))
