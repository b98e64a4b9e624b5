"""Snoozes that have ended: the overlap is open again and its cards ask again."""

from dataclasses import replace
from datetime import datetime

from planning.alerts.announcing import announce_again
from planning.alerts.news import news_of_change, redraw
from planning.audit.values import Entry
from planning.register import Register


def wake(register: Register, now: datetime) -> int:
    """Open every overlap whose snooze has ended, and say so where it was told; the number of them."""
    awake = [replace(finding, verdict=None, changed_at=now) for finding in register.findings.slept_out(now)]
    register.findings.save_all(awake, now)
    register.audit.add_all([Entry(now, "finding.woken", f"finding:{finding.id}") for finding in awake])
    redraw(register, *(finding.id for finding in awake))
    for finding in awake:
        news_of_change(register, finding, "woken", now)
    announce_again(register, awake, None, now)
    return len(awake)
