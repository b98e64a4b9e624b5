"""Lists as people type them: one thing on each line, spread over as many text fields as it takes."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.blocks import Block

from handlers.views.fields import INPUT_MAX, Field, text_field


def line_fields(field: Field, more: str, lines: Sequence[str], ghost: str = "") -> list[Block]:
    """Almost always one field; what does not fit goes into further ones, named after the first and labelled `more`."""
    return [
        text_field(_numbered(field, more, n), part, lines=True, ghost=ghost) for n, part in enumerate(_parts(lines))
    ]


def _numbered(field: Field, more: str, number: int) -> Field:
    return replace(field, name=f"{field.name}_{number}", label=more, optional=True) if number else field


def _parts(lines: Sequence[str]) -> list[str]:
    """The lines in as few texts as fit into fields."""
    parts = [""]
    for line in lines:
        if parts[-1] and len(parts[-1]) + 1 + len(line) > INPUT_MAX:
            parts.append(line)
        else:
            parts[-1] = f"{parts[-1]}\n{line}" if parts[-1] else line
    return parts
