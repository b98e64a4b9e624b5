"""The card of one metric."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from slack_sdk.models.blocks import ActionsBlock, Block

from handlers.views.chains import chain_words
from handlers.views.metrics import age_words, reading_button, spaced
from handlers.views.names import joined
from handlers.views.standings import last_words, short, sparkline, status_words, target_words, valued
from handlers.views.text import (
    Message,
    Part,
    bold,
    bullets,
    code,
    context,
    escape_within,
    header,
    line,
    paragraph,
    rich,
)
from planning.findings.facts.base import amount
from planning.initiatives.values import Initiative
from planning.metrics.readings import Reading
from planning.metrics.standing import Standing, Trend
from planning.metrics.values import Direction, Metric
from planning.scoreboard.values import MetricLine
from planning.text import clip
from planning.window import said

READINGS, MOVERS, TENSE = 12, 5, 4
"""Of each on a card; more are counted."""
NAME, WHY, CHAIN, VALUE = 60, 120, 400, 900


@dataclass(frozen=True, slots=True)
class MetricCard:
    """A metric with all that is known of it."""

    metric: Metric
    line: MetricLine
    standing: Standing
    measures: str = ""
    """The stage, the customers or the hand-offs that it measures."""
    owner: str = ""
    chain: tuple[Metric, ...] = ()
    """Itself, and all that it feeds."""
    tense: tuple[tuple[str, str], ...] = ()
    """The metrics that it pulls against, and why."""
    movers: tuple[Initiative, ...] = ()
    readings: tuple[Reading, ...] = ()
    """Those of the last year, ascending."""
    former: Mapping[date, Sequence[Reading]] = field(default_factory=dict)
    """Day → what was said of it before it was amended."""
    may_add: bool = False


def metric_card(card: MetricCard, today: date) -> Message:
    """Where it stands, what it hangs together with, and its readings."""
    status = (bold(status_words(card.line)), f". {card.line.advice}")
    rows = _facts(card, today)
    blocks: list[Block] = [
        header(card.metric.name),
        paragraph(*status),
        rich(bullets([(bold(f"{label}: "), clip(told, VALUE) or "not said yet") for label, told in rows])),
        *_readings(card),
        *([ActionsBlock(elements=[reading_button(card.metric.id)])] if card.may_add else []),
    ]
    spoken = "\n".join((card.line.sentence, *(f"{label}: {told}" for label, told in rows if told)))
    return Message(escape_within(f"{card.metric.name}\n{spoken}"), blocks)


def _facts(card: MetricCard, today: date) -> list[tuple[str, str]]:
    metric = card.metric
    better = "higher is better" if metric.direction is Direction.UP else "lower is better"
    return [
        ("Stands at", spaced((last_words(card.line), _noise(card), age_words(card.line, today)))),
        ("Should be", spaced((target_words(card.line), _expected(card), better))),
        ("At first", _baseline(metric)),
        ("Trend", _trend(card.standing.trend, metric.unit)),
        ("Measures", card.measures),
        ("Read", spaced((metric.cadence.every if metric.cadence else "", card.owner and f"by {card.owner}"))),
        ("Source", metric.source),
        ("Feeds", _chain(card)),
        ("Pulls against", _tense(card.tense)),
        ("Moved by", _movers(card)),
    ]


def _noise(card: MetricCard) -> str:
    noise = card.standing.noise
    return f"give or take {valued(noise, card.metric.unit)}" if noise else ""


def _expected(card: MetricCard) -> str:
    expected, last = card.standing.expected, card.standing.last
    if expected is None or last is None or expected == card.metric.target:
        return ""
    return f"{valued(expected, card.metric.unit)} expected by {short(last.on)}"


def _baseline(metric: Metric) -> str:
    if metric.baseline is None:
        return ""
    when = f" ({said(metric.baseline_on)})" if metric.baseline_on else ""
    return f"{valued(metric.baseline, metric.unit)}{when}"


def _trend(trend: Trend | None, unit: str) -> str:
    """Which way it goes by how much a year, and how sure that is."""
    if trend is None:
        return "too few readings to tell"
    between = f"between {amount(trend.low)} and {amount(trend.high)} a year"
    if trend.way is None:
        return f"may well be level: {between}"
    does = "rises" if trend.way is Direction.UP else "falls"
    judged = "getting better" if trend.better else "getting worse"
    return f"{judged}: {does} by {valued(abs(trend.yearly), unit)} a year ({between})"


def _chain(card: MetricCard) -> str:
    if len(card.chain) > 1:
        return chain_words(card.chain[1:], CHAIN)
    return "nothing: it is money" if card.metric.financial else ""


def _tense(tense: Sequence[tuple[str, str]]) -> str:
    told = [f"{clip(name, NAME)}{f' ({clip(why, WHY)})' if why else ''}" for name, why in tense[:TENSE]]
    more = [f"…and {len(tense) - TENSE} more"] if len(tense) > TENSE else []
    return "; ".join((*told, *more)) or "nothing known"


def _movers(card: MetricCard) -> str:
    return joined((_mover(one, card.metric.id) for one in card.movers), most=MOVERS) or "no live initiative"


def _mover(initiative: Initiative, metric: int) -> str:
    ways = {effect.direction for effect in initiative.draft.effects if effect.metric == metric}
    does = " and ".join("raises" if way is Direction.UP else "lowers" for way in sorted(ways, reverse=True))
    return f"{initiative.reference} {clip(initiative.draft.title, NAME)} ({does} it)"


def _readings(card: MetricCard) -> list[Block]:
    if not card.readings:
        return [context("No readings of the last year.")]
    shown, hidden = card.readings[::-1][:READINGS], len(card.readings) - READINGS
    bars = sparkline([reading.value for reading in card.readings[-READINGS:]])
    heading: list[Part] = [bold("Readings of the last year "), *([code(bars)] if bars else [])]
    more: list[Block] = [context(f"…and {hidden} more")] if hidden > 0 else []
    return [rich(line(*heading), bullets([(_reading(one, card),) for one in shown])), *more]


def _reading(reading: Reading, card: MetricCard) -> str:
    before = "".join(f"; was {_said(one, card.metric.unit)}" for one in card.former.get(reading.on, ())[-2:])
    return f"{short(reading.on)}: {_said(reading, card.metric.unit)}{before}"


def _said(reading: Reading, unit: str) -> str:
    answers = f" ({reading.respondents} answers)" if reading.respondents else ""
    return f"{valued(reading.value, unit)}{answers}"
