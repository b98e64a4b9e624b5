"""Which stages a text seems to be about, by the stages' own definitions."""

import numpy as np

from planning.journey.values import Journey, Stage
from planning.similarity import Encoder

CLEAR = 0.3
"""A cosine below this says nothing about a stage."""
CLOSE = 0.85
"""A second stage is suggested when it comes this close to the first."""


def suggest_stages(journey: Journey, encoder: Encoder, text: str, limit: int = 2) -> tuple[Stage, ...]:
    """At most `limit` stages, nearest first; none when the text is near to none."""
    if not text.strip() or not journey.stages:
        return ()
    cosines = encoder.encode([said_of(stage) for stage in journey.stages]) @ encoder.encode([text])[0]
    best = float(cosines.max())
    if best < CLEAR:
        return ()
    near = [index for index in np.argsort(-cosines, kind="stable") if cosines[index] >= best * CLOSE]
    return tuple(journey.stages[index] for index in near[:limit])


def said_of(stage: Stage) -> str:
    """The stage's own words, as one text."""
    return ". ".join(part for part in (stage.name, stage.definition, stage.customer_goal) if part)
