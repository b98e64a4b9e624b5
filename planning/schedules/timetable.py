"""What is done at the due times of each kind of schedule."""

from collections.abc import Mapping

from planning.agreement.pulsing import begin_quarterly
from planning.checkins.asking import ask_owners
from planning.decisions.escalating import escalate_daily
from planning.digests.department import send_department
from planning.digests.executive import send_digest
from planning.findings.passing import pass_night
from planning.needs.mornings import send_list
from planning.schedules.tasks import Do
from planning.schedules.values import ScheduleKind
from planning.season.opening import open_next

TIMETABLE: Mapping[ScheduleKind, Do] = {
    ScheduleKind.EXECUTIVE: send_digest,
    ScheduleKind.DEPARTMENT: send_department,
    ScheduleKind.PERSONAL: send_list,
    ScheduleKind.CHECK_IN: ask_owners,
    ScheduleKind.PULSE: begin_quarterly,
    ScheduleKind.SEASON: open_next,
    ScheduleKind.NIGHTLY: pass_night,
    ScheduleKind.ESCALATION: escalate_daily,
}
