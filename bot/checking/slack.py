"""Whether Slack lets the bot in, and to all that it needs."""

from collections.abc import Iterator

from pydantic import SecretStr
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.checking.values import Check, Health
from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.settings import Settings
from bot.socketmode.sockets import WANTED
from planning.installations.scopes import OFF

PATIENCE_S = 10


def slack_checks(settings: Settings) -> Iterator[Check]:
    """The tokens, what they are for, and whether Slack takes them."""
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
        off = "; ".join(OFF[scope] for scope in missing)
        yield Check("Scopes", Health.MISSING, f"not granted: {', '.join(missing)}", f"So {off}. {_SCOPES}")
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
    return Check("Socket Mode", Health.OK, f"a connection can be opened; each process holds {WANTED}, of ten in all")


_BOT_TOKEN = (
    "At api.slack.com/apps make an app from what `concord manifest` prints, install it, and copy the token that begins "
    "with xoxb- from “OAuth & Permissions”."
)
_APP_TOKEN = (
    "On your app's page, “Basic Information”, “App-Level Tokens”: generate one with the scope connections:write. "
    "It begins with xapp-."
)
_SCOPES = "Compare the app's manifest with what `concord manifest` prints, then install the app again."
