"""Where Concord is installed: in a Slack team, or in an organisation for all of its teams."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from planning.errors import PlanningError


class NotInstalled(PlanningError):
    """Concord is not installed there, or not any more: nothing may be done there."""


class CannotOpen(PlanningError):
    """A sealed token cannot be opened; the text says whose, and what to do."""


class Ending(StrEnum):
    """Why an installation is over; Slack tells of both, in either order."""

    UNINSTALLED = "uninstalled"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Installation:
    """An installation; `slack_id` is that of the tenant: the organisation where it is for all of it, else the team."""

    slack_id: str
    workspace: str
    name: str
    app_id: str
    bot_id: str
    bot_user_id: str
    token: str = field(repr=False)
    """What the bot may do is done with it; sealed wherever it rests."""
    scopes: frozenset[str]
    installed_by: str
    """The Slack id of who installed it."""
    installed_at: datetime
    enterprise_id: str | None = None
    team_id: str | None = None
    """None where it is for a whole organisation."""
    ended_at: datetime | None = None
    ending: Ending | None = None
    revision: int = 1
    """Counts its changes: what was remembered of an earlier one is no longer true."""

    @property
    def is_organisation(self) -> bool:
        """Whether it is for all teams of an organisation."""
        return self.team_id is None

    @property
    def is_live(self) -> bool:
        """Whether Concord may do anything there."""
        return self.ended_at is None
