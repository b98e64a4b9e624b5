"""The words that files have for the way that is better and for how often a metric is read."""

from planning.metrics.values import Cadence, Direction
from planning.transfer.cells import worded
from planning.transfer.rowcells import Unreadable

_UP = frozenset(
    {"up", "increase", "increasing", "higher", "above", "rise", "raise", "grow", "growth", "more", "maximise"}
)
_DOWN = frozenset(
    {"down", "decrease", "decreasing", "lower", "below", "fall", "reduce", "reduction", "less", "minimise"}
)
_CADENCES = {
    **{str(each): each for each in Cadence},
    "week": Cadence.WEEKLY,
    "month": Cadence.MONTHLY,
    "quarter": Cadence.QUARTERLY,
    "year": Cadence.YEARLY,
    "annual": Cadence.YEARLY,
    "annually": Cadence.YEARLY,
}


def direction_in(text: str) -> Direction:
    """Which way is better; raises Unreadable."""
    words = set(worded(text).replace("minimize", "minimise").replace("maximize", "maximise").split())
    ways = [way for way, said in ((Direction.UP, _UP), (Direction.DOWN, _DOWN)) if words & said]
    if len(ways) != 1:
        raise Unreadable("is not a way; say up or down")
    return ways[0]


def cadence_in(text: str) -> Cadence:
    """How often it is read; raises Unreadable."""
    if worded(text) not in _CADENCES:
        raise Unreadable(f"is not a cadence; say {', '.join(Cadence)}")
    return _CADENCES[worded(text)]
