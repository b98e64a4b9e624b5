"""When and of what a person wants to hear: the form, and in one sentence what is in force."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.coverage import listed
from handlers.views.fields import Field
from handlers.views.lines import line_fields
from handlers.views.loading import told_modal
from handlers.views.text import context, paragraph, plain
from planning.alerts.preferences import Notice, Preferences
from planning.schedules.cron import WEEKDAYS
from planning.schedules.values import Schedule
from planning.window import Window, said
from planning.workspace.hours import MIDNIGHT

TITLE = "Notifications"
OFF_SHOWN = 5
NOTICES: Mapping[Notice, str] = {
    Notice.OVERLAPS: "Overlaps of my department's initiatives",
    Notice.JOINED: "Somebody joins an initiative of mine",
    Notice.QUESTIONS: "Questions of the agreement rounds",
    Notice.REMINDERS: "Reminders and check-ins",
    Notice.SEASON: "The planning season",
}
"""What can be switched off, in the words of the form."""
SHORT: Mapping[Notice, str] = {
    Notice.OVERLAPS: "overlaps",
    Notice.JOINED: "who joins yours",
    Notice.QUESTIONS: "questions",
    Notice.REMINDERS: "reminders and check-ins",
    Notice.SEASON: "the planning season",
}
EVERY_MORNING = (("yes", "Yes, on days when something needs me"), ("no", "No, I look at the Home tab"))


def preferences_form(wanted: Preferences, mornings: Schedule | None, zone: str, today: date) -> View:
    """Hours, days, days off, what is switched off, and the morning list."""
    off = "One on each line, as 2026-12-24 or 2026-12-21 to 2027-01-01."
    muted = "What needs you still stands on the Home tab."
    quiet = wanted.quiet_until if wanted.quiet_until and wanted.quiet_until > today else None
    blocks: list[Block] = [
        paragraph(f"Concord writes to you at these hours only. They are hours of {zone}, as Slack has it of you."),
        context("Change the zone in your Slack profile; this form takes it over when you open it."),
        fields.time_of_day(Field("begins", "From", optional=False), f"{wanted.begins:%H:%M}"),
        fields.time_of_day(Field("ends", "Until", "00:00 is midnight.", optional=False), f"{wanted.ends:%H:%M}"),
        fields.any_of(Field("weekdays", "On", optional=False), _weekdays(), map(str, wanted.weekdays)),
        *line_fields(Field("off", "Days off", off), "More days off", [*map(off_line, wanted.off)]),
        fields.day(Field("quiet_until", "Nothing at all before", "What comes up meanwhile waits for you."), quiet),
        fields.any_of(Field("muted", "Do not tell me of", muted), [*NOTICES.items()], wanted.muted, "Nothing"),
        fields.radio(Field("morning", "A list each morning?", optional=False), EVERY_MORNING, _comes(mornings)),
    ]
    return View(
        type="modal",
        callback_id=Modal.PREFERENCES,
        title=plain(TITLE, 24),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=blocks,
    )


def off_line(window: Window) -> str:
    """How days off are typed."""
    return str(window.start) if window.days == 1 else f"{window.start} to {window.end}"


def saved_preferences(wanted: Preferences, zone: str, mornings: Schedule | None) -> View:
    """What is in force now."""
    changed = context("“/cx notify” changes it at any time.")
    return told_modal(TITLE, [paragraph(in_force(wanted, zone, mornings)), changed], close="Done")


def in_force(wanted: Preferences, zone: str, mornings: Schedule | None = None) -> str:
    """When and of what the person hears, in one sentence."""
    hours = (
        "at any hour" if wanted.begins == wanted.ends == MIDNIGHT else f"{_hour(wanted.begins)}–{_hour(wanted.ends)}"
    )
    parts = [f"From now on Concord writes to you on {_days(wanted.weekdays)}, {hours} ({zone})"]
    parts += [f"nothing before {said(wanted.quiet_until)}"] if wanted.quiet_until else []
    parts += [f"not on {listed([*map(str, wanted.off)], OFF_SHOWN)}"] if wanted.off else []
    parts += [f"not of {listed([SHORT[one] for one in Notice if one in wanted.muted], 5)}"] if wanted.muted else []
    if mornings and not mornings.paused:
        parts.append(f"with a list {mornings.cron.said} when something needs you")
    return f"{'; '.join(parts)}."


def _weekdays() -> Sequence[tuple[str, str]]:
    return [(str(number), name) for number, name in enumerate(WEEKDAYS)]


def _days(weekdays: frozenset[int]) -> str:
    days = sorted(weekdays)
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"
    return listed([WEEKDAYS[day] for day in days], len(WEEKDAYS))


def _hour(hour: time) -> str:
    return "midnight" if hour == MIDNIGHT else f"{hour:%H:%M}"


def _comes(mornings: Schedule | None) -> str:
    return "yes" if mornings and not mornings.paused else "no"
