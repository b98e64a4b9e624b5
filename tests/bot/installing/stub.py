"""A Slack that gives tokens for codes, and a desk that is installed by it; for tests of how installations live."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.fernet import Fernet
from slack_bolt import BoltRequest, BoltResponse

from bot.app import slack_client
from bot.clock import Clock
from bot.installing.authorizing import Authorizer
from bot.installing.clients import Clients
from bot.installing.flow import Flow, oauth_flow
from bot.installing.known import Known
from bot.installing.life import Life
from bot.installing.states import StateStore
from bot.installing.vault import FernetVault
from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.settings import Settings
from db.database import Database
from db.installations import Installations
from db.oauth_states import OauthStates
from tests.bot.answering import answering
from tests.builders import NOW

KEY = Fernet.generate_key().decode()
PUBLIC = "https://concord.example"
EVERY_SCOPE = ",".join([*SCOPES, *OPTIONAL_SCOPES])
ADMIN = "U0ADMIN"


@dataclass
class Slack:
    """What codes are worth, which tokens are good, and what was asked."""

    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    good: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def allow(self, code: str, tenant: str = "T0HARBOUR", **said: Any) -> str:
        """Somebody allowed it: the code can be exchanged once; the token that it is worth."""
        token = f"xoxb-{tenant}-{code}"
        whole = tenant.startswith("E")
        self.answers[code] = {
            "access_token": token,
            "token_type": "bot",
            "scope": EVERY_SCOPE,
            "bot_user_id": f"U0BOT{tenant}",
            "app_id": "A0CONCORD",
            "team": None if whole else {"id": tenant, "name": f"Team {tenant}"},
            "enterprise": {"id": tenant, "name": f"Org {tenant}"} if whole else None,
            "is_enterprise_install": whole,
            "authed_user": {"id": ADMIN},
            **said,
        }
        return token

    def answer(self, method: str, token: str, sent: dict[str, str]) -> dict[str, Any]:
        """As Slack's Web API would."""
        self.asked.append(method)
        if method == "oauth.v2.access":
            given = self.answers.pop(sent.get("code", ""), None)
            if given is None:
                return {"ok": False, "error": "invalid_code"}
            self.good.add(given["access_token"])
            return {"ok": True, **given}
        if token not in self.good:
            return {"ok": False, "error": "account_inactive"}
        tenant = token.split("-")[1]
        home = {"enterprise_user": {"enterprise_id": tenant}} if tenant.startswith("E") else {"team_id": tenant}
        user = {"id": sent.get("user", ADMIN), "real_name": "Ines Admin", "tz": "Europe/Oslo", **home}
        return {"ok": True, "bot_id": "B0CONCORD", "user": user, "ts": "1.1", "channel": {"id": "D1"}}


@contextmanager
def slack() -> Iterator[Slack]:
    """The Slack, at its address."""
    told = Slack()

    def answer(path: str, token: str, text: str) -> dict[str, Any]:
        sent = {name: values[0] for name, values in parse_qs(text).items()}
        return told.answer(path.rpartition("/")[2], token, sent)

    with answering(answer) as url:
        told.url = f"{url}/api/"
        yield told


@dataclass
class Time:
    """A clock that tests turn."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def settings(slack: Slack, **more: Any) -> Settings:
    """What `concord serve` needs."""
    given = {
        "slack_client_id": "1.2",
        "slack_client_secret": "client-secret-0",
        "slack_signing_secret": "signing-secret-0",
        "public_url": PUBLIC,
        "token_keys": KEY,
        "slack_api_url": slack.url,
        "slack_timeout_seconds": 2,
        "_env_file": None,
    }
    return Settings(**{**given, **more})


@dataclass(frozen=True, slots=True)
class Desk:
    """What a served app and its crew are given of installations."""

    installations: Installations
    life: Life
    authorizer: Authorizer
    """Bolt's `authorize`."""
    clients: Clients
    """Delivery's `clients` is `clients.of`."""
    flow: Flow
    """Bolt's `oauth_flow`."""


def desk_of(settings: Settings, database: Database, now: Clock) -> Desk:
    """As `bot.serving.serving` puts it together."""
    installations = Installations(database.everywhere, FernetVault.of(settings.token_keys))
    known = Known(installations)
    client = partial(slack_client, base_url=settings.slack_api_url, timeout=settings.slack_timeout_seconds)
    life = Life(database, installations, now, client, timedelta(days=settings.retention_days))
    states = StateStore(OauthStates(database.everywhere), now)
    return Desk(
        installations,
        life,
        Authorizer(known),
        Clients(known, settings.slack_api_url, settings.slack_timeout_seconds),
        oauth_flow(settings, client(None), states, life.begin, now),
    )


@dataclass
class Office:
    """A replica: a desk on a database, and browsers that come to it."""

    slack: Slack
    database: Database
    time: Time
    settings: Settings
    desk: Desk

    @classmethod
    def opened(cls, slack: Slack, database: Database, time: Time | None = None, **more: Any) -> "Office":
        told, clock = settings(slack, **more), time or Time()
        return cls(slack, database, clock, told, desk_of(told, database, clock))

    def asked(self, query: str = "") -> BoltRequest:
        """A browser opens the address to install from."""
        return BoltRequest(body="", query=query)

    def begin(self, query: str = "") -> tuple[str, BoltResponse]:
        """Begin an installation; the state that the browser is given, and the answer."""
        answer = self.desk.flow.handle_installation(self.asked(query))
        query = urlsplit(header(answer, "location")).query
        return parse_qs(query)["state"][0], answer

    def come_back(self, state: str, cookie: str | None = None, **query: str) -> BoltResponse:
        """The browser comes back from Slack; its cookie is the state unless told otherwise."""
        kept = f"slack-app-oauth-state={state if cookie is None else cookie}"
        request = BoltRequest(body="", query={"state": state, **query}, headers={"cookie": kept})
        return self.desk.flow.handle_callback(request)

    def install(self, code: str, tenant: str = "T0HARBOUR", **said: Any) -> str:
        """All of it; the token."""
        token = self.slack.allow(code, tenant, **said)
        answer = self.come_back(self.begin()[0], code=code)
        assert answer.status == 200, answer.body
        return token


def header(answer: BoltResponse, name: str) -> str:
    """The first of that name."""
    return str(answer.headers.get(name, [""])[0])
