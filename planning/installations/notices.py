"""What Slack tells of installations; it tells late, twice and in any order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from planning.installations.values import Ending


@dataclass(frozen=True, slots=True)
class EndNotice:
    """Concord was uninstalled, or tokens of its were revoked, at a moment that Slack names in whole seconds."""

    ending: Ending
    at: datetime
    team_id: str | None
    enterprise_id: str | None
    is_organisation: bool
    """Whether Slack says that it is about the whole organisation."""
    bots: frozenset[str] | None = None
    """Whose tokens were revoked; None where the word is about all of them."""


@dataclass(frozen=True, slots=True)
class AccessNotice:
    """Teams of an organisation got Concord, or lost it; what it knows is the organisation's and stays."""

    enterprise_id: str
    teams: tuple[str, ...]
    granted: bool


class Notices(Protocol):
    """Who is told."""

    def end(self, notice: EndNotice) -> object:
        """An installation may be over."""
        ...

    def access(self, notice: AccessNotice) -> object:
        """Teams of an organisation got Concord, or lost it."""
        ...
