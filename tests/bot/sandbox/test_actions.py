"""Buttons and menus on messages, in modals and on Home, with a real Bolt app."""

import pytest
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.sandbox.server import Sandbox
from tests.bot.sandbox.world import (
    ANA,
    BEN,
    GENERAL,
    AtPage,
    Connect,
    Control,
    Json,
    button,
    exchange,
    modal,
    plain,
    section,
    until,
)

GO = {"type": "button", "action_id": "go", "block_id": "b"}


@pytest.fixture
def presses(app: App, connected: Connect) -> list[Json]:
    """What the app is told of presses of `go`."""
    seen = []

    @app.action("go")
    def press(ack: Ack, body: Json) -> None:
        ack()
        seen.append(body)

    connected(app)
    return seen


def test_a_press_on_a_message_tells_who_where_and_what(client: WebClient, presses: list[Json], at_page: AtPage) -> None:
    ts = client.chat_postMessage(channel=GENERAL, text="x", blocks=[button(value="17")])["ts"]

    at_page(BEN).press_on({"ts": ts}, GO)

    body = presses[0]
    assert body["user"]["id"] == BEN
    assert body["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": GENERAL,
        "is_ephemeral": False,
    }
    assert body["message"]["blocks"][0]["block_id"] == "b"
    assert body["actions"][0]["value"] == "17"


def test_a_press_in_a_modal_carries_the_view_and_no_channel(
    client: WebClient, presses: list[Json], at_page: AtPage, app: App
) -> None:
    app.shortcut("note_it")(
        lambda ack, shortcut: (ack(), client.views_open(trigger_id=shortcut["trigger_id"], view=modal(button())))
    )
    ana = at_page(ANA)
    ana.do("shortcut", callback_id="note_it")

    ana.press_in_view(ana.modal(), GO)

    assert presses[0]["container"]["type"] == "view"
    assert presses[0]["view"]["callback_id"] == "form"
    assert "channel" not in presses[0]


def test_a_press_on_home_carries_the_home_view(client: WebClient, presses: list[Json], at_page: AtPage) -> None:
    client.views_publish(user_id=ANA, view={"type": "home", "blocks": [button()]})
    ana = at_page(ANA)

    ana.press_in_view(ana.look("home")["view"], GO)

    assert presses[0]["view"]["type"] == "home"


def test_the_original_can_be_replaced_and_deleted(
    app: App, client: WebClient, connected: Connect, at_page: AtPage, control: Control
) -> None:
    answers: list[Json] = [{"replace_original": True, "text": "Done"}, {"delete_original": True}]

    @app.action("go")
    def press(ack: Ack, respond: Respond) -> None:
        ack()
        respond(**answers.pop(0))

    connected(app)
    ts = client.chat_postMessage(channel=GENERAL, text="x", blocks=[button(), section()])["ts"]
    ana = at_page(ANA)

    ana.press_on({"ts": ts}, GO)
    changed = ana.next_event("message_changed")["message"]
    assert changed["text"] == "Done"
    assert "blocks" not in changed

    client.chat_update(channel=GENERAL, ts=ts, text="x", blocks=[button()])
    ana.press_on({"ts": ts}, GO)
    assert ana.next_event("message_deleted")["ts"] == ts
    assert [each["text"] for each in control.messages()] == ["Good morning"]


def test_an_ephemeral_message_can_be_replaced_and_carries_no_message(
    client: WebClient, app: App, connected: Connect, at_page: AtPage
) -> None:
    seen = []

    @app.action("go")
    def press(ack: Ack, body: Json, respond: Respond) -> None:
        ack()
        seen.append(body)
        respond(text="Chosen", replace_original=True)

    connected(app)
    ana = at_page(ANA)
    client.chat_postEphemeral(channel=GENERAL, user=ANA, text="x", blocks=[button()])
    message = ana.next_event("message")["message"]

    ana.press_on(message, GO)

    assert ana.next_event("message_changed")["message"]["text"] == "Chosen"
    assert seen[0]["container"]["is_ephemeral"] is True
    assert "message" not in seen[0]
    assert "not there" in at_page(BEN).press_on(message, GO)["notice"]


def test_a_button_that_was_replaced_meanwhile_is_refused(
    client: WebClient, presses: list[Json], at_page: AtPage
) -> None:
    ts = client.chat_postMessage(channel=GENERAL, text="x", blocks=[button()])["ts"]
    client.chat_update(channel=GENERAL, ts=ts, text="decided")

    assert "not there" in at_page(ANA).press_on({"ts": ts}, GO)["notice"]
    assert presses == []


