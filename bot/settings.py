"""What the operator sets, from the environment or a `.env` file; everything else is changed in Slack."""

from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SLACK_API_URL = "https://slack.com/api/"
SLACK_AUTHORIZE_URL = "https://slack.com/oauth/v2/authorize"
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost"})
_KEY_BYTES = 32
_NO_KEYS = "holds one key or several with commas between, the newest first; `concord keys new` makes one"


class Settings(BaseSettings):
    """Every setting is `CONCORD_` and its name; a value given here goes before the environment."""

    model_config = SettingsConfigDict(
        env_prefix="CONCORD_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    database_url: str = "sqlite:///concord.db"
    """Where the register is kept: sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME."""
    slack_bot_token: SecretStr | None = None
    """xoxb-…: what the bot does in Slack."""
    slack_app_token: SecretStr | None = None
    """xapp-…: its Socket Mode connection."""
    slack_api_url: str = SLACK_API_URL
    """Another server that speaks Slack's Web API."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """How much is logged: debug, info, warning or error; at none of them what people wrote."""
    beat_seconds: float = Field(default=15, gt=0, le=3600)
    """How often the bot looks for what is due."""
    slack_timeout_seconds: float = Field(default=10, ge=0.2, le=50)
    """How long Slack's answer is waited for; how long a message is held before others look for it follows from it."""
    clock_url: str | None = None
    """Where a local workspace says what time it is; never set against a real one."""
    http_port: int | None = Field(default=None, ge=1, le=65535)
    """Where programs of the company send readings; nothing listens while it is not set."""
    http_host: str = "127.0.0.1"
    """Which of this machine's addresses listens there."""
    health_port: int | None = Field(default=None, ge=1, le=65535)
    """Where the bot's health and meters are asked for, on the same address; nothing listens while it is not set."""
    encoder_folder: Path | None = None
    """A text encoder other than the packaged one."""
    slack_client_id: str | None = None
    """Which app is installed by OAuth; this and all below are for `concord serve`."""
    slack_client_secret: SecretStr | None = None
    """What the app shows when it fetches the token of an installation."""
    slack_signing_secret: SecretStr | None = None
    """What Slack signs its requests with."""
    public_url: str | None = None
    """Where Slack and browsers reach `concord serve`: https://HOST, without a path."""
    token_keys: SecretStr | None = None
    """What the tokens of installations are sealed with: one key or several with commas between, the newest first."""
    slack_authorize_url: str = SLACK_AUTHORIZE_URL
    """Where people are sent to allow an installation."""
    serve_host: str = "127.0.0.1"
    """Which of this machine's addresses `concord serve` listens on."""
    serve_port: int = Field(default=3000, ge=1, le=65535)
    """On which port."""
    serve_threads: int = Field(default=64, ge=4, le=512)
    """How many requests are answered at once."""
    retention_days: int = Field(default=30, ge=0, le=3650)
    """How long what a workspace has is kept after it has left."""

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_a_slash(cls, value: str) -> str:
        """The SDK glues the method's name to it."""
        if not value.startswith(("http://", "https://")):
            raise ValueError("begins with https:// (or http:// for a server on this machine)")
        return value if value.endswith("/") else f"{value}/"

    @field_validator("slack_authorize_url")
    @classmethod
    def _is_trusted(cls, value: str) -> str:
        if not _is_safe(value):
            raise ValueError("begins with https:// (or http:// for a server on this machine)")
        return value

    @field_validator("public_url")
    @classmethod
    def _has_no_path(cls, value: str | None) -> str | None:
        """Only these are added to it: /slack/install, /slack/oauth_redirect and /slack/events."""
        if value is None:
            return None
        if not is_bare(value):
            raise ValueError("is https://HOST (or http://localhost:PORT on this machine), without a path")
        return value.rstrip("/")

    @field_validator("token_keys")
    @classmethod
    def _are_keys(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not all(map(_is_key, value.get_secret_value().split(","))):
            raise ValueError(_NO_KEYS)
        return value


def is_bare(url: str) -> bool:
    """Whether it is an address where nobody reads on the way what is sent there, with nothing after its host."""
    return _is_safe(url) and not urlsplit(url)._replace(scheme="", netloc="").geturl().strip("/")


def _is_safe(url: str) -> bool:
    """Whether what is sent there can be read on the way by nobody."""
    parts = urlsplit(url)
    known = parts.hostname is not None and parts.username is None
    return known and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE))


def _is_key(text: str) -> bool:
    """Whether it is a key of Fernet."""
    try:
        return len(urlsafe_b64decode(text.strip())) == _KEY_BYTES
    except ValueError:
        return False
