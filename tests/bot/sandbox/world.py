"""A small made-up workspace and the two who use it: a person at the page, and a test that looks and meddles."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from slack_bolt import App as BoltApp
from slack_bolt.adapter.socket_mode import SocketModeHandler
from websockets import Origin
from websockets.sync.client import ClientConnection, connect

from bot.sandbox.workspace import App, Channel, Person, SeedMessage, Team, WorkspaceFile

ANA, BEN, CEM, DEE, BOT = "U0ANA", "U0BEN", "U0CEM", "U0DEE", "U0BOT"
GENERAL, QUIET, CLOSED = "C0GENERAL", "C0QUIET", "C0CLOSED"
BOT_TOKEN, APP_TOKEN = "xoxb-local-1", "xapp-local-1"

SCOPES = (
    "commands",
    "chat:write",
    "im:write",
    "mpim:write",
    "channels:read",
    "groups:read",
    "users:read",
    "users:read.email",
    "team:read",
    "files:write",
    "files:read",
    "channels:history",
    "im:history",
    "mpim:history",
    "channels:manage",
    "channels:join",
    "groups:write",
    "reactions:write",
    "usergroups:read",
)

Json = dict[str, Any]
Seen = tuple[str, Json]


def manifest(scopes: tuple[str, ...] = SCOPES, *, read_only: bool = False, socket_mode: bool = True) -> Json:
    """A manifest as Slack reads it."""
    home = {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": read_only}
    return {
        "display_information": {"name": "Robin"},
        "features": {
            "app_home": home,
            "bot_user": {"display_name": "Robin", "always_online": True},
            "slash_commands": [{"command": "/robin", "description": "Ask Robin", "usage_hint": "[words]"}],
            "shortcuts": [
                {"name": "Note it", "type": "global", "callback_id": "note_it", "description": "Take a note"},
                {"name": "Note this", "type": "message", "callback_id": "note_this", "description": "Note a message"},
            ],
        },
        "oauth_config": {"scopes": {"bot": list(scopes)}},
        "settings": {
            "event_subscriptions": {
                "bot_events": ["app_home_opened", "message.im", "app_mention", "member_joined_channel"]
            },
            "socket_mode_enabled": socket_mode,
        },
    }


def workspace_file(**manifest_choices: Any) -> WorkspaceFile:
    """Four people, three channels and one app."""
    return WorkspaceFile(
        team=Team(id="T0LOCAL", name="Acorn", domain="acorn"),
        people=(
            Person(id=ANA, name="ana", real_name="Ana Alves", tz="Europe/Lisbon", email="ana@acorn.example"),
            Person(id=BEN, name="ben", real_name="Ben Baker", title="Lead", tz="America/New_York"),
            Person(id=CEM, name="cem", real_name="Cem Demir", tz="Asia/Tokyo"),
            Person(id=DEE, name="dee", real_name="Dee Gone", deleted=True),
        ),
        channels=(
            Channel(
                id=GENERAL,
                name="general",
                members=(ANA, BEN, CEM, BOT),
                messages=(SeedMessage(user=BEN, text="Good morning"),),
            ),
            Channel(id=QUIET, name="quiet", members=(ANA, BEN)),
            Channel(id=CLOSED, name="closed", members=(ANA, BOT), is_archived=True),
        ),
        app=App(
            id="A0ROBIN",
            bot_id="B0ROBIN",
            bot_user_id=BOT,
            bot_token=BOT_TOKEN,
            app_token=APP_TOKEN,
            manifest=manifest(**manifest_choices),
        ),
    )


def exchange(url: str, body: Json | None = None, *, method: str | None = None, headers: Json | None = None) -> Any:
    """Send JSON (or nothing) and read JSON, whatever the status."""
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, {"Content-Type": "application/json", **(headers or {})}, method=method)
    try:
        with urlopen(request, timeout=15) as answer:
            return json.load(answer)
    except HTTPError as error:
        with error:
            return json.load(error)


def until(find: Callable[[], Any], seconds: float = 5.0) -> Any:
    """Wait for something to become true and give it."""
    end = time.monotonic() + seconds
    while not (found := find()):
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.01)
    return found


class Control:
    """What a test may do behind the scenes."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/control"

    def calls(self, method: str) -> list[Json]:
        """What the app asked, of one method."""
        calls: list[Json] = exchange(f"{self._url}/calls")["calls"]
        return [call for call in calls if call["method"] == method]

    def fault(self, method: str, kind: str, **order: Any) -> str:
        """Order a failure."""
        return str(exchange(f"{self._url}/faults", {"method": method, "kind": kind, **order})["id"])

    def faults(self) -> dict[str, Json]:
        """The failures in force, by id."""
        return {each["id"]: each for each in exchange(f"{self._url}/faults")["faults"]}

    def post(self, path: str, body: Json) -> Any:
        """Send an order."""
        return exchange(f"{self._url}/{path}", body)

    def read(self, path: str) -> Any:
        """Look something up."""
        return exchange(f"{self._url}/{path}")

    def clear_faults(self) -> None:
        """End all failures."""
        exchange(f"{self._url}/faults", method="DELETE")

    def messages(self, channel: str = GENERAL) -> list[Json]:
        """What stands in a conversation."""
        messages: list[Json] = self.read(f"messages?channel={channel}")["messages"]
        return messages


