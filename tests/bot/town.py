"""The real app in a local Slack workspace, in one process; two leads at their desks, who may type anything."""

import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.app import slack_client
from bot.delivery.pace import USUAL
from bot.delivery.worker import Deliverer
from bot.manifest import manifest
from bot.sandbox.forms import form_values, interactive_elements
from bot.sandbox.server import Sandbox, running
from bot.sandbox.state import Pace
from bot.sandbox.workspace import App as AppEntry
from bot.sandbox.workspace import Channel, Person, Team, WorkspaceFile
from bot.scheduling.due_times import next_due
from db.database import Database
from handlers.context import Services
from handlers.ids import Action, Modal, Shortcut
from handlers.listening import register_all
from handlers.patience import Patience
from planning.outbox.pacing import LIFTED
from planning.register import Registers
from tests.bot.sandbox.world import APP_TOKEN, BOT_TOKEN, Control, Json, PageUser, exchange, page_user, until
from tests.handlers.slack import WordEncoder, have_bolt_wait

ADA, BO, BOT = "U0ADA", "U0BO", "U0BOT"
MARKET, SERVICE, EXECUTIVES = "C0MARKET", "C0SERVICE", "C0EXEC"
HALF = "\ue000"
"""Stands for half a surrogate pair until the app reads it: the page's JSON cannot carry one, Slack's could."""
UNTIL_S = 30.0


def workspace_file() -> WorkspaceFile:
    """Ada and Bo, three channels, and Concord as its manifest has it, with the step for workflows."""
    members = (ADA, BO, BOT)
    names = {MARKET: "marketing", SERVICE: "service", EXECUTIVES: "executives"}
    return WorkspaceFile(
        team=Team(id="T0HARBOUR", name="Harbour", domain="harbour"),
        people=(
            Person(id=ADA, name="ada", real_name="Ada Berg", tz="Europe/Oslo"),
            Person(id=BO, name="bo", real_name="Bo Lind", tz="Europe/Oslo"),
        ),
        channels=tuple(Channel(id=id, name=name, members=members) for id, name in names.items()),
        app=AppEntry(
            id="A0CONCORD",
            bot_id="B0CONCORD",
            bot_user_id=BOT,
            bot_token=BOT_TOKEN,
            app_token=APP_TOKEN,
            manifest=manifest(internal=True),
        ),
    )


class Listeners(ThreadPoolExecutor):
    """The threads of the app's listeners, and what runs in them."""

    def __init__(self) -> None:
        super().__init__(thread_name_prefix="listener")
        self.begun: list[Future[Any]] = []

    def submit(self, *work: Any, **arguments: Any) -> Future[Any]:
        """Begin to listen."""
        self.begun.append(future := super().submit(*work, **arguments))
        return future


@dataclass
class Town:
    """A running workspace with the app in it; each test hands in a database and registers of its own."""

    sandbox: Sandbox
    client: WebClient
    control: Control
    listeners: "Listeners"
    database: Database = field(init=False)
    registers: Registers = field(init=False)
    call: int = 0
    """The number of the last call of earlier tests."""
    message: str = ""
    """The time of their last message."""
    rested: Iterator[int] = field(default_factory=lambda: count(1))
    """How often the sender has looked; its clock only goes forward."""

    def deliver(self) -> None:
        """Send all that waits; by the sender's clock every conversation has had its rest."""
        deliverer = Deliverer(
            self.database,
            lambda _workspace: self.client,
            lambda: datetime.now(UTC) + timedelta(seconds=2 * next(self.rested)),
            times=replace(USUAL, patience=0.0),
            rates=LIFTED,
        )
        while deliverer.deliver_once():
            pass

    def refused(self) -> list[Json]:
        """Every new call that the workspace refused."""
        return [call for call in self._calls() if not call["ok"]]

    def forget(self) -> None:
        """What came until now is not looked at again."""
        self.call = max((call["seq"] for call in self._calls()), default=self.call)
        self.message = self.sandbox.workspace.clock.stamp()

    def settle(self) -> None:
        """Wait until every listener has come to its end."""
        until(lambda: all(each.done() for each in list(self.listeners.begun)), UNTIL_S)
        self.listeners.begun.clear()

    def homes_drawn(self) -> int:
        """How often a Home tab was drawn, of late."""
        return sum(call["method"] == "views.publish" for call in self._calls())

    def _calls(self) -> list[Json]:
        calls: list[Json] = exchange(f"{self.sandbox.url}/control/calls?since={self.call}")["calls"]
        return calls

    def kept(self) -> list[Json]:
        """Every new message of the app and every open view, as the workspace holds them."""
        workspace = self.sandbox.workspace
        places = [(one.id, user) for one in workspace.conversations for user in (ADA, BO)]
        seen = {each.ts: each for channel, user in places for each in workspace.messages.seen_by(channel, user)}
        views = [view for stack in list(workspace.views.stacks.values()) for view in stack]
        return [
            *(message.message_object() for ts, message in seen.items() if message.bot_id and ts > self.message),
            *(view.view_object(workspace.frame(view.user)) for view in views),
            *(workspace.views.homes[user].view_object(workspace.frame(user)) for user in list(workspace.views.homes)),
        ]


