"""What needs a person now."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NeedKind(StrEnum):
    """What waits for somebody; of equally urgent ones the first comes first."""

    DECISION = "decision"
    """Executives are asked; the id of the decision."""
    OUTCOME = "outcome"
    """What came of a plan; the id of the plan."""
    PLAN = "plan"
    """A plan waits for the person's department; its id."""
    OVERLAP = "overlap"
    """The id of the finding."""
    RATIFICATION = "ratification"
    """The journey waits for the person's department; the id of the ratification."""
    QUESTION = "question"
    """A poll; the id of the invitation."""
    CHECK_IN = "check_in"
    """How initiatives stand; the id of the first check-in."""
    METRIC = "metric"
    """A reading is late; the id of the metric."""
    INITIATIVE = "initiative"
    """It lacks something; its id."""
    GAP = "gap"
    """The person raised a hand for it; the id of the finding."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing: `what` it is in one line and why (`detail`), what is `asked`, and the day by which."""

    kind: NeedKind
    id: int
    what: str
    asked: str
    detail: str = ""
    by: date | None = None
    weight: float = 0.5
    """How much it matters, 0 to 1."""

    def urgency(self, today: date) -> float:
        """Its weight, the less the more time there is; what one took on oneself never presses."""
        if self.kind is NeedKind.GAP:
            return 0.0
        days = _FAR if self.by is None else max(0, (self.by - today).days)
        return self.weight * _HALF / (_HALF + days)


_HALF = 14
"""So many days make a thing half as urgent as it would be today."""
_FAR = 60
"""As far away as what has no day."""


@dataclass(frozen=True, slots=True)
class Needs:
    """The most urgent first; `total` may be more than are listed."""

    items: tuple[Need, ...] = ()
    total: int = 0


def in_order(needs: list[Need], today: date) -> tuple[Need, ...]:
    """The most urgent first."""
    places = {kind: place for place, kind in enumerate(NeedKind)}
    return tuple(
        sorted(needs, key=lambda need: (-need.urgency(today), places[need.kind], need.by or date.max, need.id))
    )
