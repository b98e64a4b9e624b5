"""What people filled in of what an initiative plans, as checked values."""

from datetime import date
from typing import Any

from pydantic import field_validator

from handlers.forms import Form
from planning.initiatives.checking import PERSON_WEEKS_MAX, TOO_LONG, may_ask_for
from planning.initiatives.values import Contact, Effect, Intent, Request
from planning.metrics.values import Direction
from planning.problems.values import Part
from planning.window import LONGEST, Window


class _Dated(Form):
    """With days in their order."""

    starts_on: date
    ends_on: date

    @field_validator("ends_on")
    @classmethod
    def _in_order(cls, ends_on: date, info: Any) -> date:
        starts_on = info.data.get("starts_on")
        if starts_on is not None and ends_on < starts_on:
            raise ValueError("Choose an end on or after the start.")
        if starts_on is not None and Window(starts_on, ends_on).days > LONGEST:
            raise ValueError(TOO_LONG)
        return ends_on

    @property
    def window(self) -> Window:
        """The days."""
        return Window(self.starts_on, self.ends_on)


class ContactForm(_Dated):
    """One planned contact."""

    segment: int
    touchpoint: int
    intent: Intent

    @property
    def planned(self) -> Contact:
        """The value."""
        return Contact(self.segment, self.touchpoint, self.intent, self.window)


class EffectForm(Form):
    """What it is meant to do to one metric."""

    metric: int
    direction: Direction

    @property
    def planned(self) -> Effect:
        """The value."""
        return Effect(self.metric, self.direction)


class RequestForm(_Dated):
    """What it asks of one pool."""

    pool: int
    person_weeks: float

    @field_validator("person_weeks")
    @classmethod
    def _sensible(cls, person_weeks: float) -> float:
        if not may_ask_for(person_weeks):
            raise ValueError(f"Ask for more than 0 and at most {PERSON_WEEKS_MAX:,} person-weeks.")
        return person_weeks

    @property
    def planned(self) -> Request:
        """The value."""
        return Request(self.pool, self.person_weeks, self.window)


class ServesForm(Form):
    """The customer problem that it serves, and the parts of the fix that it brings."""

    serves: int | None = None
    supplies: tuple[Part, ...] = ()
