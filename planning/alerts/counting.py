"""How much an address has been told in its week, which begins on Monday."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from planning.alerts.values import Alert, AlertState
from planning.errors import NotAllowed
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register
from planning.workspace.hours import MIDNIGHT, monday_in, zone_of

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Week:
    """What an address has been told in its week; a summary is known by the first alert in it."""

    monday: date
    zone: str
    cards: int = 0
    summaries: tuple[int, ...] = ()

    @property
    def messages(self) -> int:
        """All of it."""
        return self.cards + len(self.summaries)

    def room(self, budget: int) -> int:
        """So many cards may follow: one message is kept for the summary, so that nothing is lost."""
        return max(0, budget - self.cards - max(1, len(self.summaries)))

    def is_over(self, budget: int) -> bool:
        """Whether not even a summary may follow, because the budget was more when the week began."""
        return not self.summaries and self.messages >= budget

    def next(self) -> datetime:
        """When the next one begins."""
        return datetime.combine(self.monday + WEEK, MIDNIGHT, zone_of(self.zone))


def weeks(register: Register, zones: Mapping[Address, str], now: datetime) -> dict[Address, Week]:
    """The week of each address in its zone."""
    mondays = {address: monday_in(zone, now) for address, zone in zones.items()}
    told = [one for monday in {*mondays.values()} for one in register.alerts.told_in(monday, [*zones])]
    return {
        address: _week(monday, zones[address], [one for one in told if (one.address, one.week) == (address, monday)])
        for address, monday in mondays.items()
    }


def count_again(register: Register, posting: Posting, now: datetime) -> None:
    """What is sent again counts in the week in which it is. Raises NotAllowed when that week has its share."""
    told = _told_by(register, posting)
    if not told:
        return
    workspace, person = register.workspaces.current(), told[0].person
    zone = register.people.by_id(person).zone if person else workspace.zone
    week = weeks(register, {posting.address: zone}, now)[posting.address]
    if all(alert.week == week.monday for alert in told):
        return
    if week.messages >= workspace.alert_budget:
        told_again = f"Not sent again: the {workspace.alert_budget} alerts of this week have been sent there."
        raise NotAllowed(f"{told_again} Send it again on Monday, or point them to “/cx overlaps mine”.")
    register.alerts.save_all([replace(alert, week=week.monday) for alert in told])


def _week(monday: date, zone: str, told: Sequence[Alert]) -> Week:
    cards = sum(alert.state is AlertState.CARD for alert in told)
    return Week(monday, zone, cards, tuple(sorted({alert.summary for alert in told if alert.summary is not None})))


def _told_by(register: Register, posting: Posting) -> list[Alert]:
    if posting.kind is MessageKind.ALERTS:
        return register.alerts.in_summary(posting.subject)
    known = register.alerts.of(posting.subject) if posting.kind is MessageKind.ALERT else []
    return [one for one in known if one.address == posting.address and one.state is AlertState.CARD]
