"""The stewards' resource pools."""

from collections.abc import Sequence
from datetime import datetime
from math import isfinite

from planning.audit.values import Entry
from planning.errors import FieldError
from planning.findings.detecting import detect
from planning.findings.queueing import Change
from planning.naming import free_name
from planning.register import Register
from planning.resources.values import Leave, Pool
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person

CAPACITY_MAX = 10_000
LEAVE_MAX = 50


def save_pool(
    register: Register,
    id: int | None,
    name: str,
    capacity: float,
    leave: Sequence[Leave],
    actor: Person,
    now: datetime,
) -> Pool:
    """Make a pool (`id` None) or change it; `capacity` is in person-weeks a week. Raises FieldError."""
    check_steward(register, actor)
    name = free_name(name, {pool.id: pool.name for pool in register.pools.all()}, id)
    if not isfinite(capacity) or not 0 <= capacity <= CAPACITY_MAX:
        raise FieldError({"capacity": f"Give a number of person-weeks a week, from 0 to {CAPACITY_MAX:,}."})
    if len(leave) > LEAVE_MAX:
        raise FieldError({"leave": f"Keep at most {LEAVE_MAX} lines; those that are over may go."})
    pool = Pool(id or 0, name, capacity, tuple(leave))
    if id is None:
        pool = register.pools.add(pool)
    else:
        register.pools.save(pool)
    register.audit.add(Entry(now, "pool.saved", f"pool:{pool.id}", actor.id, {"name": name}))
    detect(register, Change(None, actor.id), now)
    return pool
