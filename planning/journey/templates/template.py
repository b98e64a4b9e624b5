"""What a journey to begin with is made of."""

from dataclasses import dataclass

from planning.journey.values import Stage


@dataclass(frozen=True, slots=True)
class Template:
    """A journey that somebody can start from: its name, whom it fits, and its stages in order."""

    key: str
    name: str
    fits: str
    stages: tuple[Stage, ...]


def stages(*told: tuple[str, str, str, str, int]) -> tuple[Stage, ...]:
    """From name, definition, the customer's goal, intent and weight of each."""
    return tuple(
        Stage(0, name, position, definition, goal, intent, weight)
        for position, (name, definition, goal, intent, weight) in enumerate(told, start=1)
    )
