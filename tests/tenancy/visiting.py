"""Somebody of one of several workspaces at the real app: what they send, and all that comes out of it."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import Mock

from slack_bolt import App, BoltContext, Respond
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from structlog.testing import capture_logs

from bot.scheduling.due_times import next_due
from db.database import Database
from handlers.context import Services
from handlers.listening import register_all
from handlers.patience import Patience
from handlers.shapes import ShapedApp
from tests.builders import NOW
from tests.filled import ADA, team_of
from tests.handlers.slack import UNHURRIED_S, WordEncoder, dispatched, slack_user, web_client

Json = dict[str, Any]
KINDS = ("action", "command", "event", "options", "shortcut", "view", "view_closed")


class InTurn(ThreadPoolExecutor):
    """Listeners run to their end before the next thing is sent."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Done before anything else is."""
        done = super().submit(fn, *args, **kwargs)
        wait([done])
        return done


class Listed(ShapedApp):
    """Knows what it listens to: kind and id."""

    def __init__(self, **arguments: Any) -> None:
        self.entries: set[tuple[str, str]] = set()
        super().__init__(**arguments)


def _listing(kind: str) -> Callable[..., Any]:
    def listen(self: Listed, id: Any, *more: Any, **fields: Any) -> Any:
        self.entries.add((kind, str(getattr(id, "pattern", id))))
        return getattr(App, kind)(self, id, *more, **fields)

    return listen


for _kind in KINDS:
    setattr(Listed, _kind, _listing(_kind))


@dataclass
class House:
    """The app for all workspaces of a database, with a Slack for each."""

    database: Database
    slacks: dict[str, "Slack"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.app = Listed(
            authorize=_authorized,
            request_verification_enabled=False,
            token_verification_enabled=False,
            listener_executor=InTurn(),
        )
        self.app.middleware(self._hand_in)
        given = (self.database.hurried, lambda: NOW, WordEncoder(), next_due)
        register_all(self.app, Services(*given, upload=_uploaded, patience=Patience(waits_s=UNHURRIED_S)))

    def _hand_in(self, context: BoltContext, next_: Callable[[], None]) -> None:
        team = str(context.team_id)
        slack = self.slacks.setdefault(team, Slack(team))
        context["client"], context["respond"] = slack.client, slack.respond
        next_()

    def visitor(self, workspace: str, slack_id: str = ADA) -> "Visitor":
        """Somebody of a workspace."""
        slack = self.slacks.setdefault(team_of(workspace), Slack(team_of(workspace)))
        return Visitor(self, workspace, slack, slack_id)


def _authorized(team_id: str) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_user_id="U0BOT", bot_id="B0", bot_token="xoxb-test")


def _uploaded(client: WebClient, draw: Callable[[], bytes], title: str) -> str:
    draw()
    return str(client.files_getUploadURLExternal(filename=title, length=1)["file_id"])


class Slack:
    """What is said to one team of Slack."""

    def __init__(self, team: str) -> None:
        self.client, self.respond = web_client(), Mock(Respond, return_value=Mock(status_code=200))
        self.client.users_info.side_effect = lambda *, user: slack_user(user, team_id=team)
        self.client.conversations_open.side_effect = lambda *, users: {"ok": True, "channel": {"id": f"D{users[0]}"}}
        self.client.chat_postMessage.side_effect = self._posted
        self.client.chat_update.side_effect = self._posted
        self.client.files_getUploadURLExternal.side_effect = lambda **_: {"ok": True, "file_id": "F0NEW"}
        self._count = 0

    def _posted(self, **said: Any) -> Json:
        self._count += 1
        return {"ok": True, "channel": said["channel"], "ts": f"1800000000.{self._count:06}"}

    def heard(self) -> list[Json]:
        """What was said since the last time."""
        calls = [*self.client.method_calls, *self.respond.call_args_list]
        self.client.reset_mock()
        self.respond.reset_mock()
        return [plainly({"said": list(call.args), **call.kwargs}) for call in calls]


def plainly(value: Any) -> Any:
    """As JSON has it."""
    return json.loads(json.dumps(value, default=lambda one: one.to_dict() if hasattr(one, "to_dict") else str(one)))


@dataclass
class Visitor:
    """Somebody who acts, and remembers what they sent and what came out: answers, calls to Slack, the log."""

    house: House
    workspace: str
    slack: Slack
    slack_id: str
    sent: list[Json] = field(default_factory=list)
    reached: set[tuple[str, str]] = field(default_factory=set)
    came_out: list[tuple[Json, str]] = field(default_factory=list)

    @property
    def team(self) -> str:
        """The Slack id of their team."""
        return team_of(self.workspace)

    def send(self, body: Json) -> list[Json]:
        """Send what is theirs; everything that Slack is told."""
        body = {**body, **self._who(body)}
        self.sent.append(body)
        with capture_logs() as logs, _log_lines() as lines:
            answer = dispatched(self.house.app, body)
        heard = [*self.slack.heard(), plainly(json.loads(answer.body or "{}") if answer.body else {})]
        self.came_out.append((body, json.dumps([heard, plainly(logs), lines], ensure_ascii=False)))
        assert answer.status == 200, body
        return heard

    def _who(self, body: Mapping[str, Any]) -> Json:
        if body.get("command"):
            return {"team_id": self.team, "user_id": self.slack_id}
        if body.get("type") == "event_callback":
            installed = {"team_id": self.team, "user_id": "U0BOT", "is_bot": True}
            return {"team_id": self.team, "authorizations": [installed]}
        return {"team": {"id": self.team}, "user": {"id": self.slack_id, "team_id": self.team}}


@contextmanager
def _log_lines() -> Iterator[list[str]]:
    """What is written to the usual log meanwhile."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        yield lines
    finally:
        logging.getLogger().removeHandler(handler)
