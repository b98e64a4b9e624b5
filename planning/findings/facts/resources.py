"""Why a resource pool cannot give what is asked of it."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from planning.findings.facts.base import FactValue, Who, amount, apart, person_weeks
from planning.findings.facts.contacts import in_weeks
from planning.window import said_between


class PoolWeek(BaseModel):
    """A week (its Monday) with the person-weeks asked for and those available, leave taken off."""

    model_config = ConfigDict(frozen=True)

    monday: date
    asked: float
    available: float


class OverloadedPool(FactValue):
    """The requests on a pool exceed what it can give in weeks that follow each other."""

    kind: Literal["overloaded_pool"] = "overloaded_pool"
    pool: str
    weeks: tuple[PoolWeek, ...]
    initiatives: tuple[int, ...]
    """The ids of the initiatives that ask for it in these weeks."""

    @property
    def essences(self) -> tuple[str, ...]:
        """One for each week and initiative, so that fewer of either are covered; the member says which pool."""
        return tuple(f"{self.kind}:{week.monday}:{id}" for week in self.weeks for id in self.initiatives)

    @property
    def sentence(self) -> str:
        """How much is asked of how much in the worst week, the first of several, and in which weeks it is too much."""
        worst = max(self.weeks, key=lambda week: round(week.asked - week.available, 6))
        mondays = tuple(week.monday for week in self.weeks)
        more = f"; too much is asked in {in_weeks(mondays)}" if len(mondays) > 1 else ""
        digits = apart(worst.asked, worst.available)
        asked, available = person_weeks(worst.asked, digits), amount(worst.available, digits)
        return f"{self.pool}: {asked} asked for and {available} available in {in_weeks((worst.monday,))}{more}."


class PoolRequest(FactValue, Who):
    """Who asks for how much of an overloaded pool, and when."""

    kind: Literal["pool_request"] = "pool_request"
    pool: str
    person_weeks: float
    start: date
    end: date

    @property
    def essences(self) -> tuple[str, ...]:
        """The overload says which weeks count."""
        return ()

    @property
    def sentence(self) -> str:
        """The request."""
        days = said_between(self.start, self.end)
        wanted = f"{self.department} asks for {person_weeks(self.person_weeks)}, {days}"
        return f"{wanted} ({self.reference} “{self.title}”)."
