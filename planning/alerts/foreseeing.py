"""Who would be told if an initiative were saved: by the same routes that are used once it is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from planning.alerts.announcing import routes_of, to_tell
from planning.alerts.routing import Audience, Route
from planning.alerts.values import AlertState
from planning.findings.refreshing import Changes, foreseen, standing_in
from planning.findings.values import Found
from planning.initiatives.rehearsing import Rehearsal
from planning.portfolio.values import Portfolio
from planning.register import Register
from planning.workspace.values import Person


@dataclass(frozen=True, slots=True)
class Outlook:
    """Who is told of a draft when it is saved, and who besides when it is said to be worth coordinating."""

    audience: Audience
    saving: tuple[Route, ...] = ()
    coordinating: tuple[Route, ...] = ()


def outlook(register: Register, rehearsal: Rehearsal, near: Collection[int], actor: Person, now: datetime) -> Outlook:
    """Who would be told of a draft; `near` are the initiatives of which the registrant is asked."""
    audience = Audience.of(register)
    standing = standing_in(register, rehearsal.scope)

    def told(found: Sequence[Found]) -> list[Route]:
        changes = foreseen(register, found, standing, now)
        return _told(register, changes, rehearsal.portfolio, audience, actor, now)

    saving = told(rehearsal.found)
    more = told(rehearsal.coordinated(near)) if near else ()
    known = {_whose(route) for route in saving}
    return Outlook(audience, tuple(saving), tuple(route for route in more if _whose(route) not in known))


def _told(
    register: Register, changes: Changes, portfolio: Portfolio, audience: Audience, actor: Person, now: datetime
) -> list[Route]:
    """Each once; those who have been told of an overlap already see on its card that it has grown."""
    told: dict[object, Route] = {}
    for finding, initiatives in to_tell(changes, now):
        known = [one for one in register.alerts.of(finding.id) if one.state is not AlertState.DROPPED]
        found = routes_of(finding, initiatives, portfolio.holdings, audience, actor, now)
        told |= {_whose(one): one for one in _but(found, {alert.address for alert in known}) if _whose(one) not in told}
    return [*told.values()]


def _but(found: Iterable[Route], known: Collection[object]) -> list[Route]:
    return [route for route in found if route.address not in known]


def _whose(route: Route) -> object:
    return route.address or route.person
