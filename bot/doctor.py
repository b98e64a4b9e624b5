"""`concord doctor`: what is missing before Concord can run, and how to get it. Tokens are never printed."""

import sys
import timeit
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from statistics import median

from pydantic import SecretStr
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.commands.opening import is_missing, shown, workspace_of
from bot.encoder import EncoderFilesError, open_encoder
from bot.http.server import READINGS
from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.printing import Screen
from bot.settings import Settings
from db.database import Database, open_database
from db.migrating import pending
from planning.errors import PlanningError
from planning.overlaps.weights import FITTED_TO
from planning.register import Register
from planning.similarity import Encoder
from planning.workspace.values import Role

PATIENCE_S = 10
TRIES = 5
SLOW_MS = 100
"""From here on a person who registers waits noticeably, and a portfolio of 10,000 takes a quarter of an hour."""


class Health(StrEnum):
    """How a check came out."""

    OK = "ok"
    ADVICE = "advice"
    """Concord runs, and could do more."""
    MISSING = "missing"
    """Concord cannot run."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `remedy` says what to do when it is not ok."""

    name: str
    health: Health
    found: str
    remedy: str = ""


def run_doctor(settings: Settings, workspace: str | None, *, as_json: bool) -> bool:
    """Print every check; whether Concord can run."""
    screen = Screen()
    checks = list(examined(settings, workspace))
    healthy = all(check.health is not Health.MISSING for check in checks)
    if as_json:
        screen.json({"healthy": healthy, "checks": [asdict(check) for check in checks]})
        return healthy
    for check in checks:
        screen.line(f"{_MARKS[check.health]} {check.name}: {check.found}", style=_STYLES[check.health])
        if check.remedy:
            screen.line(check.remedy, indent=10)
    screen.line(
        "\nConcord can run." if healthy else "\nConcord cannot run yet; see what is missing above.", style="bold"
    )
    return healthy


def examined(settings: Settings, workspace: str | None = None) -> Iterator[Check]:
    """Every check, in the order in which a person would put things right."""
    yield _python()
    yield _encoder(settings)
    yield from _database(settings, workspace)
    yield from _slack(settings)
    yield from _http(settings)


def _python() -> Check:
    return Check("Python", Health.OK, ".".join(map(str, sys.version_info[:3])))


def _encoder(settings: Settings) -> Check:
    try:
        encoder = open_encoder(settings.encoder_folder)
        encoder.encode([_TRIED])
    except EncoderFilesError as error:
        return Check("Text encoder", Health.MISSING, "cannot be used", str(error))
    speed = _milliseconds(encoder)
    found = f"{encoder.version}, {encoder.dimension} numbers, checksums right, {speed:.0f} ms a text"
    if encoder.version != FITTED_TO:
        return Check("Text encoder", Health.ADVICE, found, _OTHER_ENCODER)
    if speed > SLOW_MS:
        return Check("Text encoder", Health.ADVICE, found, _SLOW)
    return Check("Text encoder", Health.OK, found)


def _milliseconds(encoder: Encoder) -> float:
    """The middle of a few tries, one text at a time, as when a person registers."""
    return median(timeit.repeat(lambda: encoder.encode([_TRIED]), number=1, repeat=TRIES)) * 1000


def _database(settings: Settings, workspace: str | None) -> Iterator[Check]:
    try:
        url = make_url(settings.database_url)
    except ArgumentError:
        yield Check(
            "Database", Health.MISSING, "its address cannot be read", "Set CONCORD_DATABASE_URL; see .env.example."
        )
        return
    if is_missing(url):
        yield Check(
            "Database", Health.ADVICE, f"{shown(url)} is not there yet", "`concord run` and `concord import` make it."
        )
        return
    database = open_database(url)
    try:
        yield from _tables(database, shown(url), workspace)
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        yield Check(
            "Database", Health.MISSING, f"{shown(url)} does not answer: {cause}", "Is it running and the address right?"
        )
    finally:
        database.close()


def _tables(database: Database, address: str, workspace: str | None) -> Iterator[Check]:
    if pending(database.engine):
        yield Check("Database", Health.MISSING, f"{address} is of another version", "Run: concord db upgrade")
        return
    yield Check("Database", Health.OK, address)
    try:
        with workspace_of(database, workspace).reading() as register:
            yield from _set_up(register)
    except PlanningError as error:
        yield Check("Workspace", Health.ADVICE, str(error), "`concord run` makes it when it first connects to Slack.")


def _set_up(register: Register) -> Iterator[Check]:
    workspace, people = register.workspaces.current(), register.people.all()
    yield Check("Workspace", Health.OK, f"{workspace.name} ({workspace.id})")
    stewards = [person.name for person in people if Role.STEWARD in person.roles]
    yield _told("Steward", ", ".join(stewards), "Type /cx setup in Slack; the first who does can become steward.")
    departments = register.departments.all()
    yield _told("Departments", ", ".join(d.name for d in departments), "Add them with /cx setup, or import a file.")
    reachable = {person.department for person in people if Role.LEAD in person.roles and person.slack_id}
    leaderless = [department.name for department in departments if department.id not in reachable]
    if leaderless:
        found = f"nobody in Slack leads {', '.join(leaderless)}"
        yield Check("Leads", Health.ADVICE, found, "Name them with /cx setup; alerts need somebody to go to.")
    stages = ", ".join(stage.name for stage in register.journeys.current().stages)
    yield _told("Journey", stages, "Name its stages with /cx setup, or import a company's folder.")
    schedules = ", ".join(str(schedule) for schedule in register.schedules.all())
    yield _told("Digest", schedules, "Choose its channel and time with /cx setup.")


