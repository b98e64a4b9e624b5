"""Duplicate effort: two departments do the same work, judged by what their texts mean and what they share."""

from collections.abc import Collection, Iterator

import numpy as np

from planning.findings.facts import Fact
from planning.findings.values import Found, Rule, members
from planning.initiatives.values import Initiative
from planning.overlaps.evidence import evidence_of, probability
from planning.overlaps.pairing import Pairs, Wanted, likely, of_one_problem
from planning.overlaps.reasons import Names, reasons
from planning.overlaps.weights import ALERT, SHOWN
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio

Pair = tuple[Initiative, Initiative, float]
"""Two initiatives, the smaller id first, and the cosine of their texts."""


def duplicate_effort(portfolio: Portfolio, scope: Scope) -> Iterator[Found]:
    """One finding for each pair of different departments of which the leads are told.

    That both name one problem is told as a split problem; here it does not bring a pair to the threshold. Where a
    registrant said that two should be coordinated, less evidence is enough.
    """
    least = portfolio.least.get(Rule.DUPLICATE_EFFORT, ALERT)
    names = Names(portfolio)
    told = set()
    for first, second, cosine in _pairs(portfolio, _wanted(portfolio, scope.initiatives, least)):
        if probability(evidence_of(first, second, cosine)._replace(problem=0.0)) >= least:
            told.add((first.id, second.id))
            yield _found(first, second, cosine, names)
    for pair in sorted(portfolio.confirmed - told):
        if scope.initiatives is None or not scope.initiatives.isdisjoint(pair):
            yield from _confirmed(pair, portfolio, names)


def near_duplicates(
    portfolio: Portfolio, initiatives: Collection[int] | None, least: float, *, same_department: bool = False
) -> Iterator[Found]:
    """One finding for each pair with one of these whose probability is at least `least`, the most probable first.

    The two are of different departments, or else of the same one. Their reasons are gathered as they are asked for.
    """
    wanted = _wanted(portfolio, initiatives, least, same_department=same_department)
    found = {(first.id, second.id): (first, second, cosine) for first, second, cosine in _pairs(portfolio, wanted)}
    found |= {(first.id, second.id): (first, second, cosine) for first, second, cosine in _named(portfolio, wanted)}
    scores = {ids: probability(evidence_of(*pair)) for ids, pair in found.items()}
    names = Names(portfolio)
    for ids in sorted((ids for ids in found if scores[ids] >= least), key=lambda ids: (-scores[ids], ids)):
        yield _found(*found[ids], names)


def _wanted(
    portfolio: Portfolio, initiatives: Collection[int] | None, least: float, *, same_department: bool = False
) -> Wanted:
    holdings = portfolio.holdings
    rows = np.arange(len(holdings.ids)) if initiatives is None else holdings.rows(initiatives)
    return Wanted(rows, least, same_department)


def _pairs(portfolio: Portfolio, wanted: Wanted) -> Iterator[Pair]:
    for pairs in likely(portfolio.holdings, wanted):
        yield from _initiatives(portfolio, pairs)


def _named(portfolio: Portfolio, wanted: Wanted) -> Iterator[Pair]:
    for pairs in of_one_problem(portfolio.holdings, wanted):
        yield from _initiatives(portfolio, pairs)


def _initiatives(portfolio: Portfolio, pairs: Pairs) -> Iterator[Pair]:
    for first, second, cosine in zip(*(column.tolist() for column in pairs), strict=True):
        one, other = sorted((first, second))
        yield portfolio.initiatives[one], portfolio.initiatives[other], cosine


def _confirmed(pair: tuple[int, int], portfolio: Portfolio, names: Names) -> Iterator[Found]:
    rows = portfolio.holdings.rows(pair)
    if len(rows) < 2:
        return
    first, second = (portfolio.initiatives[row] for row in rows)
    if first.draft.department != second.draft.department:
        cosine = float(portfolio.holdings.cosines(rows[:1], rows[1:])[0, 0])
        if probability(evidence_of(first, second, cosine)) >= SHOWN:
            yield _found(first, second, cosine, names)


def _found(first: Initiative, second: Initiative, cosine: float, names: Names) -> Found:
    evidence = evidence_of(first, second, cosine)
    facts: tuple[Fact, ...] = tuple(reasons(first, second, evidence, names))
    return Found(Rule.DUPLICATE_EFFORT, members((first.id, second.id)), probability(evidence), facts)
