"""One side of the speed benchmark at one size, in a process of its own.

`python -m tests.benchmarks.timing concord 1000 real.npz` prints JSON. What takes milliseconds is taken many times: the
median is given, and the least, which other work on the machine disturbs less. What takes seconds is taken once.
"""

import json
import resource
import sys
from collections import Counter, deque
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, ParamSpec

import numpy as np

from bot.encoder import open_encoder
from planning.gaps import finding as gaps
from planning.gaps.finding import find_gaps
from planning.initiatives.values import Initiative
from planning.overlaps import finding as overlaps
from planning.overlaps.finding import find_overlaps
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from planning.similarity import Floats, settled
from tests.benchmarks.real import real_texts
from tests.benchmarks.synthetic import ENCODER, newcomer, synthetic, texts

P = ParamSpec("P")
GOES, WARM = 15, 3
SAMPLE = 500
"""Rows of the neighbours search that stand for all where all would take too long."""
NEIGHBOURS = 10
BLOCK = 1024, 4096
_BARS = (0.4, 0.5, 0.6)


def concord(size: int, vectors: Path) -> dict[str, Any]:
    """The product's own figures, and those of the matrix product that is their floor."""
    real = list(np.load(vectors).values())
    portfolio = synthetic(size, real)
    return {
        "departments": len(portfolio.departments),
        **_checked(portfolio, real),
        **_passed(portfolio),
        "pass_rules_s": _by_rule(portfolio, Scope.everything(portfolio)),
        "upper_s": _seconds(_multiplied, _matrix(portfolio), True),
        "whole_s": _seconds(_multiplied, _matrix(portfolio), False),
        "alike": _alike(_matrix(portfolio), np.concatenate(real)),
    }


def encoded(_: int, vectors: Path) -> dict[str, Any]:
    """Write the vectors of the real portfolios there; the milliseconds that one text takes."""
    encoder, real = open_encoder(), real_texts()
    np.savez(vectors, *(settled(encoder.encode(some)) for some in real))
    return {"encode_ms": 1000 * median(_seconds(encoder.encode, [text]) for text in real[0])}


def tfidf(size: int, _: Path) -> dict[str, Any]:
    """What scikit-learn takes for the same: the nearest ten of one text, and of all."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.neighbors import NearestNeighbors

    read = texts(size, real_texts(), np.random.default_rng(1))
    vectorizer = TfidfVectorizer()
    matrix = vectorizer.fit_transform(read)
    search = NearestNeighbors(n_neighbors=NEIGHBOURS, metric="cosine", algorithm="brute").fit(matrix)
    one = median(_seconds(_nearest, search, vectorizer, text) for text in read[:GOES])
    rows = min(size, SAMPLE if size > 20_000 else size)
    taken = _seconds(search.kneighbors, matrix[:rows])
    return {"one_ms": 1000 * one, "all_s": taken * size / rows, "scaled": rows < size, "peak_mib": _peak_mib()}


def _nearest(search: Any, vectorizer: Any, text: str) -> None:
    search.kneighbors(vectorizer.transform([text]))


def _checked(portfolio: Portfolio, real: Sequence[Floats]) -> dict[str, Any]:
    """One new initiative after the other, each added to the portfolio as it was, and the product beside each."""
    goes = [_checking(portfolio, *newcomer(len(portfolio.initiatives), real, seed)) for seed in range(GOES + WARM)]
    ms = {name: [1000 * go[name] for go in goes[WARM:]] for name in goes[0]}
    whole = {name: ms.pop(name) for name in ("check", "product", "taking_in")}
    medians = {f"{name}_ms": median(times) for name, times in whole.items()}
    least = {f"{name}_least_ms": min(times) for name, times in whole.items()}
    return {**medians, **least, "check_rules_ms": {name: min(times) for name, times in ms.items()}}


def _checking(portfolio: Portfolio, initiative: Initiative, vector: Floats) -> dict[str, float]:
    """Seconds of the matrix product, of the whole check, and of its parts, taken once more."""
    matrix, start = _matrix(portfolio), perf_counter()
    matrix @ vector
    multiplied = perf_counter()
    grown = portfolio.with_draft(initiative, {ENCODER: vector})
    taken_in = perf_counter()
    scope = Scope.around([initiative], grown)
    find_overlaps(grown, scope), find_gaps(grown, scope)
    checked = perf_counter()
    times = {"product": multiplied - start, "check": checked - multiplied, "taking_in": taken_in - multiplied}
    times["scope"] = _seconds(Scope.around, [initiative], grown)
    return times | _by_rule(grown, scope)


def _by_rule(portfolio: Portfolio, scope: Scope) -> dict[str, float]:
    """Seconds of each rule."""
    rules = (*overlaps.RULES, *gaps.RULES)
    return {rule.__name__: _seconds(_exhausted, rule, portfolio, scope) for rule in rules}


def _exhausted(rule: overlaps.OverlapRule, portfolio: Portfolio, scope: Scope) -> None:
    deque(rule(portfolio, scope), maxlen=0)


def _passed(portfolio: Portfolio) -> dict[str, Any]:
    """A pass over everything: how long, what it found, and the memory before it and at its peak."""
    scope, held, start = Scope.everything(portfolio), _peak_mib(), perf_counter()
    found = [*find_overlaps(portfolio, scope), *find_gaps(portfolio, scope)]
    return {
        "pass_s": perf_counter() - start,
        "found": dict(Counter(str(one.rule) for one in found)),
        "held_mib": held,
        "peak_mib": _peak_mib(),
    }


def _multiplied(matrix: Floats, upper: bool) -> None:
    """The product of all rows with all rows, or with those after them, by blocks that are thrown away."""
    high, wide = BLOCK
    for top in range(0, len(matrix), high):
        for left in range(top if upper else 0, len(matrix), wide):
            matrix[top : top + high] @ matrix[left : left + wide].T


def _matrix(portfolio: Portfolio) -> Floats:
    ((_, layer),) = portfolio.holdings.layers
    return layer.pieces[0]


def _alike(made: Floats, real: Floats) -> dict[str, tuple[float, float]]:
    """For each bar the share of pairs of two that are at least so alike: of those made up, and of real ones."""
    cosines = [(some @ some.T)[np.triu_indices(len(some), 1)] for some in (made[:4000], real)]
    return {str(bar): (float((cosines[0] >= bar).mean()), float((cosines[1] >= bar).mean())) for bar in _BARS}


def _seconds(action: Callable[P, object], *given: P.args, **named: P.kwargs) -> float:
    start = perf_counter()
    action(*given, **named)
    return perf_counter() - start


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    side, size, place = sys.argv[1:]
    print(json.dumps({"encoded": encoded, "concord": concord, "tfidf": tfidf}[side](int(size), Path(place))))
