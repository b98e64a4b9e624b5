"""The one form for when something is due, whatever it is, and where it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.fields import ChoiceOption, Field
from handlers.views.notes import Note
from handlers.views.schedule_words import title_of
from handlers.views.setup import settings_form
from handlers.views.text import context, header
from planning.schedules.changing import IN_A_CHANNEL
from planning.schedules.cron import WEEKDAYS
from planning.schedules.rhythms import WEEKS, Often, Rhythm
from planning.schedules.values import Schedule, ScheduleKind

CRON_MOST = 100
OFTEN: tuple[ChoiceOption, ...] = (
    (Often.WEEKLY, "Every week, on the days below"),
    (Often.MONTHLY, "Every month, on one weekday of the week below"),
    (Often.QUARTERLY, "Once a quarter, on the first such weekday of its first month"),
    (Often.OTHER, "Otherwise, as written below"),
)
CRON_HINT = (
    "Only for “otherwise”: minute, hour, day, month, weekday; such as “30 8 1-7 * tue” for the first Tuesday of a "
    "month at 08:30. Its time is the one that counts then."
)


class ScheduleNote(Note):
    """What the form is about. `offset` is the page of the list that it stands over; None where it stands alone.

    A department's digest without a department is a new one, of the department that is chosen in the form.
    """

    kind: ScheduleKind
    subject: int = 0
    offset: int | None = None

    @property
    def chooses(self) -> bool:
        """Whether the department is chosen in the form."""
        return self.kind is ScheduleKind.DEPARTMENT and not self.subject


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen; `zone` is the one offered first. `departments` are those without a digest."""

    zones: Sequence[ChoiceOption]
    zone: str
    departments: Sequence[ChoiceOption] = ()


def schedule_form(note: ScheduleNote, title: str, known: Schedule | None, choices: Choices) -> View:
    """The schedule as it is, or what is offered for a new one."""
    rhythm = Rhythm.of(known.cron) if known else Rhythm()
    chosen = _department(choices) if note.chooses else []
    channel = _channel(note.kind, known) if note.kind in IN_A_CHANNEL else []
    blocks = [header(title), *chosen, *channel, *_rhythm(rhythm), *_zone(note.kind, known, choices)]
    return settings_form(Modal.SCHEDULE, "Schedule", blocks, note)


def form_title(note: ScheduleNote, departments: Mapping[int, str], known: Schedule) -> str:
    """What the form is about, in words."""
    return "A department’s digest" if note.chooses else title_of(known, departments)


def _department(choices: Choices) -> list[Block]:
    return [fields.one_of(Field("department", "Department", optional=False), choices.departments, None)]


def _channel(kind: ScheduleKind, known: Schedule | None) -> list[Block]:
    label = "The executives’ channel" if kind is ScheduleKind.EXECUTIVE else "The department’s channel"
    field = Field("channel", label, "Invite Concord there first.", optional=False)
    return [fields.channel(field, known.channel if known else None)]


def _rhythm(rhythm: Rhythm) -> list[Block]:
    weekdays = [(str(number), name) for number, name in enumerate(WEEKDAYS)]
    weeks = [(str(number), f"The {name}") for number, name in WEEKS.items()]
    one = "Several for “every week”; one for “every month” and “once a quarter”."
    return [
        fields.radio(Field("often", "How often", optional=False), OFTEN, rhythm.often),
        fields.any_of(Field("weekdays", "On", one), weekdays, map(str, rhythm.weekdays)),
        fields.one_of(Field("week", "Which one of the month", "Only for “every month”."), weeks, str(rhythm.week)),
        fields.time_of_day(Field("time", "Time", optional=False), f"{rhythm.hour:02}:{rhythm.minute:02}"),
        fields.text_field(Field("cron", "Otherwise", CRON_HINT), rhythm.text, most=CRON_MOST, ghost="30 8 1-7 * tue"),
    ]


def _zone(kind: ScheduleKind, known: Schedule | None, choices: Choices) -> list[Block]:
    if kind is ScheduleKind.PERSONAL:
        return [context(f"These are times of {choices.zone}, as Slack has it of you, and move with you.")]
    chosen = known.zone if known else choices.zone
    return [fields.one_of(Field("zone", "Time zone", "Type a city.", optional=False), choices.zones, chosen)]
