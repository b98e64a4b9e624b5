"""Versions of the journey: what it was, who changed it, and what that moved."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class SavedStage(BaseModel):
    """A stage as it was in a version."""

    model_config = ConfigDict(frozen=True)

    id: int
    name: str
    definition: str = ""


class SavedJourney(BaseModel):
    """A version on record: its stages in order, and in `told` what was changed, a short sentence each.

    `version` counts what people saved; that of `Journey` counts every row written.
    """

    model_config = ConfigDict(frozen=True)

    version: int
    at: datetime
    by: int | None
    """The person's id; None for an import that nobody is known to have made."""
    stages: tuple[SavedStage, ...]
    told: tuple[str, ...] = ()
