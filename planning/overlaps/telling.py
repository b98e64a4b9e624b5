"""From which score on the leads are told of an overlap."""

from collections.abc import Mapping

from planning.findings.values import Found, Rule
from planning.overlaps.weights import ALERT
from planning.portfolio.values import Portfolio

DEFAULT_LEAST: Mapping[Rule, float] = {
    Rule.DUPLICATE_EFFORT: ALERT,
    Rule.SPLIT_PROBLEM: 0.5,
    Rule.CONTACT_COLLISION: 0.0,
    Rule.CONTACT_CROWDING: 0.25,
    Rule.RESOURCE_CONTENTION: 0.25,
    Rule.METRIC_CONFLICT: 0.25,
}
"""The least score of which the leads are told until their verdicts move it.

All but the first count what people have said, so that they err no more than people do: no score of theirs is lower, and
where verdicts raise the threshold the mildest go first.
"""


def told(found: Found, portfolio: Portfolio) -> bool:
    """Whether the leads are told of it: of opposed contacts always, and what they have settled stays."""
    default = DEFAULT_LEAST[found.rule]
    if found.rule is Rule.CONTACT_COLLISION or found.thread in portfolio.settled:
        return found.score >= default
    return found.score >= portfolio.least.get(found.rule, default)
