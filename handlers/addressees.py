"""Whom messages go to, by name."""

from planning.register import Register
from planning.schedules.values import ScheduleKind

_TOLD = {
    ScheduleKind.DEPARTMENT: "the channel of a department’s digest",
    ScheduleKind.EXECUTIVE: "the executives’ channel",
}


def addressees(register: Register) -> dict[str, str]:
    """The names of people and channels, by Slack id."""
    people = {person.slack_id: person.name for person in register.people.all() if person.slack_id}
    channels = [department.channel for department in register.departments.all() if department.channel]
    digests = {one.channel: _TOLD[one.kind] for one in register.schedules.all(_TOLD)}
    return {**people, **digests, **{channel.id: f"#{channel.name}" for channel in channels if channel.id}}
