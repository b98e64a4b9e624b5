"""What a check of `concord doctor` finds."""

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """How a check came out."""

    OK = "ok"
    ADVICE = "advice"
    """Concord runs, and could do more."""
    MISSING = "missing"
    """Concord cannot run."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `remedy` says what to do when it is not ok."""

    name: str
    health: Health
    found: str
    remedy: str = ""
    workspace: str = ""
    """The id of the one that it is about, where there may be many."""


def told(name: str, found: str, remedy: str) -> Check:
    """Ok with what was found; advice where nothing was."""
    return Check(name, Health.OK, found) if found else Check(name, Health.ADVICE, "none yet", remedy)