def test_a_press_that_nobody_acknowledges_is_a_notice(
    client: WebClient, app: App, connected: Connect, at_page: AtPage
) -> None:
    connected(app)
    ts = client.chat_postMessage(channel=GENERAL, text="x", blocks=[button()])["ts"]

    assert "operation_timeout" in at_page(ANA).press_on({"ts": ts}, GO)["notice"]


def test_a_choice_must_be_one_of_those_offered(client: WebClient, presses: list[Json], at_page: AtPage) -> None:
    options = [{"text": plain(each), "value": each} for each in ("red", "blue")]
    menu = {"type": "static_select", "action_id": "go", "options": options}
    block = {"type": "actions", "block_id": "b", "elements": [menu]}
    ts = client.chat_postMessage(channel=GENERAL, text="x", blocks=[block])["ts"]
    ana = at_page(ANA)

    assert ana.press_on({"ts": ts}, {**GO, "selected_option": options[1]})["ok"]
    assert not ana.press_on({"ts": ts}, {**GO, "selected_option": {"text": plain("green"), "value": "green"}})["ok"]
    assert presses[0]["actions"][0]["selected_option"]["value"] == "blue"
    assert presses[0]["state"]["values"]["b"]["go"]["selected_option"]["value"] == "blue"
    assert len(presses) == 1


def test_options_come_from_the_app_while_a_person_types(
    app: App, client: WebClient, connected: Connect, at_page: AtPage
) -> None:
    @app.options("go")
    def find(ack: Ack, payload: Json) -> None:
        ack(options=[{"text": plain(f"{payload['value']} {each}"), "value": str(each)} for each in range(3)])

    connected(app)
    menu = {"type": "external_select", "action_id": "go", "min_query_length": 0}
    block = {"type": "actions", "block_id": "b", "elements": [menu]}
    ts = client.chat_postMessage(channel=GENERAL, text="x", blocks=[block])["ts"]

    where = {"type": "message", "channel": GENERAL, "ts": ts}
    answer = at_page(ANA).do("options", where=where, action_id="go", block_id="b", value="cla")

    assert [each["text"]["text"] for each in answer["options"]] == ["cla 0", "cla 1", "cla 2"]


def test_options_that_slack_would_not_show_are_a_notice(
    app: App, client: WebClient, connected: Connect, at_page: AtPage, control: Control
) -> None:
    app.options("go")(lambda ack: ack(options=[{"text": plain("x" * 76), "value": "1"}]))
    connected(app)
    menu = {"type": "external_select", "action_id": "go"}
    block = {"type": "actions", "block_id": "b", "elements": [menu]}
    ts = client.chat_postMessage(channel=GENERAL, text="x", blocks=[block])["ts"]

    where = {"type": "message", "channel": GENERAL, "ts": ts}
    answer = at_page(ANA).do("options", where=where, action_id="go", block_id="b", value="cla")

    assert "invalid_options" in answer["notice"]
    assert control.calls("ack.block_suggestion")


@pytest.fixture
def response_url(client: WebClient, presses: list[Json], at_page: AtPage) -> str:
    """An address to answer at, as a press brings it."""
    ts = client.chat_postMessage(channel=GENERAL, text="x", blocks=[button()])["ts"]
    at_page(ANA).press_on({"ts": ts}, GO)
    return str(until(lambda: presses)[0]["response_url"])


def status_of(url: str, body: Json) -> tuple[int, str]:
    answer = WebhookClient(url).send_dict(body)
    return answer.status_code, answer.body


def test_a_response_url_works_five_times(response_url: str) -> None:
    answers = [status_of(response_url, {"text": "again"}) for _ in range(6)]

    assert answers == [(200, "ok")] * 5 + [(404, "used_url")]


def test_a_response_url_works_for_half_an_hour(response_url: str, control: Control) -> None:
    control.post("clock", {"advance_s": 29 * 60})
    assert status_of(response_url, {"text": "late"}) == (200, "ok")

    control.post("clock", {"advance_s": 61})
    assert status_of(response_url, {"text": "too late"}) == (404, "expired_url")


def test_a_response_that_cannot_be_shown_is_refused(response_url: str) -> None:
    assert status_of(response_url, {"text": "x", "blocks": [{"type": "starfield"}]}) == (400, "invalid_blocks")
    assert status_of(response_url, {"response_type": "ephemeral"}) == (400, "no_text")


def test_the_page_answers_words_for_a_person_to_nonsense(sandbox: Sandbox) -> None:
    answer = exchange(f"{sandbox.url}/page/action", {"user": ANA})

    assert answer["ok"] is False
    assert answer["notice"]
