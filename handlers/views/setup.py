"""The forms of the settings: what they share, and that of one department."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.fields import ChoiceOption, Field
from handlers.views.loading import told_modal
from handlers.views.notes import Note, seen_in
from handlers.views.text import context, paragraph, plain
from planning.text import NAME_MAX
from planning.workspace.values import AlertsTo, Department, Person


class DepartmentNote(Note):
    """Which department the form is about; None for a new one."""

    department: int | None = None


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


def settings_form(
    callback: Modal, title: str, blocks: Sequence[Block], note: Note | None = None, submit: str = "Save"
) -> View:
    """A form of the settings; `note` is what it remembers, beside what stands in its fields when it is opened."""
    known = note or Note()
    kept = known if known.seen else known.model_copy(update={"seen": seen_in(blocks)})
    return View(
        type="modal",
        callback_id=callback,
        title=plain(title, 24),
        submit=plain(submit, 24),
        close=plain("Cancel"),
        private_metadata=kept.model_dump_json(),
        blocks=list(blocks),
    )


def saved_settings(told: str, missing: Sequence[str], also: Sequence[Block] = ()) -> View:
    """What was saved, what could be done with it, and what comes next."""
    next_step = f"Next: {missing[0]}" if missing else "Everything that Concord needs is set up."
    return told_modal("Saved", [paragraph(told), *also, context(next_step)], close="Done")


def _leads_hint(leads: Sequence[Person]) -> str:
    absent = [person.name for person in leads if not person.slack_id]
    names = ", ".join(absent[:5])
    return f"Now {names}, who cannot be found in Slack; choose somebody to take over." if absent else ""
