"""What the verdicts teach about the rules: how often a rule is right, and from which score on to tell of what it finds.

The score of an overlap is read as the probability that its leads want to be told. Of those of which they were told, a
dismissal says no, and planning together, coordinating or joining says yes; a snooze says nothing. How much the people
of a workspace want to be told of what a rule finds, beyond or short of that, is one number: a shift of the score's
log-odds, as the intercept in Platt's scaling (Platt 1999, Probabilistic outputs for support vector machines), with the
slope left at one. It is the most probable value under a normal prior around 0, so that without verdicts the threshold
is the default exactly, each dismissal raises it and each yes lowers it, and a few verdicts move it a little. Only the
shift can be learnt from the few verdicts of one workspace; and because it is estimated at given scores, it does not
matter that nobody judges what lies below the threshold.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from planning.findings.values import Choice, Finding, Rule
from planning.overlaps.telling import DEFAULT_LEAST
from planning.overlaps.weights import SHOWN
from planning.shares import wilson

SPREAD = 0.5
"""Standard deviation of the prior of the shift.

Under it (as under 0.6) the judgements of eleven portfolios are most likely, each scored by weights fitted on the
others (`python -m tests.benchmarks.spread`): in most workspaces the odds differ by less than a factor of e.
"""
HIGHEST = 0.9
"""No threshold is raised above this score: what is as good as certain is always told."""
CERTAIN = 0.99
"""Scores count as no surer than this, and no less sure than its opposite."""
FIXED = frozenset({Rule.CONTACT_COLLISION})
"""Rules of which the leads are always told."""
_STEPS = 60
"""Bisections: more than a float can tell apart."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is known of a rule in a workspace.

    `useful` of `judged` findings were worth telling; `low` and `high` bound that share with 95 % confidence (Wilson
    1927); `least` is the score from which on the rule's findings are to be told.
    """

    judged: int
    useful: int
    low: float
    high: float
    least: float

    @property
    def precision(self) -> float | None:
        """The share of useful ones; None when none was judged."""
        return self.useful / self.judged if self.judged else None


Verdicts = Sequence[tuple[float, bool]]
"""Of each finding judged its score, and whether it was worth telling."""


def learnt(decided: Iterable[Finding]) -> Mapping[Rule, Lesson]:
    """What the findings that people have decided teach, for every rule that finds overlaps."""
    verdicts: defaultdict[Rule, dict[object, tuple[float, bool]]] = defaultdict(dict)
    for finding in decided:
        said = _said(finding)
        if said is not None:
            verdicts[finding.found.rule][said] = (finding.found.score, said[-1])
    return {rule: _lesson(rule, [*verdicts[rule].values()]) for rule in DEFAULT_LEAST}


def _lesson(rule: Rule, verdicts: Verdicts) -> Lesson:
    useful = sum(worth for _, worth in verdicts)
    least = DEFAULT_LEAST[rule] if rule in FIXED else threshold(DEFAULT_LEAST[rule], verdicts)
    return Lesson(len(verdicts), useful, *wilson(useful, len(verdicts)), least)


def threshold(default: float, verdicts: Verdicts) -> float:
    """The score whose shifted probability is that of the default threshold, within bounds; the default without any."""
    if not verdicts:
        return default
    moved = _logistic(_log_odds(default) - shift(verdicts))
    return min(max(moved, min(default, SHOWN)), max(default, HIGHEST))


def shift(verdicts: Verdicts) -> float:
    """The most probable shift of the log-odds: where the slope of the log-posterior, which only falls, crosses 0."""
    odds = [(_log_odds(score), worth) for score, worth in verdicts]
    low, high = -(SPREAD**2) * len(odds), SPREAD**2 * len(odds)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        slope = sum(worth - _logistic(each + middle) for each, worth in odds) - middle / SPREAD**2
        low, high = (middle, high) if slope > 0 else (low, middle)
    return (low + high) / 2


def _said(finding: Finding) -> tuple[str, int, object, bool] | None:
    """Who said when of which thread that it is worth telling or not, while that holds; parts of one count once.

    What a registrant asked to have told, though its score did not reach the threshold, says nothing about scores.
    """
    verdict, answer, found = finding.verdict, finding.answer, finding.found
    if verdict is None or verdict.choice in _SILENT or not verdict.holds(found):
        return None
    if answer is not None and answer.choice is Choice.COORDINATE and found.score < DEFAULT_LEAST.get(found.rule, 0.0):
        return None
    return found.thread, verdict.by, verdict.at, verdict.choice is not Choice.DIFFERENT


_SILENT = frozenset({Choice.SNOOZE, Choice.LEAVE})
"""Putting it off, or leaving it although it is there, says nothing about the rule."""


def _log_odds(score: float) -> float:
    sure = min(max(score, 1 - CERTAIN), CERTAIN)
    return log(sure / (1 - sure))


def _logistic(odds: float) -> float:
    return 1 / (1 + exp(-odds))
