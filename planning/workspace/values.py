"""Who takes part: the workspace, its departments and its people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person may do beside looking up and registering; everybody is an employee."""

    EMPLOYEE = "employee"
    LEAD = "lead"
    EXECUTIVE = "executive"
    STEWARD = "steward"


class AlertsTo(StrEnum):
    """Where a department wants its overlap alerts."""

    LEADS = "leads"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Channel:
    """A Slack channel; `id` is None while only its name is known, and then nothing is posted there."""

    name: str
    id: str | None = None


ALERT_BUDGET = 5
ALERT_BUDGETS = range(1, 21)


@dataclass(frozen=True, slots=True)
class Workspace:
    """One tenant: a Slack team or organisation (`slack_id`), or a register not yet connected (None)."""

    id: str
    name: str
    zone: str = "UTC"
    slack_id: str | None = None
    alert_budget: int = ALERT_BUDGET
    """As many alerts as a person, or a department's channel, gets in a week."""
    extras: dict[str, object] = field(default_factory=dict)
    """What an import brought that Concord keeps and gives back but does not use yet."""
    left_at: datetime | None = None
    """Since when Concord is not installed there any more: nothing is done for it, and nothing is sent."""
    deletes_at: datetime | None = None
    """When everything of a workspace that has left is deleted."""
    keeps: Mapping[str, int] = field(default_factory=dict)
    """What is kept for another number of days than usual."""


@dataclass(frozen=True, slots=True)
class Department:
    """A silo; its leads are the people of it who have the role of lead."""

    id: int
    name: str
    channel: Channel | None = None
    alerts_to: AlertsTo = AlertsTo.LEADS


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part; `slack_id` is None for a name that only an import brought."""

    id: int
    name: str
    slack_id: str | None = None
    department: int | None = None
    zone: str = "UTC"
    roles: frozenset[Role] = frozenset()
    left_at: datetime | None = None
    """Since when the account is switched off; who has left has no rights, and nothing is sent to them."""

    @property
    def reachable(self) -> bool:
        """Whether Concord can tell the person anything."""
        return bool(self.slack_id) and self.left_at is None

    def leads(self, department: int) -> bool:
        """Whether the person is a lead of the department."""
        return Role.LEAD in self.roles and self.department == department
