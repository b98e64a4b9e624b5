"""What changes cost: the one place that says which proposal asks least of people.

Most of it is the price of touching an initiative at all, so that few are touched; then come the weeks that it slips,
which cost more the weightier its weightiest stage is (1 to 5). A part that moves alone is cheaper than the whole, and a
pool that is shared at a lower pace is dearer than a request that moves a little.
"""

from planning.initiatives.values import Draft
from planning.journey.values import Journey

TOUCH = 200
"""To ask a team to plan anew at all, once for each initiative."""
WHOLE = 60
"""To move an initiative with all that it plans."""
PART = 20
"""To move one contact or request by itself."""
SHARING, LONGER = 40, 10
"""To share a pool at a lower pace, and each week that it takes longer."""
MERGING = 2_000
"""To give up an initiative for another one."""
_SLIP, _PART_SLIP = 10, 4
_USUAL_WEIGHT = 3
SHORT = 1_000
"""For each thousandth of a person-week that is short, when it cannot be done: that weighs more than any change."""
ONE_TOO_MANY = 1_000_000
"""For a contact too many in a week, or two opposed ones that stay together, when it cannot be done."""


def weight(draft: Draft, journey: Journey) -> int:
    """The weight of its weightiest stage."""
    return max((stage.weight for stage in journey.stages if stage.id in draft.stages), default=_USUAL_WEIGHT)


def slip(weight: int) -> int:
    """For each week that an initiative of this weight moves, later or earlier."""
    return _SLIP * weight


def part_slip(weight: int) -> int:
    """For each week that one of its contacts or requests moves by itself."""
    return _PART_SLIP * weight
