"""References that people type: CX-12, cx12, 12."""

import re

from handlers.ids import COMMAND
from planning.errors import NotFound

_REFERENCE = re.compile(r"#?(?:cx)?[-\s_]*(\d{1,9})\b[.,:]?", re.IGNORECASE)


def reference_in(text: str) -> int | None:
    """The number, where the text is a reference that says so and nothing else: CX-12, #12."""
    match = _REFERENCE.fullmatch(text)
    return int(match[1]) if match and not text[0].isdigit() else None


def split_reference(text: str, command: str) -> tuple[int, str]:
    """The number, and what follows it; raises NotFound that says how to name one."""
    match = _REFERENCE.match(text)
    if match is None:
        raise NotFound(
            f"Which initiative? Give its number, such as “{COMMAND} {command} CX-12”. “{COMMAND} mine” lists yours."
        )
    return int(match[1]), text[match.end() :].strip()
