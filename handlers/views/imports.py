"""One summary for each import, however many rows it had."""

from collections.abc import Mapping

from handlers.views.text import Message, bold, escape_within, paragraph
from planning.text import clip

SOURCE = 100


def imported_message(payload: Mapping[str, object]) -> Message:
    """What an import brought, in numbers; a count that is not there is not told."""
    source = clip(str(payload.get("source", "")), SOURCE)
    told = [f"{number} {what}" for name, what in _COUNTS if (number := _number(payload, name))]
    first = f"{', '.join(told) or 'nothing new'}."
    found = _found(_number(payload, "overlaps"))
    opening = f"Imported from {source}: " if source else "Imported: "
    return Message(escape_within(f"{opening}{first} {found}"), [paragraph(bold(opening), first), paragraph(found)])


_COUNTS = (("new", "new"), ("changed", "changed"), ("unchanged", "unchanged"), ("rejected", "rejected"))


def _number(payload: Mapping[str, object], name: str) -> int:
    value = payload.get(name)
    return value if isinstance(value, int) else 0


def _found(overlaps: int) -> str:
    if not overlaps:
        return "No new overlaps were found. “/cx map” shows who works on which stage."
    are = "overlap was" if overlaps == 1 else "overlaps were"
    return f"{overlaps} new {are} found; “/cx overlaps” lists them, the strongest first."
