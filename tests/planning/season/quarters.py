"""A portfolio for tests of the planning season: two departments on one stage, the same pool and the same customers."""

from datetime import date
from typing import Any

from db.registers import SqlRegister
from planning.initiatives.values import Draft
from planning.window import Window
from tests.builders import NOW, contact, draft, pool, request, vector

QUARTER = "2027-Q2"
APRIL = Window(date(2027, 4, 5), date(2027, 5, 2))
"""Four whole weeks."""


def planned(**fields: Any) -> Draft:
    """Four weeks of April on stage 1, with sixteen person-weeks of pool 1 and a letter in its first days."""
    april = {"starts_on": APRIL.start, "ends_on": APRIL.end, "stages": (1,)}
    wants = {"requests": (request(person_weeks=16.0, window=APRIL),), "contacts": (contact(window=APRIL),)}
    return draft(**{**april, **wants, **fields})


def shared_stage(register: SqlRegister) -> None:
    """CX-1 of Marketing and CX-2 of Service want all of the same pool at once."""
    register.pools.add(pool(capacity=4.0, leave=()))
    register.initiatives.add(planned(title="Letters"), vector(1), NOW)
    register.initiatives.add(planned(title="Calls", department=2), vector(2), NOW)