def _http(settings: Settings) -> Iterator[Check]:
    """Only where the operator wants readings from programs."""
    if settings.http_port is not None:
        found = f"readings are taken at http://{settings.http_host}:{settings.http_port}{READINGS} while the bot runs"
        yield Check("Readings", Health.OK, found)


def _told(name: str, found: str, remedy: str) -> Check:
    return Check(name, Health.OK, found) if found else Check(name, Health.ADVICE, "none yet", remedy)


def _slack(settings: Settings) -> Iterator[Check]:
    bot = _token("Bot token", settings.slack_bot_token, "CONCORD_SLACK_BOT_TOKEN", "xoxb-", _BOT_TOKEN)
    app = _token("App token", settings.slack_app_token, "CONCORD_SLACK_APP_TOKEN", "xapp-", _APP_TOKEN)
    yield bot
    yield app
    if bot.health is Health.OK and settings.slack_bot_token is not None:
        yield from _connected(
            WebClient(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, PATIENCE_S)
        )
    if app.health is Health.OK and settings.slack_app_token is not None:
        yield _socket(settings.slack_api_url, settings.slack_app_token.get_secret_value())


def _token(name: str, token: SecretStr | None, variable: str, prefix: str, remedy: str) -> Check:
    if token is None or not token.get_secret_value():
        return Check(name, Health.MISSING, f"{variable} is not set", remedy)
    if not token.get_secret_value().startswith(prefix):
        return Check(name, Health.MISSING, f"{variable} does not begin with {prefix}", remedy)
    return Check(name, Health.OK, f"{variable} is set")


def _connected(client: WebClient) -> Iterator[Check]:
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        yield Check("Slack", Health.MISSING, f"refuses the bot token ({error.response['error']})", _BOT_TOKEN)
        return
    except OSError as error:
        yield Check("Slack", Health.MISSING, f"{client.base_url} cannot be reached ({error})", "Is the network up?")
        return
    yield Check("Slack", Health.OK, f"{answer.get('user')} in {answer.get('team')}")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    yield from _scopes(headers.get("x-oauth-scopes", ""))


def _scopes(granted: str) -> Iterator[Check]:
    have = {scope.strip() for scope in granted.split(",")}
    missing = [scope for scope in SCOPES if scope not in have]
    declined = [scope for scope in OPTIONAL_SCOPES if scope not in have]
    if missing:
        yield Check("Scopes", Health.MISSING, f"not granted: {', '.join(missing)}", _SCOPES)
    else:
        yield Check("Scopes", Health.OK, "all that are needed")
    if declined:
        remedy = "A message that may or may not have arrived then waits for a steward's click."
        yield Check("Optional scopes", Health.ADVICE, f"not granted: {', '.join(declined)}", remedy)


def _socket(base_url: str, token: str) -> Check:
    try:
        WebClient(base_url=base_url, timeout=PATIENCE_S).apps_connections_open(app_token=token)
    except SlackApiError as error:
        return Check("Socket Mode", Health.MISSING, f"is refused ({error.response['error']})", _APP_TOKEN)
    except OSError as error:
        return Check("Socket Mode", Health.MISSING, f"{base_url} cannot be reached ({error})", "Is the network up?")
    return Check("Socket Mode", Health.OK, "a connection can be opened")


_TRIED = (
    "Bills that nobody understands. Four in ten calls ask what one line of the yearly statement means. We write each "
    "line anew in plain words, test it with twenty customers, and say whom to ask about the rest."
)
_OTHER_ENCODER = (
    f"The probability of duplicate effort was fitted to {FITTED_TO}. With this one, set the thresholds anew: measure "
    "with `python -m tests.benchmarks.fitting`."
)
_SLOW = "Texts are read in the background, but a person who registers waits for one. Give it a faster core."
_BOT_TOKEN = (
    "At api.slack.com/apps make an app from what `concord manifest` prints, install it, and copy the token that begins "
    "with xoxb- from “OAuth & Permissions”."
)
_APP_TOKEN = (
    "On your app's page, “Basic Information”, “App-Level Tokens”: generate one with the scope connections:write. "
    "It begins with xapp-."
)
_SCOPES = "Compare the app's manifest with what `concord manifest` prints, then install the app again."
_MARKS = {Health.OK: "ok      ", Health.ADVICE: "advice  ", Health.MISSING: "MISSING "}
_STYLES = {Health.OK: "", Health.ADVICE: "yellow", Health.MISSING: "bold red"}
