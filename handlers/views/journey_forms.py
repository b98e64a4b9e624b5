"""The forms of the journey as a whole: a template to begin with, and one stage on each line."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views import fields
from handlers.views.fields import INPUT_MAX, Field
from handlers.views.leaving import leaving_notice, leaving_told, target_fields
from handlers.views.lines import line_fields
from handlers.views.notes import Note, mark_of
from handlers.views.setup import settings_form
from handlers.views.text import bold, bullets, line, paragraph, rich
from planning.journey.retiring import Hanging
from planning.journey.templates import TEMPLATES, template
from planning.journey.values import Journey, Stage
from planning.text import clip, one_line

FIRST_FIELD = "stages"
EMPTY = "empty"
"""The choice of those who want no template."""


class JourneyNote(Note):
    """With the template that was begun with, and how often the form has asked where things go."""

    begun_with: str = ""
    asked: int = 0


def template_form() -> View:
    """Which journey to begin with."""
    choices = [*((one.key, one.name) for one in TEMPLATES), (EMPTY, "None of these: an empty list")]
    rows = [(bold(f"{one.name}. "), one.fits, " ", _names(one.stages)) for one in TEMPLATES]
    return settings_form(
        Modal.TEMPLATE,
        "Journey",
        [
            rich(
                line("Choose what comes nearest. Nothing is saved yet, and every word can be changed."), bullets(rows)
            ),
            fields.radio(Field("template", "Begin with", optional=False), choices, TEMPLATES[0].key),
        ],
        submit="Next",
    )


def journey_form(
    lines: Sequence[str],
    note: JourneyNote,
    left: Sequence[Hanging] = (),
    names: Sequence[str] = (),
    chosen: Mapping[int, str] | None = None,
) -> View:
    """One stage on each line. `left`: stages left out, with menus of the `names` to which what hangs on them can go."""
    asked = {"warned": mark_of(leaving_told(left)), "asked": note.asked + 1}
    asking = note.model_copy(update=asked) if left else note
    return settings_form(
        Modal.JOURNEY,
        "Journey",
        [
            *leaving_notice(left),
            paragraph(_opening(note)),
            *target_fields(left, names, chosen or {}, note.asked),
            *_journey_fields(lines, note.edition),
        ],
        asking,
        "Save anyway" if left else "Save",
    )


def journey_lines(journey: Journey, begun_with: str) -> list[str]:
    """The stages as they are typed; while there are none, those of the template."""
    begun = template(begun_with)
    stages = journey.stages or (begun.stages if begun else ())
    return [stage_line(stage) for stage in sorted(stages, key=lambda stage: stage.position)]


def stage_line(stage: Stage) -> str:
    """How a stage is typed; of a long definition the beginning."""
    told = one_line(stage.definition)
    return clip(f"{stage.name}: {told}" if told else stage.name, INPUT_MAX)


def _opening(note: JourneyNote) -> str:
    if note.begun_with:
        return "This is a journey to begin with. Change the words until they are yours."
    return "In the order in which the customer lives through them. What else a stage holds is under Stages."


def _journey_fields(lines: Sequence[str], edition: int) -> list[Block]:
    hint = "One stage on each line, as Name: what the customer does there. A stage with a new name is a new stage."
    return line_fields(Field(FIRST_FIELD, "Stages", hint, optional=False, edition=edition), "More stages", lines)


def _names(stages: Sequence[Stage]) -> str:
    return f"{', '.join(stage.name for stage in stages)}."
