"""The forms of what stewards keep beside the journey: pools, customer problems, metrics, a segment's limits."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.fields import ChoiceOption, Field
from handlers.views.lines import line_fields
from handlers.views.names import name_options, part_options, stage_options
from handlers.views.setup import settings_form
from handlers.views.text import paragraph
from planning.journey.values import Journey, Segment
from planning.metrics.arranging import UNIT_MAX
from planning.metrics.values import Direction, Metric
from planning.problems.values import Problem
from planning.resources.values import Leave, Pool
from planning.text import NAME_MAX

LEAVE = "leave"
WEIGHTS: tuple[ChoiceOption, ...] = (
    ("1", "1: hardly"),
    ("2", "2"),
    ("3", "3: as the others"),
    ("4", "4"),
    ("5", "5: most of all"),
)
BETTER: tuple[ChoiceOption, ...] = (
    (Direction.UP, "Higher is better"),
    (Direction.DOWN, "Lower is better"),
)


class RecordNote(BaseModel):
    """Which one the form is about; None for a new one."""

    id: int | None = None


def pool_form(pool: Pool | None) -> View:
    """A team or skill that initiatives ask for, how much it can give a week, and when it is away."""
    hint = "Five people who can give it half of their time are 2.5."
    away = "One on each line, as 2026-12-21 to 2027-01-01, 50%. Without a share everybody is away."
    return _form(
        Modal.POOL,
        "Resource pool",
        pool.id if pool else None,
        [
            paragraph("People whom several departments ask for. More asks than they can answer are found in time."),
            _name(pool.name if pool else "", "A team or a skill"),
            fields.number(
                Field("capacity", "Person-weeks a week", hint, optional=False), pool.capacity if pool else None
            ),
            *line_fields(Field(LEAVE, "Leave", away), "More leave", [*map(leave_line, pool.leave if pool else ())]),
        ],
    )


def leave_line(leave: Leave) -> str:
    """How a line of leave is typed."""
    return f"{leave.window.start} to {leave.window.end}, {leave.share * 100:.10g}%"


def problem_form(problem: Problem | None) -> View:
    """What hurts customers, and what a complete fix of it needs."""
    needs = Field("needs", "What a complete fix needs", "What nobody brings is told as a gap.")
    return _form(
        Modal.PROBLEM,
        "Customer problem",
        problem.id if problem else None,
        [
            _name(problem.name if problem else "", "In a few words, as customers would say it"),
            fields.text_field(
                Field("statement", "What happens to them"), problem.statement if problem else "", lines=True
            ),
            fields.any_of(needs, part_options(), map(str, problem.needs if problem else ())),
        ],
    )


def metric_form(metric: Metric | None, others: Mapping[int, str], tense: Sequence[int], journey: Journey) -> View:
    """A measure: where it stands, where it should be, and how it hangs together with `others`."""
    one = metric or Metric(0, "")
    return _form(
        Modal.METRIC,
        "Metric",
        metric.id if metric else None,
        [
            _name(one.name, "Such as Net promoter score"),
            fields.text_field(Field("unit", "Unit", "Such as points, % or days"), one.unit, most=UNIT_MAX),
            fields.radio(Field("direction", "Which way is better?", optional=False), BETTER, one.direction),
            *_choice(Field("stage", "Stage of the journey that it measures"), stage_options(journey), one.stage),
            fields.number(Field("baseline", "Where it stands"), one.baseline, least=None),
            fields.number(Field("target", "Where it should be"), one.target, least=None),
            fields.day(Field("target_on", "By when"), one.target_on),
            *_choice(Field("feeds", "Which metric does it feed?"), name_options(others), one.feeds),
            *_tensions(others, tense),
        ],
    )


def segment_form(segment: Segment) -> View:
    """How much a segment matters and how many contacts it bears; its name and place are in the list of customers."""
    often = Field("weekly_contacts", "Contacts a week that are not too many", optional=False)
    return _form(
        Modal.SEGMENT,
        "Segment",
        segment.id,
        [
            paragraph(f"{segment.name}. Its name is changed under Customers."),
            fields.one_of(Field("weight", "How much it matters", optional=False), WEIGHTS, str(segment.weight)),
            fields.number(often, segment.weekly_contacts),
        ],
    )


def _form(callback: Modal, title: str, id: int | None, blocks: Sequence[Block]) -> View:
    return settings_form(callback, title if id else f"New {title.lower()}", blocks, RecordNote(id=id))


def _name(name: str, ghost: str) -> Block:
    return fields.text_field(Field("name", "Name", optional=False), name, most=NAME_MAX, ghost=ghost)


def _choice(field: Field, options: Sequence[ChoiceOption], chosen: int | None) -> list[Block]:
    """A menu, left out while there is nothing to choose from."""
    return [fields.one_of(field, options, None if chosen is None else str(chosen))] if options else []


def _tensions(others: Mapping[int, str], tense: Sequence[int]) -> list[Block]:
    hint = "Metrics of which pushing one costs the other, such as handling time and first-contact resolution."
    options = name_options(others)
    return [fields.any_of(Field("tensions", "Pulls against", hint), options, map(str, tense))] if options else []
