"""The metrics of the scoreboard, the worst first, each with what to do about it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from planning.findings.facts.base import listed
from planning.metrics.noise import noise
from planning.metrics.readings import Reading
from planning.metrics.standing import Standing, Status, expected_on, standing
from planning.metrics.values import Direction, Metric
from planning.portfolio.values import Portfolio
from planning.scoreboard.values import POINTS, MetricLine, MetricTable, Point
from planning.text import clip
from planning.window import said

NAME, MOVERS = 60, 2
"""Letters of a name in a sentence; initiatives named as moving a metric, the others are counted."""
_RANKS = {Status.OFF_TRACK: 0, Status.BEHIND: 1, Status.UNKNOWN: 2, Status.ON_TRACK: 3}


@dataclass(frozen=True, slots=True)
class _Known:
    """A metric with all that its line is made of."""

    metric: Metric
    readings: Sequence[Reading]
    standing: Standing
    movers: tuple[int, ...]
    owner: str

    @property
    def name(self) -> str:
        return clip(self.metric.name, NAME)

    @property
    def urgency(self) -> tuple[int, bool, float, str, int]:
        """Sorts the worst first: by status, then what is stale, then by how far it is from where it should be."""
        fresh = self.standing.stale_since is None
        return (_RANKS[self.standing.status], fresh, -self._short, self.metric.name.casefold(), self.metric.id)

    @property
    def _short(self) -> float:
        """How much of the whole way is lacking."""
        last, expected, metric = self.standing.last, self.standing.expected, self.metric
        if last is None or expected is None:
            return 0.0
        short = expected - last.value if metric.direction is Direction.UP else last.value - expected
        way = abs(metric.target - metric.baseline) if metric.target is not None and metric.baseline is not None else 0.0
        return short / (way or abs(expected) or 1.0)


def metric_table(
    portfolio: Portfolio, readings: Mapping[int, Sequence[Reading]], limit: int, offset: int = 0
) -> MetricTable | None:
    """The metrics that stand worst, or those after so many of them; None while there are none."""
    if not portfolio.metrics:
        return None
    names = {person.id: person.name for person in portfolio.people}
    known = sorted((_known(one, readings, portfolio, names) for one in portfolio.metrics), key=_urgency)
    counts = Counter(one.standing.status for one in known)
    return MetricTable(
        lines=tuple(_line(one) for one in known[offset : offset + limit]),
        total=len(known),
        counts=tuple((status, counts[status]) for status in _RANKS if counts[status]),
    )


def _known(
    metric: Metric,
    readings: Mapping[int, Sequence[Reading]],
    portfolio: Portfolio,
    names: Mapping[int, str],
) -> _Known:
    own = readings.get(metric.id, ())
    owner = names.get(metric.owner, "") if metric.owner is not None else ""
    return _Known(metric, own, standing(metric, own, portfolio.today), _movers(metric, portfolio), owner)


def _urgency(known: _Known) -> tuple[int, bool, float, str, int]:
    return known.urgency


def _movers(metric: Metric, portfolio: Portfolio) -> tuple[int, ...]:
    """The live initiatives that are to move it the better way."""
    effects = portfolio.holdings.columns.effects
    fitting = (effects.to == metric.id) & (effects.up == (metric.direction is Direction.UP))
    return tuple(sorted(set(effects.of[fitting].tolist())))


def _line(known: _Known) -> MetricLine:
    metric, trend = known.metric, known.standing.trend
    state, advice = _advice(known)
    return MetricLine(
        sentence=f"{known.name} {state}: {advice}.",
        advice=f"{advice[0].upper()}{advice[1:]}.",
        metric=metric.id,
        name=metric.name,
        unit=metric.unit,
        better=metric.direction,
        status=known.standing.status,
        target=metric.target,
        target_on=metric.target_on,
        way=trend.way if trend else None,
        improving=trend.better if trend else None,
        stale_since=known.standing.stale_since,
        points=_points(known),
        path=_path(known),
    )


def _points(known: _Known) -> tuple[Point, ...]:
    """The last readings, each with its own noise by the scatter of all."""
    return tuple(
        Point(on=one.on, value=one.value, noise=noise(known.metric, [*_others(known.readings, one), one]))
        for one in known.readings[-POINTS:]
    )


def _others(readings: Sequence[Reading], one: Reading) -> list[Reading]:
    return [other for other in readings if other is not one]


def _path(known: _Known) -> tuple[Point, ...]:
    """What is expected over the days of the picture, with its bends at the baseline and at the target."""
    metric, readings = known.metric, known.readings
    if metric.target is None or not readings:
        return ()
    begin, end = readings[-POINTS:][0].on, readings[-1].on
    bends = {day for day in (metric.baseline_on, metric.target_on) if day is not None and day > begin}
    wanted = ((day, expected_on(metric, readings[0], day)) for day in sorted({begin, end, *bends}))
    return tuple(Point(on=day, value=value) for day, value in wanted if value is not None)


def _advice(known: _Known) -> tuple[str, str]:
    """How it stands, and what to do about that."""
    stale = known.standing.stale_since
    if stale is not None and known.standing.last is not None:
        return f"has had no new reading since {said(known.standing.last.on)}", f"{_whom(known)} for the next one"
    return _ADVICE[known.standing.status](known)


def _on_track(known: _Known) -> tuple[str, str]:
    trend = known.standing.trend
    if trend is not None and trend.better is False:
        return "is on its path but moves the wrong way", "look why before it falls behind"
    return "is on its path", "keep it so"


def _behind(known: _Known) -> tuple[str, str]:
    return "is a little behind its path", _what_to_do(known)


def _off_track(known: _Known) -> tuple[str, str]:
    return "is off its path", _what_to_do(known)


def _what_to_do(known: _Known) -> str:
    if not known.movers:
        return "say which initiative moves it, or move the date"
    shown = [f"CX-{id}" for id in known.movers[:MOVERS]]
    more = [f"{len(known.movers) - MOVERS} more"] if len(known.movers) > MOVERS else []
    whose = "the owner" if len(known.movers) == 1 else "the owners"
    return f"ask {whose} of {listed([*shown, *more])} what is in the way, or move the date"


def _unknown(known: _Known) -> tuple[str, str]:
    if known.standing.last is None:
        return "has no reading yet", f"{_whom(known)} for the first"
    return "has no target", "agree on one with the leads whom it concerns"


def _whom(known: _Known) -> str:
    return f"ask {clip(known.owner, NAME)}" if known.owner else "find it an owner, and ask"


_ADVICE: Mapping[Status, Callable[[_Known], tuple[str, str]]] = {
    Status.ON_TRACK: _on_track,
    Status.BEHIND: _behind,
    Status.OFF_TRACK: _off_track,
    Status.UNKNOWN: _unknown,
}
