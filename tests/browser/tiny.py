"""A small workspace and a small app in it, for trying the page."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from tests.browser import gallery
from tests.browser.gallery import Json, button, option, plain, section, without_none

BOT_TOKEN = "xoxb-tiny"
APP_TOKEN = "xapp-tiny"
SCOPES = ["commands", "chat:write", "chat:write.public", "im:write", "mpim:write", "files:write"]
MANIFEST = {
    "display_information": {"name": "Tiny", "description": "A small app"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Tiny", "always_online": True},
        "slash_commands": [{"command": "/tiny", "description": "Try things", "usage_hint": "form | cards | gallery"}],
        "shortcuts": [
            {"name": "Open the form", "type": "global", "callback_id": "open_form", "description": "A short form"},
            {"name": "Count letters", "type": "message", "callback_id": "count", "description": "Of this message"},
        ],
    },
    "oauth_config": {"scopes": {"bot": SCOPES}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}
PEOPLE = [
    {"id": "U1", "name": "ana", "real_name": "Ana Ruiz", "title": "Head of Service", "tz": "Europe/Madrid"},
    {"id": "U2", "name": "ben", "real_name": "Ben Okafor", "title": "Marketing lead", "tz": "America/New_York"},
    {"id": "U3", "name": "chi", "real_name": "Chi Tanaka", "title": "Chief executive", "tz": "Asia/Tokyo"},
]
HELLO = [{"user": "U2", "text": "Good morning"}]
WORKSPACE = {
    "team": {"id": "T1", "name": "Northwind", "domain": "northwind"},
    "people": PEOPLE,
    "channels": [
        {"id": "C1", "name": "general", "topic": "For all", "members": ["U1", "U2", "U3", "U9"], "messages": HELLO},
        {"id": "C2", "name": "leads", "members": ["U1", "U2"], "is_private": True},
    ],
    "app": {
        "id": "A1",
        "bot_id": "B1",
        "bot_user_id": "U9",
        "bot_token": BOT_TOKEN,
        "app_token": APP_TOKEN,
        "manifest": MANIFEST,
    },
}


def _input(block_id: str, label: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def form() -> Json:
    """A form with a text, a menu and a date."""
    stage = {"type": "static_select", "action_id": "v", "options": [option(1), option(2), option(3)]}
    title = {"type": "plain_text_input", "action_id": "v", "max_length": 80}
    fields = [
        _input("title", "Title", title, hint=plain("A few words")),
        _input("stage", "Stage", stage, optional=True),
        _input("day", "Day", {"type": "datepicker", "action_id": "v"}, optional=True),
    ]
    look = {"title": plain("Short form"), "submit": plain("Save"), "close": plain("Cancel")}
    return {"type": "modal", "callback_id": "form", **look, "blocks": fields}


def card(decided: str | None = None) -> list[Json]:
    """A card with two verdicts, or with what was decided."""
    verdicts = [button("Join", style="primary", value="1"), button("Decline", value="2", confirm=gallery.CONFIRM)]
    ending = section(f"Decided: *{decided}*") if decided else {"type": "actions", "elements": verdicts}
    return [section("Two projects overlap"), ending]


def _run(ack: Ack, command: Json, client: WebClient, respond: Respond) -> None:
    ack()
    word, channel = command["text"], command["channel_id"]
    if word == "form":
        client.views_open(trigger_id=command["trigger_id"], view=form())
    elif word == "fields":
        client.views_open(trigger_id=command["trigger_id"], view=gallery.FORM)
    elif word == "cards":
        client.chat_postMessage(channel=channel, text="Two projects overlap", blocks=card())
    elif word == "gallery":
        for name, blocks in gallery.MESSAGES.items():
            client.chat_postMessage(channel=channel, text=name, blocks=without_none(blocks))
    else:
        respond(f"You wrote: {word}")


def _save(ack: Ack, view: Json, body: Json, client: WebClient) -> None:
    values = view["state"]["values"]
    title = values["title"]["v"]["value"]
    if title == "taken":
        ack(response_action="errors", errors={"title": "That title is taken. Choose another."})
        return
    ack()
    stage = values["stage"]["v"]["selected_option"] or {"value": "none"}
    text = f"Saved {title}, stage {stage['value']}, day {values['day']['v']['selected_date']}"
    client.chat_postMessage(channel="C1", text=text)


def _decide(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
    ack()
    place = body["container"]
    decided = action["text"]["text"]
    client.chat_update(channel=place["channel_id"], ts=place["message_ts"], text="Decided", blocks=card(decided))


def _show_home(event: Json, client: WebClient) -> None:
    blocks = [{"type": "header", "text": plain("Your day")}, *gallery.ACTIONS]
    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": without_none(blocks)})


def _open_form(ack: Ack, shortcut: Json, client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=shortcut["trigger_id"], view=form())


def _count(ack: Ack, shortcut: Json, respond: Respond) -> None:
    ack()
    respond(f"That message has {len(shortcut['message']['text'])} letters")


def _suggest(ack: Ack, payload: Json) -> None:
    ack(options=[{"text": plain(f"{payload['value']} {number}"), "value": str(number)} for number in (1, 2)])


def _build(client: WebClient) -> App:
    app = App(client=client, token_verification_enabled=False)
    app.command("/tiny")(_run)
    app.view("form")(_save)
    app.view("gallery")(lambda ack: ack())
    app.action("press_join")(_decide)
    app.action("press_decline")(_decide)
    app.event("app_home_opened")(_show_home)
    app.shortcut("open_form")(_open_form)
    app.shortcut("count")(_count)
    app.options("use_external_select")(_suggest)
    return app


@contextmanager
def connected(api_url: str) -> Iterator[None]:
    """The app, connected by Socket Mode for as long as the block lasts."""
    client = WebClient(token=BOT_TOKEN, base_url=api_url)
    handler = SocketModeHandler(_build(client), APP_TOKEN)
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        handler.close()  # type: ignore[no-untyped-call]


@contextmanager
def started(workspace: Json, folder: Path) -> Iterator[Json]:
    """The local workspace as a process of its own; gives what it prints when it is ready."""
    file = folder / "workspace.json"
    file.write_text(json.dumps(workspace), encoding="utf-8")
    command = [sys.executable, "-m", "bot.sandbox", "--workspace", str(file), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.send_signal(signal.SIGTERM)
