"""What Slack tells of people without anybody having done something here."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from handlers.context import is_member
from planning.alerts.preferring import move_to
from planning.register import Register, Registers
from planning.schedules.values import NextDue
from planning.workspace.departing import come_back, depart
from planning.workspace.values import Person

LOOKS = 3
"""Two events that are handled at once may end with what was; who writes looks again, so that none does."""


def register(app: App) -> None:
    """Listen to changes of people's profiles."""
    app.event("user_change")(follow_person)


def follow_person(
    event: dict[str, Any],
    client: WebClient,
    registers: Registers,
    now: Callable[[], datetime],
    next_due: NextDue,
) -> None:
    """Take over the zone where somebody is by now, and whether they take part at all.

    Events come late, twice and out of order: this one only says of whom, and Slack is asked what holds now.
    """
    slack_id = event["user"]["id"]
    for _ in range(LOOKS):
        with registers.reading() as register:
            person = register.people.by_slack(slack_id)
        if person is None:
            return
        user = client.users_info(user=slack_id)["user"]
        here, zone = is_member(user), str(user.get("tz") or person.zone)
        if (person.left_at is None, person.zone) == (here, zone if here else person.zone):
            return
        with registers.writing() as register:
            if _come_or_go(register, person, here, now()):
                move_to(register, person, zone, now(), next_due)


def _come_or_go(register: Register, person: Person, here: bool, now: datetime) -> bool:
    """Whether they take part, which is on record from now on."""
    if here:
        come_back(register, person, now)
    else:
        depart(register, person, now)
    return here
