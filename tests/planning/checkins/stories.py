"""Owners who are asked, for tests."""

from datetime import datetime
from typing import Any

from db.registers import SqlRegisters
from planning.checkins.questions import Asking, read_asking
from planning.initiatives.values import Initiative, Status
from planning.register import Register
from planning.schedules.tasks import Result
from planning.schedules.values import ScheduleKind
from tests.builders import NOW, draft, lead, vector
from tests.scheduled import carried_out

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")


def owned(register: Register, owner: int | None = 1, **fields: Any) -> Initiative:
    """An initiative that is under way."""
    return register.initiatives.add(draft(**{"owner": owner, "status": Status.ACTIVE, **fields}), vector(1), NOW)


def ask(registers: SqlRegisters, now: datetime = NOW) -> Result:
    """What comes of a check-in that is due."""
    with registers.writing() as register:
        return carried_out(register, ScheduleKind.CHECK_IN, now)


def asking_of(registers: SqlRegisters, id: int = 1) -> Asking:
    """What was asked in the message of a check-in."""
    with registers.reading() as register:
        return read_asking(register, id)
