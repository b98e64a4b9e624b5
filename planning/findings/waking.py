"""Snoozes that have ended: the overlap is open again and its cards ask again."""

from dataclasses import replace
from datetime import datetime

from planning.audit.values import Entry
from planning.outbox.values import MessageKind
from planning.register import Register


def wake(register: Register, now: datetime) -> int:
    """Open every overlap whose snooze has ended; the number of them."""
    slept = register.findings.slept_out(now)
    register.findings.save_all([replace(finding, verdict=None, changed_at=now) for finding in slept], now)
    register.audit.add_all([Entry(now, "finding.woken", f"finding:{finding.id}") for finding in slept])
    register.postings.revise(MessageKind.ALERT, *(finding.id for finding in slept))
    return len(slept)
