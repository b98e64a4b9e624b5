"""What owners say of their initiatives when they are asked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """How an initiative goes, in its owner's words."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One owner asked about one initiative; `answer` is None until it is answered."""

    id: int
    initiative: int
    person: int
    asked_at: datetime
    answer: Standing | None = None
    note: str = ""
    answered_at: datetime | None = None
