"""The file that a provider starts from: one app, and the workspaces that may install it."""

from pathlib import Path
from secrets import token_hex
from typing import Any, Self

from pydantic import AwareDatetime, Field, model_validator

from bot.sandbox.manifest import Manifest
from bot.sandbox.workspace import App, Channel, Enterprise, Entry, Person, Team, WorkspaceFile


class ProvidedApp(Entry):
    """The app as its makers registered it."""

    id: str = Field(pattern="^A")
    client_id: str
    client_secret: str
    signing_secret: str
    manifest: dict[str, Any]
    install_url: str = ""
    """Where the app begins its own installation; Slack calls it the direct install URL."""


class ProvidedWorkspace(Entry):
    """A workspace or an organisation; the app is not in it yet."""

    team: Team
    enterprise: Enterprise | None = None
    more_teams: tuple[Team, ...] = ()
    people: tuple[Person, ...]
    channels: tuple[Channel, ...] = ()
    bot_user_id: str = Field(default="U0APP", pattern="^U")

    def as_file(self, app: ProvidedApp) -> WorkspaceFile:
        """The same as a workspace by itself; the tokens are ones that nobody knows."""
        bot = App(
            id=app.id,
            bot_id=f"B{self.bot_user_id[1:]}",
            bot_user_id=self.bot_user_id,
            bot_token=f"xoxb-{token_hex(16)}",
            app_token=f"xapp-{token_hex(16)}",
            manifest=app.manifest,
        )
        shared = {name: getattr(self, name) for name in ("team", "enterprise", "more_teams", "people", "channels")}
        return WorkspaceFile(**shared, app=bot)


class ProviderFile(Entry):
    """Everything that a provider starts from."""

    app: ProvidedApp
    workspaces: tuple[ProvidedWorkspace, ...] = Field(min_length=1)
    starts_at: AwareDatetime | None = None
    """What the clock of all of them says at the start; None: the real time."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        Manifest.model_validate(self.app.manifest)
        teams = [team.id for each in self.workspaces for team in each.as_file(self.app).teams]
        twice = {team for team in teams if teams.count(team) > 1}
        if twice:
            raise ValueError(f"teams are listed twice: {', '.join(sorted(twice))}")
        return self

    @classmethod
    def read(cls, path: Path) -> "ProviderFile":
        """Read and check a provider's file."""
        return cls.model_validate_json(path.read_text(encoding="utf-8"))
