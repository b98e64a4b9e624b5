"""Why two initiatives look like the same work, the strongest reason first."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, lru_cache

from planning.findings.facts import AlikeTexts, Fact, SharedDays, SharedThings
from planning.initiatives.values import Initiative
from planning.overlaps.evidence import carried, metrics_of
from planning.overlaps.weights import Evidence
from planning.portfolio.values import Portfolio

TELLING = 0.4
"""Texts less alike than this are no reason that a reader could check."""


class Names:
    """Kind of what initiatives can share → id → name; each kind is read once, when it is first needed."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        self._read: dict[str, Mapping[int, str]] = {}

    def __getitem__(self, kind: str) -> Mapping[int, str]:
        if kind not in self._read:
            self._read[kind] = _NAMES[kind](self._portfolio)
        return self._read[kind]


_NAMES: Mapping[str, Callable[[Portfolio], Mapping[int, str]]] = {
    "problem": lambda portfolio: portfolio.problem_names,
    "stage": lambda portfolio: portfolio.journey.stage_names(),
    "segment": lambda portfolio: portfolio.journey.segment_names(),
    "touchpoint": lambda portfolio: portfolio.journey.touchpoint_names(),
    "metric": lambda portfolio: portfolio.metric_names,
}


_PIECES = {
    "problem": "problem",
    "stage": "stages",
    "segment": "segments",
    "touchpoint": "touchpoints",
    "metric": "metrics",
}
"""What both name → the piece of evidence that it is."""


def reasons(first: Initiative, second: Initiative, evidence: Evidence, names: Names) -> list[Fact]:
    """The facts that a reader can check, the one that adds most to the probability first.

    What they add is compared in whole log-odds; where that is the same, the plainer fact comes first.
    """
    weight = carried(evidence)
    facts = _facts(first, second, evidence.cosine, names)
    return [fact for _, fact in sorted(facts, key=lambda told: -round(getattr(weight, told[0])))]


def _facts(first: Initiative, second: Initiative, cosine: float, names: Names) -> Iterator[tuple[str, Fact]]:
    """Each with the piece of evidence that it tells: what both name, how alike the texts are, the days they share."""
    a, b = first.draft, second.draft
    if a.serves is not None and a.serves == b.serves:
        yield from _shared("problem", (a.serves,), (a.serves,), names)
    if cosine >= TELLING:
        yield "cosine", _alike(round(cosine, 2))
    yield from _shared("stage", a.stages, b.stages, names)
    yield from _shared("segment", a.segments, b.segments, names)
    yield from _shared("touchpoint", a.touchpoints, b.touchpoints, names)
    yield from _shared("metric", metrics_of(a), metrics_of(b), names)
    days = first.window.shared_with(second.window) if first.window and second.window else None
    if days:
        yield "days", SharedDays(start=days.start, end=days.end)


def _shared(what: str, a: Collection[int], b: Collection[int], names: Names) -> Iterator[tuple[str, Fact]]:
    both = set(a).intersection(b)
    known = sorted(names[what][id] for id in both if id in names[what])
    if known:
        yield _PIECES[what], _things(what, tuple(known))


@cache
def _alike(cosine: float) -> AlikeTexts:
    return AlikeTexts(cosine=cosine)


@lru_cache(maxsize=4096)
def _things(what: str, names: tuple[str, ...]) -> SharedThings:
    return SharedThings.model_validate({"what": what, "names": names})
