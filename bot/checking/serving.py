"""What `concord serve` needs of whoever runs it. Secrets are counted, and never shown."""

from collections.abc import Iterator

from pydantic import SecretStr
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.addresses import EVENTS, INSTALL, REDIRECT
from bot.checking.values import Check, Health
from bot.printing import counted
from bot.serving.credentials import NEEDED
from bot.settings import Settings


def is_served(settings: Settings) -> bool:
    """Whether this is for `concord serve`: who sets one of what that needs means to serve many workspaces."""
    return any(getattr(settings, name) is not None for name in NEEDED)


def is_run(settings: Settings) -> bool:
    """Whether this is for `concord run`, by the tokens of one workspace."""
    return not is_served(settings) or bool(settings.slack_bot_token or settings.slack_app_token)


def serving_checks(settings: Settings) -> Iterator[Check]:
    """Everything that must be set before a workspace can be served."""
    yield _set("Client ID", settings.slack_client_id, "CONCORD_SLACK_CLIENT_ID")
    yield _set("Client secret", settings.slack_client_secret, "CONCORD_SLACK_CLIENT_SECRET")
    yield _set("Signing secret", settings.slack_signing_secret, "CONCORD_SLACK_SIGNING_SECRET")
    yield _address(settings.public_url)
    yield _keys(settings.token_keys)
    yield _replicas(settings.database_url)


def _set(name: str, value: SecretStr | str | None, variable: str) -> Check:
    if not (value.get_secret_value() if isinstance(value, SecretStr) else value):
        return Check(name, Health.MISSING, f"{variable} is not set", _CREDENTIALS)
    return Check(name, Health.OK, f"{variable} is set")


def _address(url: str | None) -> Check:
    if url is None:
        return Check("Public address", Health.MISSING, "CONCORD_PUBLIC_URL is not set", _ADDRESS)
    found = f"{url}{EVENTS} takes requests, {url}{REDIRECT} those who come back from Slack"
    if not url.startswith("https://"):
        return Check("Public address", Health.ADVICE, f"{found}; Slack itself reaches https:// alone", _ADDRESS)
    return Check("Public address", Health.OK, f"{found}; install it from {url}{INSTALL}")


def _keys(keys: SecretStr | None) -> Check:
    if keys is None:
        return Check("Token keys", Health.MISSING, "CONCORD_TOKEN_KEYS is not set", _KEYS)
    count = len(keys.get_secret_value().split(","))
    if count > 1:
        return Check("Token keys", Health.ADVICE, f"{count} are set; the first one seals", _ROTATE)
    return Check("Token keys", Health.OK, f"{counted(count, 'key')} is set")


def _replicas(address: str) -> Check:
    try:
        is_file = make_url(address).get_backend_name() == "sqlite"
    except ArgumentError:
        is_file = False
    if is_file:
        return Check("Replicas", Health.ADVICE, "SQLite is for one process on one machine", _POSTGRESQL)
    return Check("Replicas", Health.OK, "as many as you like share the database")


_CREDENTIALS = (
    "On your app's page: “Basic Information”, “App Credentials”. The app is made from `concord manifest --http`."
)
_ADDRESS = (
    "It is where Slack and browsers reach `concord serve`: https://HOST, without a path. Put what speaks TLS before it."
)
_KEYS = "`concord keys new` makes one. Keep it where you keep passwords: without it no token can be opened."
_ROTATE = "When every replica has them: `concord keys rotate`, then take the older ones away."
_POSTGRESQL = "For several replicas set CONCORD_DATABASE_URL to a PostgreSQL; it also keeps workspaces apart by itself."
