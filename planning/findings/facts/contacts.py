"""Why planned contacts collide."""

from datetime import date, timedelta
from typing import Literal

from planning.findings.facts.base import FactValue, Who, listed
from planning.window import said, said_between


class PlannedContact(Who):
    """One planned contact with its names, as part of a fact."""

    segment: str
    touchpoint: str
    intent: str
    start: date
    end: date


class OpposedContacts(FactValue):
    """The same customers would be told opposed things in the same days."""

    kind: Literal["opposed_contacts"] = "opposed_contacts"
    first: PlannedContact
    second: PlannedContact
    start: date
    end: date

    @property
    def essences(self) -> tuple[str, ...]:
        """Who would say what to whom on which days; titles and touchpoints may change."""
        sides = (f"{side.initiative}:{side.intent}:{side.segment}" for side in (self.first, self.second))
        return (":".join((self.kind, *sides, str(self.start), str(self.end))),)

    @property
    def sentence(self) -> str:
        """What each department would say to whom, and when."""
        days = said_between(self.start, self.end)
        return f"{_told(self.first)} while {_told(self.second)}, {days}{self._nesting()}."

    def _nesting(self) -> str:
        if self.first.segment == self.second.segment:
            return ""
        return f" ({self.first.segment} and {self.second.segment} share customers)"


class CrowdedWeeks(FactValue):
    """The same customers would be contacted more often in a week than their segment bears.

    `weeks` are Mondays; `most` is the number of contacts in the fullest of them.
    """

    kind: Literal["crowded_weeks"] = "crowded_weeks"
    segment: str
    budget: int
    weeks: tuple[date, ...]
    most: int
    contacts: tuple[PlannedContact, ...]

    @property
    def essences(self) -> tuple[str, ...]:
        """One for each week and initiative, so that fewer of either are covered; the member says which segment."""
        ids = sorted({contact.initiative for contact in self.contacts})
        return tuple(f"{self.kind}:{week}:{id}" for week in self.weeks for id in ids)

    @property
    def sentence(self) -> str:
        """How many contacts, from whom, in which weeks, against which budget."""
        most = f"up to {self.most} contacts a week" if len(self.weeks) > 1 else f"{self.most} contacts"
        return (
            f"{self.segment} would get {most} in {in_weeks(self.weeks)} from {_senders(self.contacts)}; "
            f"their limit is {self.budget} a week."
        )


def in_weeks(mondays: tuple[date, ...]) -> str:
    """The week of a Monday, or how many weeks that follow each other and their days."""
    if len(mondays) == 1:
        return f"the week of {said(mondays[0])}"
    return f"the {len(mondays)} weeks {said_between(mondays[0], mondays[-1] + timedelta(days=6))}"


def _senders(contacts: tuple[PlannedContact, ...]) -> str:
    """The departments with their initiatives, as many as a sentence bears."""
    references: dict[str, dict[str, None]] = {}
    for contact in contacts:
        references.setdefault(contact.department, {})[contact.reference] = None
    told = [f"{name} ({', '.join(ones)})" for name, ones in references.items() if len(ones) <= _NAMED]
    told += [f"{name} ({len(ones)} initiatives)" for name, ones in references.items() if len(ones) > _NAMED]
    hidden = len(told) - _NAMED
    return listed([*told[:_NAMED], f"{hidden} more"] if hidden > 1 else told)


_NAMED = 5


def _told(contact: PlannedContact) -> str:
    does = f"{_DOES[contact.intent]} {contact.segment} by {contact.touchpoint}"
    return f"{contact.department} would {does} ({contact.reference})"


_DOES = {
    "inform": "inform",
    "survey": "survey",
    "win": "advertise to",
    "cross-sell": "cross-sell to",
    "onboard": "welcome",
    "renew": "ask for renewal from",
    "win-back": "try to win back",
    "bill": "bill",
    "collect": "ask for an overdue payment from",
    "restrict": "set limits for",
    "cancel": "end the contract of",
    "apologise": "apologise to",
}
