"""The forms of the parts of the journey: one stage, one hand-off, one segment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.fields import ChoiceOption, Field
from handlers.views.names import name_options, stage_options
from handlers.views.records import WEIGHTS, choice_field, name_field, record_form
from handlers.views.text import paragraph
from planning.journey.values import HandOff, Journey, Segment, Stage
from planning.workspace.values import Person

KEEP, REMOVE = "keep", "remove"
KEEPING: tuple[ChoiceOption, ...] = ((KEEP, "Keep it"), (REMOVE, "Take it out of the journey"))


@dataclass(frozen=True, slots=True)
class Around:
    """What a hand-off can be tied to: the journey, departments and metrics (id → name)."""

    journey: Journey
    departments: Mapping[int, str] = field(default_factory=dict)
    metrics: Mapping[int, str] = field(default_factory=dict)


def stage_form(stage: Stage, owner: Person | None) -> View:
    """Everything of a stage but its place, which is in the list of the journey."""
    intent = "What the customer should think, feel and be able to do."
    renamed = "With another name it stays the same stage, with all that hangs on it."
    return record_form(
        Modal.STAGE,
        "Stage",
        stage.id,
        [
            name_field(stage.name, "In a word or two", renamed),
            _text("definition", "What does the customer do there?", stage.definition),
            _text("customer_goal", "What does the customer want to get done?", stage.customer_goal),
            _text("intent", "Intent", stage.intent, intent),
            _text("brand_value", "Which value of the brand does it bring to life?", stage.brand_value),
            fields.one_of(Field("weight", "How much it matters", optional=False), WEIGHTS, str(stage.weight)),
            fields.person(
                Field("owner", "Who is accountable for it?", _absent(owner)), owner.slack_id if owner else None
            ),
        ],
    )


def hand_off_form(hand_off: HandOff | None, around: Around) -> View:
    """From which stage to which other one, who gives, who receives, and by which metric it is measured."""
    one, stages = hand_off or HandOff(0, 0, 0), stage_options(around.journey)
    departments = name_options(around.departments)
    keeping = fields.radio(Field("keeping", "This hand-off", optional=False), KEEPING, KEEP)
    return record_form(
        Modal.HAND_OFF,
        "Hand-off",
        hand_off.id if hand_off else None,
        [
            paragraph("Where the customer passes from one stage to another, two departments meet: name both."),
            *choice_field(Field("before", "From the stage", optional=False), stages, one.before),
            *choice_field(Field("after", "To the stage", optional=False), stages, one.after),
            *choice_field(Field("giver", "Which department gives?"), departments, one.giver),
            *choice_field(Field("receiver", "Which department receives?"), departments, one.receiver),
            *choice_field(Field("metric", "Which metric says how it goes?"), name_options(around.metrics), one.metric),
            *([keeping] if hand_off else []),
        ],
    )


def segment_form(segment: Segment | None, others: Mapping[int, str]) -> View:
    """A group of customers: what it is part of, how much it matters and how many contacts it bears."""
    one = segment or Segment(0, "")
    often = Field("weekly_contacts", "Contacts a week that are not too many", optional=False)
    return record_form(
        Modal.SEGMENT,
        "Segment",
        segment.id if segment else None,
        [
            name_field(one.name, "Such as Young families"),
            *choice_field(Field("parent", "Part of which larger one?"), name_options(others), one.parent),
            fields.one_of(Field("weight", "How much it matters", optional=False), WEIGHTS, str(one.weight)),
            fields.number(often, one.weekly_contacts),
        ],
    )


def _text(name: str, label: str, typed: str, hint: str = "") -> Block:
    return fields.text_field(Field(name, label, hint), typed, lines=True)


def _absent(owner: Person | None) -> str:
    told = f"Now {owner.name}, who cannot be found in Slack; choose somebody to take over." if owner else ""
    return told if owner and not owner.slack_id else ""