@contextmanager
def town() -> Iterator[Town]:
    """Everything started, and stopped at the end."""
    with pytest.MonkeyPatch.context() as patch, running(workspace_file(), pace=Pace(ack_seconds=UNTIL_S)) as sandbox:
        have_bolt_wait(patch)
        client = slack_client(BOT_TOKEN, sandbox.api_url)
        here = Town(sandbox, client, Control(sandbox.url), Listeners())
        app = App(
            client=client,
            token_verification_enabled=False,
            logger=logging.getLogger("slack_bolt"),
            listener_executor=here.listeners,
        )
        app.middleware(_with_halves)
        given = (lambda _team: here.registers, lambda: datetime.now(UTC), WordEncoder(), next_due)
        register_all(app, Services(*given, patience=Patience(waits_s=UNTIL_S)))
        # After four pings without an answer Slack's client leaves, and what is under way is lost.
        handler = SocketModeHandler(app, APP_TOKEN, ping_interval=2.0)
        handler.connect()  # type: ignore[no-untyped-call]
        until(lambda: sandbox.workspace.sockets.is_connected)
        yield here
        handler.client.auto_reconnect_enabled = False
        here.control.post("socket", {"action": "refuse"})
        until(lambda: not handler.client.is_connected())
        handler.close()  # type: ignore[no-untyped-call]


def _with_halves(body: dict[str, Any], next_: Callable[[], None]) -> None:
    body.update(json.loads(json.dumps(body).replace(json.dumps(HALF)[1:-1], "\\ud800")))
    next_()


@dataclass
class Seat:
    """Somebody at the page who uses the app and reads what it answers."""

    page: PageUser
    here: Town

    def ask(self, text: str) -> Json:
        """Type `/cx …`; the private answer."""
        answer = self.page.say(f"/cx {text}", MARKET)
        assert answer["ok"], answer
        return self._message("message")

    def open(self, text: str) -> Json:
        """Type `/cx …`; the form that it opens, filled."""
        answer = self.page.say(f"/cx {text}", MARKET)
        assert answer["ok"], answer
        return self._filled()

    def say(self, text: str) -> Json:
        """Write a message that everybody in the channel sees."""
        answer = self.page.say(text, MARKET)
        assert answer["ok"], answer
        return self._message("message")

    def make_initiative_of(self, message: Json) -> Json:
        """Use the message shortcut; the form that it opens, filled."""
        self.page.do("shortcut", callback_id=Shortcut.FROM_MESSAGE, channel=MARKET, message_ts=message["ts"])
        return self._filled()

    def press(self, message: Json, action: Action, nth: int = 0) -> Json:
        """Press a button of a private answer; the answer to that."""
        self.page.press_on(message, _action(message["blocks"], action, nth), MARKET)
        return self._message("message")

    def press_replacing(self, message: Json, action: Action) -> Json:
        """Press a button of a private answer; what stands there then."""
        self.page.press_on(message, _action(message["blocks"], action, 0), MARKET)
        return self._message("message_changed")

    def press_for_form(self, message: Json, action: Action, place: str = MARKET) -> Json:
        """Press a button of a private answer, or of a message elsewhere; the form that it opens, filled."""
        self.page.press_on(message, _action(message["blocks"], action, 0), place)
        return self._filled()

    def choose_for_form(self, message: Json, action: Action, value: str) -> Json:
        """Choose from a menu of a private answer; the form that it opens, filled."""
        chosen = _action(message["blocks"], action, 0)
        option = next(option for option in chosen["options"] if option["value"] == value)
        self.page.press_on(message, {**chosen, "selected_option": option}, MARKET)
        return self._filled()

    def fill(self, view: Json, **typed: Any) -> Json:
        """Send a form with these fields; what it turns into."""
        answer = self.page.submit(view, _filled_in(view, typed))
        assert answer["ok"], answer
        return self._filled()

    def refused_fields(self, view: Json, **typed: Any) -> dict[str, str]:
        """Send a form with these fields; what is wrong with them."""
        errors: dict[str, str] = self.page.submit(view, _filled_in(view, typed))["errors"]
        return errors

    def home(self) -> Json:
        """The Home tab, opened."""
        self.page.look("home")
        return self.home_again()

    def home_again(self) -> Json:
        """The Home tab as the app draws it next."""
        view: Json = self.page.next_event("home", UNTIL_S)["view"]
        return view

    def leave(self, view: Json) -> None:
        """Close a modal; where the app wants to hear of it, wait until it has drawn the Home tab."""
        self.here.settle()
        before = self.here.homes_drawn()
        self.page.do("view/close", view_id=view["id"], all=True)
        assert self.page.next_event("view")["stack"] == []
        if view["notify_on_close"]:
            until(lambda: self.here.homes_drawn() > before, UNTIL_S)
            self.here.settle()

    def _filled(self) -> Json:
        while (view := self._top())["callback_id"] == Modal.LOADING:
            pass
        return view

    def _top(self) -> Json:
        view: Json = self.page.next_event("view", UNTIL_S)["stack"][-1]
        return view

    def _message(self, kind: str) -> Json:
        while (event := self.page.next_event(kind, UNTIL_S))["channel"] != MARKET:
            pass
        message: Json = event["message"]
        return message


@contextmanager
def seated(here: Town, user: str) -> Iterator[Seat]:
    """Somebody opens the page."""
    with page_user(here.sandbox.url, user) as page:
        yield Seat(page, here)


def _action(blocks: list[Json], action: Action, nth: int) -> Json:
    placed = [one for one in interactive_elements(blocks) if one.action_id == action][nth]
    return {"type": "button", **placed.element, "block_id": placed.block_id}


def _filled_in(view: Json, typed: dict[str, Any]) -> Json:
    values: Json = form_values(view["blocks"], view["state"]["values"])
    for name, value in typed.items():
        ((action, state),) = values[name].items()
        key = next(key for key in state if key != "type")
        values[name][action] = {**state, key: _option(view, name, value) if "option" in key else value}
    return values


def _option(view: Json, block_id: str, value: str) -> Json:
    element = next(block["element"] for block in view["blocks"] if block["block_id"] == block_id)
    return next(option for option in element["options"] if option["value"] == value)
