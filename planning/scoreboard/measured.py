"""The parts of the scoreboard that measure the whole portfolio: complete fixes, dabbling, the mirror index."""

from collections.abc import Sequence

from planning.portfolio import completeness as fixing
from planning.portfolio.measurements import Measurement
from planning.portfolio.values import Portfolio
from planning.scoreboard.values import Completeness, Dabbling, Mirror

SPLIT, LEANING = 0.6, 0.3
"""From these mirror indices on the portfolio splits along departments strongly, or noticeably."""
MOVED = 0.05
"""A mirror index that differs by less from the one before is told as the same."""
BRIDGES = 3


def completeness(whole: fixing.Completeness) -> Completeness | None:
    """The share of problems whose fix is complete; None while it is unknown."""
    if whole.share is None:
        return None
    return Completeness(
        sentence=_completeness_sentence(whole.described - whole.complete),
        share=whole.share,
        complete=whole.complete,
        problems=whole.described,
    )


def _completeness_sentence(incomplete: int) -> str:
    if not incomplete:
        return "Every fix has all its parts: see each of them through."
    whom = f"{incomplete} problems lack a part" if incomplete > 1 else "One problem lacks a part"
    return f"{whom} of the fix: find out with “/cx problems” who could bring it."


def dabbling(whole: fixing.Completeness) -> Dabbling | None:
    """The share of initiatives that improve what stays broken; None while it is unknown."""
    ratio = whole.dabbling
    if ratio is None:
        return None
    sentence = _dabbling_sentence(whole.lacking, whole.unsaid)
    return Dabbling(sentence=sentence, ratio=ratio, count=whole.lacking, unsaid=whole.unsaid)


def _dabbling_sentence(lacking: int, unsaid: int) -> str:
    if lacking:
        return "What they improve stays broken for the customer until somebody brings the missing parts: ask who can."
    if unsaid:
        return "Ask the owners of those that name no problem which one they serve."
    return "No initiative works on a fix that lacks a part: keep it so."


def mirror(quarters: Sequence[Measurement], portfolio: Portfolio) -> Mirror | None:
    """How strongly the portfolio splits along departments, by the measurements of the last quarters; None without."""
    if not quarters:
        return None
    last, bridges = quarters[-1], tuple(_bridges(quarters[-1], portfolio))[:BRIDGES]
    return Mirror(
        sentence=_mirror_sentence([one.value for one in quarters], bridges),
        value=last.value,
        low=last.low,
        high=last.high,
        quarters=tuple((one.quarter, one.value) for one in quarters),
        bridges=bridges,
    )


def _bridges(last: Measurement, portfolio: Portfolio) -> list[str]:
    """Those initiatives that still are live."""
    ids = last.details.get("bridges")
    live = (portfolio.holdings.by_id(id) for id in ids if isinstance(id, int)) if isinstance(ids, list) else ()
    return [one.reference for one in live if one is not None]


def _mirror_sentence(values: Sequence[float], bridges: Sequence[str]) -> str:
    value, moved = values[-1], _moved(values)
    if value < LEANING:
        return f"Departments work on the stages together{moved}: keep planning across them."
    how = "strongly" if value >= SPLIT else "noticeably"
    example = f", as {bridges[0]} does" if bridges else ""
    return f"Plans split {how} along departments{moved}: start work that two of them share{example}."


def _moved(values: Sequence[float]) -> str:
    """More or less than before, of what the sentence says: of splitting, or of working together."""
    if len(values) < 2 or abs(values[-1] - values[-2]) < MOVED:
        return ""
    more = (values[-1] > values[-2]) == (values[-1] >= LEANING)
    return f", {'more' if more else 'less'} than before"
