"""Two made-up workspaces with the same ids, an organisation, and an app that they install by OAuth."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.provider.file import ProvidedApp, ProvidedWorkspace, ProviderFile
from bot.sandbox.provider.server import RunningProvider
from bot.sandbox.workspace import Channel, Enterprise, Person, Team
from tests.bot.sandbox.world import ANA, BEN, BOT, GENERAL, QUIET, Json, exchange, manifest

CLIENT, SECRET, SIGNING = "1.2", "client-secret", "signing-secret"
BACK = "http://localhost:3000/slack/oauth_redirect"
ACORN, BIRCH, CEDAR = "T0ACORN", "T0BIRCH", "E0CEDAR"
NORTH, SOUTH = "T0NORTH", "T0SOUTH"
NORA, SAM = "U0NORA", "U0SAM"
NORTHERN, SOUTHERN = "C0NORTH", "C0SOUTH"
OPTIONAL = ("channels:history", "im:history")
FAREWELLS = ("app_uninstalled", "tokens_revoked", "team_access_granted", "team_access_revoked")


def hooked_manifest(hook: str) -> Json:
    """The manifest of an app that is reached at an address."""
    made = manifest(socket_mode=False)
    made["features"]["slash_commands"][0]["url"] = hook
    made["oauth_config"]["scopes"]["bot_optional"] = list(OPTIONAL)
    made["oauth_config"]["redirect_urls"] = [BACK]
    events = made["settings"]["event_subscriptions"]
    events["request_url"], events["bot_events"] = hook, [*events["bot_events"], *FAREWELLS]
    made["settings"]["interactivity"] = {"is_enabled": True, "request_url": hook}
    made["settings"]["org_deploy_enabled"] = True
    return made


def provider_file(hook: str = "") -> ProviderFile:
    """Two workspaces in which everything has the same ids, and an organisation of two teams."""
    app = ProvidedApp(
        id="A0ROBIN",
        client_id=CLIENT,
        client_secret=SECRET,
        signing_secret=SIGNING,
        manifest=hooked_manifest(hook),
        install_url="http://localhost:3000/slack/install",
    )
    return ProviderFile(app=app, workspaces=(_small(ACORN, "Acorn"), _small(BIRCH, "Birch"), _organisation()))


def _small(id: str, name: str) -> ProvidedWorkspace:
    return ProvidedWorkspace(
        team=Team(id=id, name=name, domain=name.lower()),
        people=(Person(id=ANA, name="ana", real_name="Ana Alves"), Person(id=BEN, name="ben", real_name="Ben Baker")),
        channels=(
            Channel(id=GENERAL, name="general", members=(ANA, BEN, BOT)),
            Channel(id=QUIET, name="quiet", members=(ANA,)),
        ),
        bot_user_id=BOT,
    )


def _organisation() -> ProvidedWorkspace:
    return ProvidedWorkspace(
        enterprise=Enterprise(id=CEDAR, name="Cedar Group"),
        team=Team(id=NORTH, name="Cedar North", domain="cedar-north"),
        more_teams=(Team(id=SOUTH, name="Cedar South", domain="cedar-south"),),
        people=(
            Person(id=NORA, name="nora", real_name="Nora Nilsen"),
            Person(id=SAM, name="sam", real_name="Sam Soto", team=SOUTH),
        ),
        channels=(
            Channel(id=NORTHERN, name="general", members=(NORA, BOT)),
            Channel(id=SOUTHERN, name="general", members=(SAM, BOT), team=SOUTH),
        ),
        bot_user_id=BOT,
    )


def asked(**changes: str) -> dict[str, str]:
    """What the app's address for the browser says."""
    scope = ",".join(hooked_manifest("")["oauth_config"]["scopes"]["bot"])
    return {"client_id": CLIENT, "scope": scope, "state": "s1", "redirect_uri": BACK, **changes}


