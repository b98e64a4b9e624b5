"""Values about alerts and plans for tests; as in `tests.builders`, every field can be said otherwise by its name."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from planning.alerts.preferences import Notice, Preferences
from planning.alerts.values import Alert, Reason
from planning.decisions.values import Decision
from planning.outbox.values import Address
from planning.plans.values import Plan, Pledge, Terms
from planning.proposals.values import About, AboutKind
from tests.builders import NOW, window

ADA = Address.person("U0ADA")
"""Person 1 of `tests.builders.company`, who leads department 1."""


def preferences(**fields: Any) -> Preferences:
    """Ada switched off what others join, and is away in March."""
    wanted = Preferences(1, frozenset({Notice.JOINED}), off=(window(),), quiet_until=NOW.date())
    return replace(wanted, **fields)


def alert(**fields: Any) -> Alert:
    """Ada is to be told of finding 1 now."""
    return replace(Alert(0, 1, ADA, Reason.LEADS, NOW, 1, 1), **fields)


def pledge(**fields: Any) -> Pledge:
    """Department 1 gives three person-weeks of pool 1 from NOW on."""
    return replace(Pledge(1, 1, 3.0, NOW.date()), **fields)


def terms(**fields: Any) -> Terms:
    """A goal and a date: all that it takes to be accepted."""
    return replace(Terms("One letter that says it all", due_on=NOW.date() + timedelta(days=60)), **fields)


def plan(**fields: Any) -> Plan:
    """The open plan of finding 1, between departments 1 and 2, opened by person 1."""
    about = About(kind=AboutKind.FINDING, id=1)
    return replace(Plan(1, about, NOW, 1, (1, 2), (1, 2), (1, 2), finding=1, changed_at=NOW), **fields)


def decision(**fields: Any) -> Decision:
    """Executives are asked to decide finding 1 since NOW."""
    return replace(Decision(1, 1, NOW), **fields)
