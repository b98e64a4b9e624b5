"""What Slack tells of people without anybody having done something here."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from planning.alerts.preferring import move_to
from planning.register import Registers
from planning.schedules.values import NextDue

LOOKS = 3
"""Two events that are handled at once may end with the older zone; who writes looks again, so that none does."""


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
    """Take over the zone where somebody is by now.

    Events come late, twice and out of order: this one only says of whom, and Slack is asked what holds now.
    """
    slack_id = str(event["user"]["id"])
    for _ in range(LOOKS):
        with registers.reading() as register:
            person = register.people.by_slack(slack_id)
        if person is None:
            return
        zone = client.users_info(user=slack_id)["user"].get("tz")
        if not zone or zone == person.zone:
            return
        with registers.writing() as register:
            move_to(register, person, str(zone), now(), next_due)
