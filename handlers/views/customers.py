"""The form of the segments and the touchpoints."""

from collections.abc import Sequence

from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.views.fields import Field
from handlers.views.lines import line_fields
from handlers.views.setup import settings_form
from handlers.views.text import paragraph
from planning.journey.values import Journey, Segment

SEGMENTS = "segments"
TOUCHPOINTS = "touchpoints"
PART = ">"
"""Stands between a segment and its part."""
TEMPLATE = ("Email", "Letter", "Phone", "Website", "App", "Chat", "Branch", "Invoice")
"""Ways to meet customers to begin with."""


def customers_form(segments: Sequence[str], touchpoints: Sequence[str]) -> View:
    """Both lists, one on each line; while there are no touchpoints, the template."""
    opening = "Initiatives name them, and planned contacts with the same customers are compared."
    begun = opening if touchpoints else f"{opening} The touchpoints below are some to begin with: make them yours."
    parts = f"One on each line. A part of a larger one is written after it, as Families {PART} Young families."
    ways = "The ways in which customers meet you, one on each line. A new name is a new one."
    segment = Field(SEGMENTS, "Segments", parts)
    return settings_form(
        Modal.CUSTOMERS,
        "Customers",
        [
            paragraph(begun),
            *line_fields(segment, "More segments", segments, f"Families {PART} Young families"),
            *line_fields(Field(TOUCHPOINTS, "Touchpoints", ways), "More touchpoints", touchpoints or TEMPLATE),
        ],
    )


def segment_lines(journey: Journey) -> dict[str, Segment]:
    """The segments by the line that stands for each, every part after what it is part of."""
    names, lineages = journey.segment_names(), journey.lineages()
    paths = {one.id: [names[id].casefold() for id in reversed(lineages[one.id])] for one in journey.segments}
    ordered = sorted(journey.segments, key=lambda one: paths[one.id])
    return {f"{names[one.parent]} {PART} {one.name}" if one.parent is not None else one.name: one for one in ordered}