@contextmanager
def page_user(url: str, user: str) -> Iterator["PageUser"]:
    """Somebody opens the page, and leaves it in the end."""
    address = f"{url.replace('http', 'ws', 1)}/page/events?user={user}"
    with connect(address, origin=Origin(url), proxy=None) as socket:
        page = PageUser(url, user, socket)
        assert page.next_event("view")["stack"] == []
        yield page


class PageUser:
    """Somebody at the browser page, without the browser."""

    def __init__(self, url: str, user: str, socket: ClientConnection) -> None:
        self.user = user
        self._url = url
        self._socket = socket

    def look(self, path: str, **query: str) -> Any:
        """Read something."""
        return exchange(f"{self._url}/page/{path}?{urlencode({'user': self.user, **query})}")

    def do(self, path: str, **body: Any) -> Any:
        """Do something."""
        return exchange(f"{self._url}/page/{path}", {"user": self.user, **body})

    def say(self, text: str, channel: str = GENERAL, **more: str) -> Any:
        """Type something into a conversation."""
        return self.do("send", channel=channel, text=text, **more)

    def messages(self, channel: str = GENERAL) -> list[Json]:
        """What this person sees there."""
        messages: list[Json] = self.look("messages", channel=channel)["messages"]
        return messages

    def next_event(self, kind: str, seconds: float = 5.0) -> Json:
        """The next event of a kind; others are passed over."""
        end = time.monotonic() + seconds
        while True:
            event: Json = json.loads(self._socket.recv(timeout=max(0.0, end - time.monotonic())))
            if event["type"] == kind:
                return event

    def modal(self) -> Json:
        """The modal that comes up next."""
        view: Json = self.next_event("view")["stack"][-1]
        return view

    def press_in_view(self, view: Json, action: Json, values: Json | None = None) -> Any:
        """Use something in a modal or Home."""
        where = {"type": "view", "view_id": view["id"]}
        return self.do("action", where=where, action=action, state={"values": values or {}})

    def press_on(self, message: Json, action: Json, channel: str = GENERAL) -> Any:
        """Use something on a message."""
        where = {"type": "message", "channel": channel, "ts": message["ts"]}
        return self.do("action", where=where, action=action)

    def submit(self, view: Json, values: Json | None = None) -> Any:
        """Send a form."""
        return self.do("view/submit", view_id=view["id"], state={"values": values or {}})


def plain(text: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def section(text: str = "Hello", **more: Any) -> Json:
    """A section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str = "go", block_id: str = "b", **more: Any) -> Json:
    """An actions block of one button."""
    element = {"type": "button", "action_id": action_id, "text": plain("Go"), **more}
    return {"type": "actions", "block_id": block_id, "elements": [element]}


def field(block_id: str = "title", action_id: str = "v", **more: Any) -> Json:
    """An input block for a line of text."""
    element = {"type": "plain_text_input", "action_id": action_id, **more.pop("element", {})}
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    """A modal view."""
    parts = {"type": "modal", "title": plain("A form"), "submit": plain("Save"), "callback_id": "form"}
    return {**parts, "blocks": list(blocks) or [field()], **more}


AtPage = Callable[[str], PageUser]
Connect = Callable[[BoltApp], SocketModeHandler]
