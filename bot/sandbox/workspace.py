"""The file that a local workspace starts from."""

from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"{name!r} is no IANA time zone; write one such as Europe/Lisbon") from None
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]


class Entry(BaseModel):
    """One part of the workspace file; a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Team(Entry):
    """The workspace itself."""

    id: str = Field(pattern="^T")
    name: str
    domain: str


class Enterprise(Entry):
    """The organisation that the teams belong to."""

    id: str = Field(pattern="^E")
    name: str


class Person(Entry):
    """Someone who can be acted as, or the app's own bot user."""

    id: str = Field(pattern="^[UW]")
    name: str
    real_name: str
    title: str = ""
    tz: Zone = "UTC"
    email: str = ""
    is_restricted: bool = False
    deleted: bool = False
    is_bot: bool = False
    team: str = ""
    """The team of the organisation that the person is in; empty: the first one."""


class SeedMessage(Entry):
    """A message that is there from the start."""

    user: str
    text: str


class Channel(Entry):
    """A channel that is there from the start."""

    id: str = Field(pattern="^C")
    name: str
    topic: str = ""
    members: tuple[str, ...] = ()
    is_private: bool = False
    is_archived: bool = False
    team: str = ""
    """The team of the organisation that it belongs to; empty: the first one."""
    messages: tuple[SeedMessage, ...] = ()


class App(Entry):
    """The installed app: its ids, its tokens and its manifest as Slack would read it."""

    id: str = Field(pattern="^A")
    bot_id: str = Field(pattern="^B")
    bot_user_id: str = Field(pattern="^U")
    bot_token: str = Field(pattern="^xoxb-")
    app_token: str = Field(pattern="^xapp-")
    manifest: dict[str, Any]


class WorkspaceFile(Entry):
    """Everything a local workspace starts from."""

    team: Team
    enterprise: Enterprise | None = None
    """The organisation, where the team is one of several; None: the workspace stands by itself."""
    more_teams: tuple[Team, ...] = ()
    people: tuple[Person, ...]
    channels: tuple[Channel, ...] = ()
    app: App
    starts_at: AwareDatetime | None = None
    """What its clock says at the start; None: the real time."""

    @property
    def teams(self) -> tuple[Team, ...]:
        """The workspace's one team, or all of the organisation's."""
        return (self.team, *self.more_teams)

    @property
    def name(self) -> str:
        """What the workspace or the organisation is called."""
        return self.enterprise.name if self.enterprise else self.team.name

    @model_validator(mode="after")
    def _everyone_is_known(self) -> Self:
        known = {person.id for person in self.people} | {self.app.bot_user_id}
        unknown = {user for channel in self.channels for user in _named(channel)} - known
        if unknown:
            raise ValueError(f"channels name people who are not listed: {', '.join(sorted(unknown))}")
        return self

    @model_validator(mode="after")
    def _every_team_is_known(self) -> Self:
        known = {"", *(team.id for team in self.teams)}
        named = {person.team for person in self.people} | {channel.team for channel in self.channels}
        unknown = named - known
        if unknown:
            raise ValueError(f"people or channels name teams that are not listed: {', '.join(sorted(unknown))}")
        if self.more_teams and self.enterprise is None:
            raise ValueError("more_teams belong to an organisation; name it as enterprise")
        return self

    @classmethod
    def read(cls, path: Path) -> "WorkspaceFile":
        """Read and check a workspace file."""
        return cls.model_validate_json(path.read_text(encoding="utf-8"))


def _named(channel: Channel) -> set[str]:
    return {*channel.members, *(message.user for message in channel.messages)}
