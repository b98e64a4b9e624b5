"""Duplicate effort: two departments do the same work, judged by what their texts mean and what they share.

The probability that two leads would want to be told is a logistic regression on the cosine of the text vectors and on
what the two initiatives name in common; its weights are not negative, so more evidence never lowers it.
"""

from collections.abc import Collection, Iterator
from math import exp, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planning.findings.facts import AlikeTexts, Fact, SharedDays, SharedThings
from planning.findings.values import Found, Rule, initiative_member
from planning.initiatives.values import Initiative
from planning.overlaps.weights import ALERT, BIAS, SHOWN, UNSAID, WEIGHTS, Evidence
from planning.portfolio.values import Portfolio
from planning.window import Window

TELLING = 0.4
"""Texts less alike than this are no reason that a reader could check."""
_BLOCK = 1024
"""Rows compared at once: bounds the memory of a full pass."""


def duplicate_effort(portfolio: Portfolio, touching: Collection[int] | None = None) -> Iterator[Found]:
    """One finding for each pair of different departments of which the leads are told.

    Where a registrant said that two should be coordinated, less evidence is enough.
    """
    alerts = {found.pair: found for found in near_duplicates(portfolio, touching, ALERT)}
    yield from alerts.values()
    for pair in sorted(portfolio.confirmed - alerts.keys()):
        if touching is None or not set(pair).isdisjoint(touching):
            yield from _between(pair, portfolio)


def near_duplicates(portfolio: Portfolio, touching: Collection[int] | None, least: float) -> Iterator[Found]:
    """One finding for each pair of different departments whose probability is at least `least`."""
    for first, second, cosine in _candidates(portfolio, touching, least):
        yield from _judged(first, second, cosine, least, portfolio)


def _between(pair: tuple[int, int], portfolio: Portfolio) -> Iterator[Found]:
    if not all(id in portfolio.rows for id in pair):
        return
    first, second = (portfolio.by_id[id] for id in pair)
    if first.draft.department != second.draft.department:
        one, two = (portfolio.vectors[portfolio.rows[id]] for id in pair)
        yield from _judged(first, second, float(one @ two), SHOWN, portfolio)


def _judged(
    first: Initiative, second: Initiative, cosine: float, least: float, portfolio: Portfolio
) -> Iterator[Found]:
    score = probability(evidence_of(first, second, cosine))
    if score >= least:
        members = (initiative_member(first.id), initiative_member(second.id))
        yield Found(Rule.DUPLICATE_EFFORT, members, score, _facts(first, second, cosine, portfolio))


def probability(evidence: Evidence) -> float:
    """How likely two leads would want to be told, 0 to 1."""
    return 1 / (1 + exp(-BIAS - sum(weight * value for weight, value in zip(WEIGHTS, evidence, strict=True))))


def evidence_of(first: Initiative, second: Initiative, cosine: float) -> Evidence:
    """What speaks for the two being the same work."""
    a, b = first.draft, second.draft
    return Evidence(
        cosine=max(cosine, 0.0),
        stages=_common(a.stages, b.stages),
        segments=_common(a.segments, b.segments),
        touchpoints=_common(a.touchpoints, b.touchpoints),
        days=_together(first, second),
        problem=float(bool(a.serves) and a.serves.casefold() == b.serves.casefold()),
    )


def least_cosine(least: float, *, same_problem: bool) -> float:
    """Below this cosine no other evidence can bring the probability to `least`."""
    rest = sum(WEIGHTS) - WEIGHTS.cosine - (0.0 if same_problem else WEIGHTS.problem)
    return (log(least / (1 - least)) - BIAS - rest) / WEIGHTS.cosine


def _common(a: Collection[int], b: Collection[int]) -> float:
    if not a or not b:
        return UNSAID
    return float(not set(a).isdisjoint(b))


def _together(first: Initiative, second: Initiative) -> float:
    if first.window is None or second.window is None:
        return UNSAID
    return float(first.window.shared_with(second.window) is not None)


def _candidates(
    portfolio: Portfolio, touching: Collection[int] | None, least: float
) -> Iterator[tuple[Initiative, Initiative, float]]:
    wanted = _rows(portfolio, touching)
    kinds = _Kinds.of(portfolio)
    for start in range(0, len(wanted), _BLOCK):
        yield from _near(portfolio, wanted[start : start + _BLOCK], kinds, least, all_rows=touching is None)


class _Kinds(NamedTuple):
    """For each row the department, and a number for the customer problem that it names (its own when it names none)."""

    departments: NDArray[np.int_]
    problems: NDArray[np.int_]

    @classmethod
    def of(cls, portfolio: Portfolio) -> "_Kinds":
        drafts = [initiative.draft for initiative in portfolio.initiatives]
        numbers: dict[str, int] = {}
        named = [
            numbers.setdefault(draft.serves.casefold(), len(numbers)) if draft.serves else -1 - row
            for row, draft in enumerate(drafts)
        ]
        return cls(np.array([draft.department for draft in drafts], int), np.array(named, int))


def _rows(portfolio: Portfolio, touching: Collection[int] | None) -> NDArray[np.intp]:
    rows = range(len(portfolio.initiatives)) if touching is None else (portfolio.rows.get(id) for id in touching)
    return np.array(sorted(row for row in rows if row is not None), dtype=np.intp)


def _near(
    portfolio: Portfolio, rows: NDArray[np.intp], kinds: _Kinds, least: float, *, all_rows: bool
) -> Iterator[tuple[Initiative, Initiative, float]]:
    cosines = portfolio.vectors[rows] @ portfolio.vectors.T
    same = kinds.problems[rows][:, None] == kinds.problems[None, :]
    bar = np.where(same, least_cosine(least, same_problem=True), least_cosine(least, same_problem=False))
    near = (cosines >= bar) & (kinds.departments[rows][:, None] != kinds.departments[None, :])
    seen: set[tuple[int, int]] = set()
    for at, other in np.argwhere(near):
        one, two = sorted((int(rows[at]), int(other)))
        if (one, two) not in seen and (not all_rows or one == rows[at]):
            seen.add((one, two))
            first, second = sorted((portfolio.initiatives[one], portfolio.initiatives[two]), key=lambda i: i.id)
            yield first, second, float(cosines[at, other])


def _facts(first: Initiative, second: Initiative, cosine: float, portfolio: Portfolio) -> tuple[Fact, ...]:
    journey, a, b = portfolio.journey, first.draft, second.draft
    shared: list[Fact] = []
    if a.serves and a.serves.casefold() == b.serves.casefold():
        shared.append(SharedThings(what="problem", names=(a.serves,)))
    if cosine >= TELLING:
        shared.append(AlikeTexts(cosine=round(cosine, 2)))
    shared += _shared("stage", a.stages, b.stages, journey.stage_names())
    shared += _shared("segment", a.segments, b.segments, journey.segment_names())
    shared += _shared("touchpoint", a.touchpoints, b.touchpoints, journey.touchpoint_names())
    return (*shared, *_days(first, second))


def _shared(what: str, a: tuple[int, ...], b: tuple[int, ...], names: dict[int, str]) -> list[Fact]:
    both = sorted(names[id] for id in set(a) & set(b) if id in names)
    return [SharedThings.model_validate({"what": what, "names": both})] if both else []


def _days(first: Initiative, second: Initiative) -> tuple[Fact, ...]:
    days = _shared_days(first, second)
    return (SharedDays(start=days.start, end=days.end),) if days else ()


def _shared_days(first: Initiative, second: Initiative) -> Window | None:
    return first.window.shared_with(second.window) if first.window and second.window else None
