"""The forms of the settings: one department, the journey, the digest's schedule."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.fields import INPUT_MAX, ChoiceOption, Field
from handlers.views.lines import line_fields
from handlers.views.loading import told_modal
from handlers.views.registering import notice_line
from handlers.views.text import context, paragraph, plain
from planning.digests.values import WEEKDAYS, Schedule
from planning.journey.values import Journey
from planning.text import NAME_MAX, clip, one_line
from planning.workspace.values import AlertsTo, Department, Person

TEMPLATE = (
    ("Notice", "The customer becomes aware that we could help with what is on their mind."),
    ("Choose", "The customer compares, asks and decides for us."),
    ("Start", "The customer signs up, pays for the first time and gets going."),
    ("Use", "The customer gets day after day what was promised."),
    ("Get help", "Something is unclear or goes wrong, and the customer turns to us."),
    ("Renew", "The customer looks back at what it was worth and decides to stay."),
    ("Recommend", "The customer tells others about us, or would if asked."),
    ("Leave", "The customer ends it, and still wants to be treated well."),
)
"""A journey to begin with, to be made one's own."""
FIRST_FIELD = "stages"


class DepartmentNote(BaseModel):
    """Which department the form is about; None for a new one."""

    department: int | None = None


class JourneyNote(BaseModel):
    """The stages whose removal was shown and is now being confirmed."""

    removing: tuple[str, ...] = ()


def department_form(department: Department | None, leads: Sequence[Person]) -> View:
    """Name, leads, channel, and where alerts go."""
    named = department.name if department else ""
    here = [person.slack_id for person in leads if person.slack_id]
    channel = department.channel.id if department and department.channel else None
    alerts = department.alerts_to if department else AlertsTo.LEADS
    return settings_form(
        Modal.DEPARTMENT,
        "Department" if department else "New department",
        [
            fields.text_field(Field("name", "Name", optional=False), named, most=NAME_MAX),
            fields.people(Field("leads", "Leads", _leads_hint(leads)), here),
            fields.channel(Field("channel", "Channel", "Concord posts there only what is chosen below."), channel),
            fields.radio(Field("alerts_to", "Alerts about overlaps go to", optional=False), ALERTS, alerts),
        ],
        DepartmentNote(department=department.id if department else None),
    )


ALERTS: tuple[ChoiceOption, ...] = (
    (AlertsTo.LEADS, "The leads, by direct message"),
    (AlertsTo.CHANNEL, "The channel; invite Concord there first"),
)


def journey_form(lines: Sequence[str], removing: Mapping[str, int], begun: bool) -> View:
    """One stage on each line. `removing`: stages left out, with how many live initiatives each would leave bare."""
    opening = (
        "In the order in which the customer lives through them."
        if begun
        else "This is a journey to begin with. Change the words until they are yours."
    )
    return settings_form(
        Modal.JOURNEY,
        "Journey",
        [*notice_line(_removal(removing)), paragraph(opening), *_journey_fields(lines)],
        JourneyNote(removing=tuple(removing)),
        "Save anyway" if removing else "Save",
    )


def journey_lines(journey: Journey) -> list[str]:
    """The stages as they are typed; the template while there are none."""
    stages = sorted(journey.stages, key=lambda stage: stage.position)
    named = [(stage.name, stage.definition) for stage in stages] or TEMPLATE
    return [clip(f"{name}: {one_line(told)}" if told else name, INPUT_MAX) for name, told in named]


def schedule_form(schedule: Schedule | None, zones: Sequence[ChoiceOption], zone: str) -> View:
    """Where the executive digest goes, and when."""
    weekdays = [(str(number), name) for number, name in enumerate(WEEKDAYS)]
    weekday = str(schedule.weekday) if schedule else "0"
    time = f"{schedule.hour:02}:{schedule.minute:02}" if schedule else "09:00"
    chosen = schedule.zone if schedule else zone
    return settings_form(
        Modal.SCHEDULE,
        "Weekly digest",
        [
            fields.channel(
                Field("channel", "The executives' channel", "Invite Concord there first.", optional=False),
                schedule.channel if schedule else None,
            ),
            fields.one_of(Field("weekday", "Day", optional=False), weekdays, weekday),
            fields.time_of_day(Field("time", "Time", optional=False), time),
            fields.one_of(Field("zone", "Time zone", "Type a city.", optional=False), zones, chosen),
        ],
    )


def settings_form(
    callback: Modal, title: str, blocks: Sequence[Block], note: BaseModel | None = None, submit: str = "Save"
) -> View:
    """A form of the settings; `note` is what it remembers."""
    return View(
        type="modal",
        callback_id=callback,
        title=plain(title, 24),
        submit=plain(submit, 24),
        close=plain("Cancel"),
        private_metadata=note.model_dump_json() if note else "",
        blocks=list(blocks),
    )


def saved_settings(told: str, missing: Sequence[str]) -> View:
    """What was saved, and what comes next."""
    next_step = f"Next: {missing[0]}" if missing else "Everything that Concord needs is set up."
    return told_modal("Saved", [paragraph(told), context(next_step)], close="Done")


def _leads_hint(leads: Sequence[Person]) -> str:
    absent = [person.name for person in leads if not person.slack_id]
    names = ", ".join(absent[:5])
    return f"Now {names}, who cannot be found in Slack; choose somebody to take over." if absent else ""


def _journey_fields(lines: Sequence[str]) -> list[Block]:
    hint = "One stage on each line, as Name: what the customer does there. A stage with a new name is a new stage."
    return line_fields(Field(FIRST_FIELD, "Stages", hint, optional=False), "More stages", lines)


def _removal(removing: Mapping[str, int]) -> str:
    if not removing:
        return ""
    told = "; ".join(f"“{clip(name, 60)}” is on {_initiatives(count)}" for name, count in removing.items())
    return clip(f"Not saved yet. Left out: {told}. They lose that stage; nothing else of them changes.", 2000)


def _initiatives(count: int) -> str:
    return "1 live initiative" if count == 1 else f"{count or 'no'} live initiatives"
