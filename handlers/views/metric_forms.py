"""The forms of a metric: what it is, and with which others it hangs together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.fields import ChoiceOption, Field
from handlers.views.names import name_options, stage_options
from handlers.views.records import choice_field, name_field, record_form
from planning.journey.values import Journey
from planning.metrics.checking import SOURCE_MAX, UNIT_MAX
from planning.metrics.values import Cadence, Direction, Metric

BETTER: tuple[ChoiceOption, ...] = (
    (Direction.UP, "Higher is better"),
    (Direction.DOWN, "Lower is better"),
)
CADENCES: tuple[ChoiceOption, ...] = (
    (Cadence.WEEKLY, "Every week"),
    (Cadence.MONTHLY, "Every month"),
    (Cadence.QUARTERLY, "Every quarter"),
    (Cadence.YEARLY, "Every year"),
)
MONEY: tuple[ChoiceOption, ...] = (
    ("no", "No"),
    ("yes", "Yes: it is where a chain of metrics ends"),
)


@dataclass(frozen=True, slots=True)
class Offered:
    """What the form of a metric offers: the journey, the other metrics (id → name), the owner's Slack id."""

    journey: Journey
    others: Mapping[int, str] = field(default_factory=dict)
    owner: str | None = None
    absent: str = ""
    """The owner's name, where Slack's menu cannot show them."""


def metric_form(metric: Metric | None, offered: Offered) -> View:
    """A measure: what it is of, where it stands and should be, who reads it and how often."""
    one = metric or Metric(0, "")
    return record_form(
        Modal.METRIC,
        "Metric",
        metric.id if metric else None,
        [*_measure(one, offered), *_way(one), *_reading(one, offered), *_chain(one, offered.others)],
    )


def _measure(one: Metric, offered: Offered) -> list[Block]:
    segments = name_options(offered.journey.segment_names())
    either = "A stage or a group of customers, not both; a hand-off names its metric itself."
    return [
        name_field(one.name, "Such as Net promoter score"),
        fields.text_field(Field("unit", "Unit", "Such as points, % or days"), one.unit, most=UNIT_MAX),
        fields.radio(Field("direction", "Which way is better?", optional=False), BETTER, one.direction),
        *choice_field(
            Field("stage", "Stage of the journey that it measures", either), stage_options(offered.journey), one.stage
        ),
        *choice_field(Field("segment", "Or the customers that it measures"), segments, one.segment),
    ]


def _way(one: Metric) -> list[Block]:
    begins = "The way to the target begins on this day. Without it, it begins at the first reading."
    return [
        fields.number(Field("baseline", "Where it stood at first"), one.baseline, least=None),
        fields.day(Field("baseline_on", "On which day", begins), one.baseline_on),
        fields.number(Field("target", "Where it should be"), one.target, least=None),
        fields.day(Field("target_on", "By when"), one.target_on),
    ]


def _reading(one: Metric, offered: Offered) -> list[Block]:
    silence = "When a reading is late, it is told as a gap. Without an answer nobody is reminded."
    now = f"Now {offered.absent}, who cannot be found in Slack; choose somebody to take over." if offered.absent else ""
    return [
        fields.one_of(Field("cadence", "How often is it read?", silence), CADENCES, one.cadence),
        fields.person(Field("owner", "Who reads it?", now), offered.owner),
        fields.text_field(Field("source", "Where do the readings come from?"), one.source, most=SOURCE_MAX),
    ]


def _chain(one: Metric, others: Mapping[int, str]) -> list[Block]:
    feeds = Field("feeds", "Which metric does it feed?", "When this one gets better, which one follows?")
    return [
        fields.radio(Field("financial", "Is it money?", optional=False), MONEY, "yes" if one.financial else "no"),
        *choice_field(feeds, name_options(others), one.feeds),
    ]
