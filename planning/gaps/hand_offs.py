"""What the hand-offs between stages lack."""

from collections.abc import Iterator

import numpy as np

from planning.findings.facts import BareHandOff
from planning.findings.values import Found, Member, Rule, Subject
from planning.gaps.importance import importance
from planning.journey.values import HandOff, Stage
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio

NO_PROJECT = 0.5
A_PART = 1 / 6
"""For each of giver, receiver and metric: together as much as the project that is missing."""


def bare_hand_off(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """A hand-off without a live initiative that works on both of its stages, or without giver, receiver or metric.

    Severity is 0.5 for the initiative and a sixth for each of the others; the heavier stage says how much it matters.
    """
    stages = {stage.id: stage for stage in portfolio.journey.stages}
    for hand_off in portfolio.journey.hand_offs:
        if hand_off.id in scope.hand_offs and {hand_off.before, hand_off.after} <= stages.keys():
            missing = missing_of(hand_off, portfolio)
            if missing:
                yield _bare(hand_off, missing, stages[hand_off.before], stages[hand_off.after])


def missing_of(hand_off: HandOff, portfolio: Portfolio) -> tuple[str, ...]:
    """What the hand-off lacks, in words; what nobody in the register has said of any is unknown and not missing."""
    said = len(portfolio.holdings.columns.stages.of) > 0
    lacks = (
        (PROJECT, said and not _spanned(hand_off, portfolio)),
        ("giver", hand_off.giver is None),
        ("receiver", hand_off.receiver is None),
        ("metric", bool(portfolio.metrics) and hand_off.metric is None),
    )
    return tuple(name for name, lacking in lacks if lacking)


PROJECT = "initiative that works on both sides"


def _spanned(hand_off: HandOff, portfolio: Portfolio) -> bool:
    """The bits leave few rows that do not name both; the first that does is enough."""
    both = np.uint64(1 << hand_off.before % 64 | 1 << hand_off.after % 64)
    rows = np.flatnonzero(portfolio.holdings.columns.rows.stage_bits & both == both)
    named = (portfolio.initiatives[row].draft.stages for row in rows)
    return any(hand_off.before in stages and hand_off.after in stages for stages in named)


def _bare(hand_off: HandOff, missing: tuple[str, ...], before: Stage, after: Stage) -> Found:
    weight = max(before.weight, after.weight)
    severity = sum(NO_PROJECT if part == PROJECT else A_PART for part in missing)
    fact = BareHandOff(before=before.name, after=after.name, weight=weight, missing=missing)
    members = (Member(Subject.HAND_OFF, hand_off.id),)
    return Found(Rule.BARE_HAND_OFF, members, min(1.0, severity) * importance(weight), (fact,))
