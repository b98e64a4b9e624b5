"""Where a metric stands, in signs and words: a sign is never alone, nor is a colour."""

from collections.abc import Mapping, Sequence
from datetime import date

from planning.findings.facts.base import MINUS, amount, with_unit
from planning.metrics.standing import Status
from planning.metrics.values import Direction
from planning.scoreboard.values import MetricLine
from planning.text import clip
from planning.window import said

STATUS_SIGNS: Mapping[Status, str] = {
    Status.ON_TRACK: "✓",
    Status.BEHIND: "◐",
    Status.OFF_TRACK: "✗",
    Status.UNKNOWN: "?",
}
STATUS_WORDS: Mapping[Status, str] = {
    Status.ON_TRACK: "on track",
    Status.BEHIND: "a little behind",
    Status.OFF_TRACK: "off track",
    Status.UNKNOWN: "not known yet",
}
BARS = "▁▂▃▄▅▆▇█"
UNIT = 30


PERCENT = "%"


def valued(value: float, unit: str) -> str:
    """A value with its unit: 42 points, 42%."""
    return with_unit(amount(value), clip(unit.strip(), UNIT))


def sparkline(values: Sequence[float], scale: tuple[float, float] | None = None) -> str:
    """Values as bars of one line, between the lowest and the highest or on a scale; nothing of fewer than two."""
    if len(values) < 2:
        return ""
    low, high = scale or (min(values), max(values))
    span = high - low
    shares = ((value - low) / span if span else 0.0 for value in values)
    return "".join(BARS[round(min(1.0, max(0.0, share)) * (len(BARS) - 1))] for share in shares)


def status_words(line: MetricLine) -> str:
    """The status with its sign."""
    return f"{STATUS_SIGNS[line.status]} {STATUS_WORDS[line.status]}"


def last_words(line: MetricLine) -> str:
    """The last value with its day."""
    return f"{valued(line.last.value, line.unit)} ({short(line.last.on)})" if line.last else "no reading yet"


def target_words(line: MetricLine) -> str:
    """The target and by when."""
    if line.target is None:
        return "no target"
    by = f" by {said(line.target_on)}" if line.target_on else ""
    return f"target {valued(line.target, line.unit)}{by}"


def aim_words(line: MetricLine) -> str:
    """The target in few letters, such as target 3.8 by Dec 2027: its unit is that of the last value beside it."""
    if line.target is None:
        return "no target"
    by = f" by {line.target_on:%b %Y}" if line.target_on else ""
    return f"target {valued(line.target, line.unit if line.last is None else percent(line.unit))}{by}"


def percent(unit: str) -> str:
    """What is left of a unit where it is said already: nothing but its percent sign."""
    return PERCENT if unit.strip().startswith(PERCENT) else ""


def trend_words(line: MetricLine) -> str:
    """Which way it moves, as far as one can tell."""
    if line.way is None:
        return ""
    arrow = "↑" if line.way is Direction.UP else "↓"
    return f"{arrow} {'getting better' if line.improving else 'getting worse'}"


def interval_words(value: float, low: float | None, high: float | None) -> str:
    """An index and how sure it is: 0.42 (0.31 to 0.55); an interval without any width would promise too much."""
    ends = dict.fromkeys(index_number(end) for end in (low, high) if end is not None)
    return f"{index_number(value)} ({' to '.join(ends)})" if len(ends) > 1 else index_number(value)


def index_number(value: float) -> str:
    """Two digits, with a real minus."""
    return f"{value:z.2f}".replace("-", MINUS)


def short(day: date) -> str:
    """A day in few letters, such as 12 Nov 2026."""
    return f"{day.day} {day:%b %Y}"