@dataclass
class Admin:
    """Somebody with a browser, and the app's own side of OAuth."""

    running: RunningProvider

    def look(self, **changes: str) -> tuple[int, str]:
        """Open the address that the app sends people to."""
        status, _, body = _fetch("GET", f"{self.running.authorize_url}?{urlencode(asked(**changes))}")
        return status, body

    def decide(self, workspace: str, *, ticked: tuple[str, ...] = OPTIONAL, **more: str) -> dict[str, str]:
        """Press Allow (or what is said); what the browser brings back to the app."""
        chosen = {"workspace": workspace, "place": workspace, "person": ANA, "decision": "allow", **more}
        fields = [*asked().items(), *chosen.items(), *(("allow", each) for each in ticked)]
        status, headers, body = _fetch("POST", self.running.authorize_url, urlencode(fields))
        assert status == 303, body
        assert headers["location"].startswith(BACK)
        return {name: values[0] for name, values in parse_qs(urlsplit(headers["location"]).query).items()}

    def spend(self, code: str, redirect_uri: str = BACK, client: str = CLIENT, secret: str = SECRET) -> Any:
        """Turn a code into an installation."""
        anonymous = WebClient(base_url=self.running.api_url, retry_handlers=[])
        return anonymous.oauth_v2_access(client_id=client, client_secret=secret, code=code, redirect_uri=redirect_uri)

    def install(self, workspace: str, *, ticked: tuple[str, ...] = OPTIONAL, **more: str) -> Json:
        """The whole way round; what the app is told in the end."""
        answer: Json = self.spend(self.decide(workspace, ticked=ticked, **more)["code"]).data
        return answer

    def install_organisation(self, *teams: str) -> Json:
        """The same for the whole organisation, and add the app to some of its teams."""
        answer = self.install(CEDAR, place="whole", person=NORA)
        for team in teams:
            self.order("teams", workspace=CEDAR, team=team, present=True)
        return answer

    def client(self, installed: Json) -> WebClient:
        """The app as it is in one place."""
        return WebClient(token=installed["access_token"], base_url=self.running.api_url, retry_handlers=[])

    def order(self, deed: str, **body: Any) -> Any:
        """Use the control side."""
        return exchange(f"{self.running.url}/control/{deed}", body)

    def site(self, workspace: str) -> str:
        """Where the page of a workspace is."""
        listed = exchange(f"{self.running.url}/control/workspaces")["workspaces"]
        return str(next(each["url"] for each in listed if each["id"] == workspace))


def _fetch(method: str, url: str, body: str | None = None) -> tuple[int, Mapping[str, str], str]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    connection.request(method, f"{parts.path}?{parts.query}", body, headers)
    answer = connection.getresponse()
    found = answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read().decode()
    connection.close()
    return found


@dataclass
class Heard:
    """One request that reached the app."""

    headers: dict[str, str]
    body: str

    @property
    def payload(self) -> Json:
        """What it carried, whichever way it was written."""
        if self.body.startswith("{"):
            return dict(json.loads(self.body))
        fields = {name: values[0] for name, values in parse_qs(self.body, keep_blank_values=True).items()}
        return dict(json.loads(fields["payload"])) if "payload" in fields else fields


Answer = tuple[int, dict[str, str], str]
QUIET_ANSWER: Answer = (200, {}, "")


@dataclass
class Hook:
    """The app's address: it keeps what it hears and answers what it is told to."""

    url: str = ""
    heard: list[Heard] = field(default_factory=list)
    forged: int = 0
    answer: Callable[[Heard], Answer] = lambda _heard: QUIET_ANSWER

    def take(self, heard: Heard) -> Answer:
        """Keep a request and answer it."""
        self.heard.append(heard)
        self.forged += not SignatureVerifier(SIGNING).is_valid_request(heard.body, heard.headers)
        return self.answer(heard)

    def events(self) -> list[str]:
        """The types of the events that came, in order."""
        return [each.payload["event"]["type"] for each in self.heard if "event" in each.payload]


@contextmanager
def hooked() -> Iterator[Hook]:
    """An address of the app for as long as the block lasts."""
    hook = Hook()

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            status, headers, said = hook.take(Heard({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(said.encode()))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said.encode())

        def log_message(self, *_: object) -> None:
            """Nobody wants to read it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Taker) as server:
        hook.url = f"http://127.0.0.1:{server.server_port}/slack/events"
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield hook
        server.shutdown()
