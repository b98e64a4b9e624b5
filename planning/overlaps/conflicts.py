"""Metric conflict: two departments pull a stage's metrics opposite ways in the same days."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from planning.findings.facts import OpposedEffects, TenseEffects
from planning.findings.values import Found, Rule, members
from planning.metrics.values import Direction, Metric
from planning.overlaps.naming import Naming
from planning.overlaps.rows import Pairs, Places, held, joined
from planning.overlaps.spans import EVER, Spans, meeting, repeated
from planning.overlaps.telling import told
from planning.portfolio.columns import UNKNOWN, Effects, Ints
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio

_OPPOSED, _TENSE, _PER_WEIGHT = 0.5, 0.3, 0.08
_UNDATED = 0.75
"""What is left of a score when one of the two does not say when it runs."""


def metric_conflict(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """One finding for each two initiatives of different departments that pull against each other on a stage they share.

    They run in the same days, or one of them does not say when it runs.
    """
    naming = Naming(portfolio)
    pairs: defaultdict[tuple[int, int], list[OpposedEffects | TenseEffects]] = defaultdict(list)
    for pull, one, other in _conflicts(portfolio, scope):
        pairs[min(one, other), max(one, other)].append(_fact(pull, one, other, naming))
    for pair, facts in sorted(pairs.items()):
        found = Found(Rule.METRIC_CONFLICT, members(pair), _score(pair, facts, naming), tuple(facts))
        if told(found, portfolio):
            yield found


def _score(pair: tuple[int, int], facts: list[OpposedEffects | TenseEffects], naming: Naming) -> float:
    """Opposed effects above a known tension, which the company may have chosen; more for an important stage."""
    weight = max(stage.weight for stage in naming.shared_stages(*pair))
    opposed = any(isinstance(fact, OpposedEffects) for fact in facts)
    dated = all(naming.initiative(id).window for id in pair)
    return ((_OPPOSED if opposed else _TENSE) + _PER_WEIGHT * weight) * (1.0 if dated else _UNDATED)


@dataclass(frozen=True, slots=True)
class _Pull:
    """Moving one metric one way and another the other way; `why` that is a tension, None on one and the same metric."""

    metric: Metric
    way: Direction
    other: Metric
    other_way: Direction
    why: str | None = None


def _fact(pull: _Pull, one: int, other: int, naming: Naming) -> OpposedEffects | TenseEffects:
    stages = tuple(stage.name for stage in naming.shared_stages(one, other))
    first, second = naming.who(one), naming.who(other)
    if pull.why is None:
        metric = pull.metric
        return OpposedEffects(metric=metric.name, metric_id=metric.id, stages=stages, raises=first, lowers=second)
    return TenseEffects(
        first_metric=pull.metric.name,
        first_metric_id=pull.metric.id,
        second_metric=pull.other.name,
        second_metric_id=pull.other.id,
        why=pull.why,
        stages=stages,
        first=first,
        second=second,
    )


def _conflicts(portfolio: Portfolio, scope: Scope) -> Iterator[tuple[_Pull, int, int]]:
    """Each pull with the initiatives on its one and its other side, in a fixed order."""
    effects = portfolio.holdings.columns.effects
    mine = held(effects.of, scope.initiatives)
    pulls = list(_pulls(portfolio, None if scope.initiatives is None else frozenset(effects.to[mine].tolist())))
    moving = _Moving(effects, pulls)
    staged = _Staged(portfolio, effects.of[moving.rows])
    for pull in pulls:
        sides = moving.of(pull.metric, pull.way), moving.of(pull.other, pull.other_way)
        first, second = joined(*sides, mine, staged.pairs)
        for pair in sorted(set(zip(effects.of[first].tolist(), effects.of[second].tolist(), strict=True))):
            yield pull, *pair


def _pulls(portfolio: Portfolio, moved: Collection[int] | None) -> Iterator[_Pull]:
    """Up against down on each metric, and the better ways of two in tension; only those with a metric that is moved."""
    tensions = [one for one in portfolio.tensions if moved is None or one.first in moved or one.second in moved]
    wanted = moved and {*moved, *(id for one in tensions for id in (one.first, one.second))}
    metrics = {metric.id: metric for metric in portfolio.metrics if wanted is None or metric.id in wanted}
    for id, metric in metrics.items():
        if moved is None or id in moved:
            yield _Pull(metric, Direction.UP, metric, Direction.DOWN)
    for one in tensions:
        if one.first in metrics and one.second in metrics:
            first, second = metrics[one.first], metrics[one.second]
            yield _Pull(first, first.direction, second, second.direction, one.why)


class _Moving:
    """The effects on the metrics of some pulls, to be looked up by metric and direction."""

    def __init__(self, effects: Effects, pulls: Collection[_Pull]) -> None:
        rows = np.flatnonzero(held(effects.to, {metric.id for pull in pulls for metric in (pull.metric, pull.other)}))
        codes = effects.to[rows] * 2 + effects.up[rows]
        order = np.argsort(codes, kind="stable")
        self.rows, self._codes = rows[order], codes[order]

    def of(self, metric: Metric, way: Direction) -> Places:
        """The places of the effects that move a metric one way."""
        code = metric.id * 2 + (way is Direction.UP)
        return self.rows[slice(*np.searchsorted(self._codes, (code, code + 1)))]


class _Staged:
    """Some initiatives by the stages of the journey that they work on, to tell which effects can meet."""

    def __init__(self, portfolio: Portfolio, of: Ints) -> None:
        self._columns = portfolio.holdings.columns
        stages = self._columns.stages
        known = held(stages.to, [stage.id for stage in portfolio.journey.stages])
        rows = np.flatnonzero(known & held(stages.of, np.unique(of).tolist()))
        rows = rows[np.argsort(stages.of[rows], kind="stable")]
        self._of, self._stages = stages.of[rows], stages.to[rows]

    def pairs(self, one: Places, other: Places) -> Pairs:
        """The effects of initiatives of different departments with stage and days in common, once for each stage."""
        effects, departments = self._columns.effects, self._columns.departments
        at, spans = self._spans(effects.of[one])
        its, their_spans = self._spans(effects.of[other])
        left, right = meeting(spans, their_spans)
        first, second = one[at[left]], other[its[right]]
        strangers = departments(effects.of[first]) != departments(effects.of[second])
        return first[strangers], second[strangers]

    def _spans(self, of: Ints) -> tuple[Places, Spans]:
        """The days of each initiative once for each of its stages, all days when it does not say which."""
        first = np.searchsorted(self._of, of, side="left")
        at, step = repeated(np.searchsorted(self._of, of, side="right") - first)
        rows = np.searchsorted(self._columns.ids, of)[at]
        starts, ends = self._columns.rows.starts[rows], self._columns.rows.ends[rows]
        undated = starts == UNKNOWN
        days = np.where(undated, EVER[0], starts), np.where(undated, EVER[1], ends)
        return at, Spans(self._stages[first[at] + step], *days)
