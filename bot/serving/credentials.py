"""What the operator must have set before workspaces can be served."""

from dataclasses import dataclass

from bot.settings import Settings
from bot.starting import CannotStart

NEEDED = ("slack_client_id", "slack_client_secret", "slack_signing_secret", "public_url", "token_keys")
MISSING = (
    "`concord serve` needs {names}. `concord doctor` says how to get what is missing, and .env.example how to set it."
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What tells Slack's requests from others, and where people are sent."""

    signing_secret: str
    public_url: str


def credentials_of(settings: Settings) -> Credentials:
    """All that is needed is set, or CannotStart with the names of what is missing."""
    missing = [name for name in NEEDED if getattr(settings, name) is None]
    if missing or settings.slack_signing_secret is None or settings.public_url is None:
        names = ", ".join(f"CONCORD_{name.upper()}" for name in missing)
        raise CannotStart(MISSING.format(names=names))
    return Credentials(settings.slack_signing_secret.get_secret_value(), settings.public_url)
