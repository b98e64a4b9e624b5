"""What each beat does besides what is scheduled, in a workspace in which something is due."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from db.registers import SqlRegisters
from planning.agreement.closing import postpone, watch
from planning.alerts.telling import tell_due
from planning.data.tidying import tidy
from planning.errors import Busy
from planning.findings.waking import wake
from planning.plans.following import rest, watch_plans
from planning.register import Register
from planning.similarity import Encoder

log = structlog.get_logger()

Step = Callable[[Register, Encoder, datetime], object]

PATIENCE = timedelta(milliseconds=200)
"""Until a workspace that another process is writing in is passed over; its next turn is at the next beat."""


def waking(register: Register, _encoder: Encoder, now: datetime) -> int:
    """Open again what was put off until now."""
    return wake(register, now)


def alerts(register: Register, _encoder: Encoder, now: datetime) -> int:
    """Tell what waited for somebody's hours."""
    return tell_due(register, now)


def polls(register: Register, encoder: Encoder, now: datetime) -> bool:
    """Ask, remind or close, one poll at a time."""
    return watch(register, encoder, now)


def plans(register: Register, _encoder: Encoder, now: datetime) -> int:
    """Remind of plans, and ask what came of them."""
    return watch_plans(register, now)


def forgetting(register: Register, _encoder: Encoder, now: datetime) -> bool:
    """Forget what is over and old, a portion at a time, once a night."""
    portion = tidy(register, now)
    if portion is not None and portion.forgotten:
        workspace = register.workspaces.current().id
        log.info("forgot what is over", workspace=workspace, what=str(portion.kept), rows=portion.forgotten)
    return portion is not None


STEPS: tuple[Step, ...] = (waking, alerts, polls, plans, forgetting)
AGAIN: frozenset[Step] = frozenset({polls, forgetting})
"""Steps that do one thing at a time, until nothing is left."""
RESTS: Mapping[Step, Callable[[Register, datetime], None]] = {polls: postpone, plans: rest}
"""What a step stumbles over it would stumble over at every beat, while all writers wait: this puts it off."""


def take(registers: SqlRegisters, step: Step, encoder: Encoder, now: Clock) -> bool:
    """Take a step in a workspace; whether it did something."""
    try:
        done = bool(_taken(registers, step, encoder, now))
        while step in AGAIN and _taken(registers, step, encoder, now):
            pass
    except Busy:
        return False
    except SQLAlchemyError:
        log.exception("step failed; it is tried again", step=step.__name__, workspace=registers.workspace)
        return False
    return done


def _taken(registers: SqlRegisters, step: Step, encoder: Encoder, now: Clock) -> object:
    try:
        with registers.writing(PATIENCE) as register:
            return step(register, encoder, now())
    except (Busy, SQLAlchemyError):
        raise
    except Exception:
        log.exception("step failed; it is put off", step=step.__name__, workspace=registers.workspace)
    if step not in RESTS:
        return False
    with registers.writing() as register:
        RESTS[step](register, now())
    return step in AGAIN
