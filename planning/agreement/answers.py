"""What one person answered in a poll."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class NamedStages(_Answer):
    """The stages of the journey in the person's words and order."""

    kind: Literal["naming"] = "naming"
    names: tuple[str, ...]


class TaggedInitiatives(_Answer):
    """On which stage (id) each initiative (id) works most; one that the person cannot tell is left out."""

    kind: Literal["pulse"] = "pulse"
    tags: tuple[tuple[int, int], ...]


class SaidScore(_Answer):
    """What a lead would measure a stage by and where that should be; `metric` when it is one on record."""

    kind: Literal["score"] = "score"
    measure: str
    target: float
    unit: str = ""
    metric: int | None = None


Answer = Annotated[NamedStages | TaggedInitiatives | SaidScore, Field(discriminator="kind")]
ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer, config=ConfigDict(hide_input_in_errors=True))
"""A fault tells the log where it is, and not what somebody answered."""
