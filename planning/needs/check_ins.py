"""The check-in that a person has not answered."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from planning.checkins.questions import read_asking
from planning.needs.values import Need, NeedKind
from planning.register import Register
from planning.text import counted
from planning.workspace.values import Person

WAITS, WEIGHT = timedelta(days=62), 0.4
"""For so long it is worth answering; how much it matters."""


def check_in_needs(register: Register, person: Person, now: datetime) -> Iterator[Need]:
    """The last one, while something of it is still to be answered."""
    last = register.check_ins.last_asked(person.id)
    if last is None or now - last.asked_at > WAITS:
        return
    asking = read_asking(register, last.id)
    if asking.waiting:
        number = len(asking.waiting)
        stand = "stands" if number == 1 else "stand"
        what = f"You are asked how {counted(number, 'initiative')} of yours {stand}."
        yield Need(NeedKind.CHECK_IN, asking.id, what, "One choice each is enough.", weight=WEIGHT)
