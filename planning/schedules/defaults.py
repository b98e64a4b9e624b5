"""What every workspace has from its first day on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from planning.register import Register
from planning.schedules.cron import Cron
from planning.schedules.values import NextDue, Schedule, ScheduleKind

USUAL: Mapping[ScheduleKind, Cron] = {
    ScheduleKind.NIGHTLY: Cron.of("0 3 * * *"),
    ScheduleKind.ESCALATION: Cron.of("30 3 * * *"),
    ScheduleKind.CHECK_IN: Cron.of("0 10 1-7 * wed"),
    ScheduleKind.PULSE: Cron.of("0 9 1-7 1,4,7,10 tue"),
    ScheduleKind.SEASON: Cron.of("0 9 4 3,6,9,12 *"),
}


def add_usual(register: Register, now: datetime, next_due: NextDue) -> int:
    """Add those that are lacking, in the workspace's zone; how many."""
    known = {schedule.kind for schedule in register.schedules.all(USUAL)}
    zone = register.workspaces.current().zone
    lacking = [Schedule(0, kind, cron, zone, now) for kind, cron in USUAL.items() if kind not in known]
    for schedule in lacking:
        register.schedules.add(replace(schedule, next_due_at=next_due(schedule, now)))
    return len(lacking)
