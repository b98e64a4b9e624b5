"""The forms of what stewards keep beside the journey: pools and customer problems."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.fields import ChoiceOption, Field
from handlers.views.lines import line_fields
from handlers.views.names import part_options
from handlers.views.notes import Note
from handlers.views.setup import settings_form
from handlers.views.text import paragraph
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


class RecordNote(Note):
    """Which one the form is about; None for a new one."""

    id: int | None = None


def pool_form(pool: Pool | None) -> View:
    """A team or skill that initiatives ask for, how much it can give a week, and when it is away."""
    hint = "Five people who can give it half of their time are 2.5."
    away = "One on each line, as 2026-12-21 to 2027-01-01, 50%. Without a share everybody is away."
    return record_form(
        Modal.POOL,
        "Resource pool",
        pool.id if pool else None,
        [
            paragraph("People whom several departments ask for. More asks than they can answer are found in time."),
            name_field(pool.name if pool else "", "A team or a skill"),
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
    return record_form(
        Modal.PROBLEM,
        "Customer problem",
        problem.id if problem else None,
        [
            name_field(problem.name if problem else "", "In a few words, as customers would say it"),
            fields.text_field(
                Field("statement", "What happens to them"), problem.statement if problem else "", lines=True
            ),
            fields.any_of(needs, part_options(), map(str, problem.needs if problem else ())),
        ],
    )


def record_form(callback: Modal, title: str, id: int | None, blocks: Sequence[Block]) -> View:
    """A form of the settings that remembers which one it is about."""
    return settings_form(callback, title if id else f"New {title.lower()}", blocks, RecordNote(id=id))


def name_field(name: str, ghost: str, hint: str = "") -> Block:
    """What it is called."""
    return fields.text_field(Field("name", "Name", hint, optional=False), name, most=NAME_MAX, ghost=ghost)


def choice_field(field: Field, options: Sequence[ChoiceOption], chosen: int | None) -> list[Block]:
    """A menu of things by their ids, left out while there is nothing to choose from."""
    return [fields.one_of(field, options, None if chosen is None else str(chosen))] if options else []
