"""What the operator sets, from the environment or a `.env` file; everything else is changed in Slack."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SLACK_API_URL = "https://slack.com/api/"


class Settings(BaseSettings):
    """Every setting is `CONCORD_` and its name; a value given here goes before the environment."""

    model_config = SettingsConfigDict(
        env_prefix="CONCORD_", env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
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
