"""Whether the score tells a company's planted duplicates from its near misses, by text alone and with structure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planning.overlaps.evidence import evidence_of, probability
from planning.overlaps.weights import ALERT, UNSAID, Evidence
from planning.portfolio.values import Portfolio
from tests.benchmarks.truth import DUPLICATE, Ids, Truth, share

TEXT, STRUCTURE = "text alone", "with structure"
LET_THROUGH = 10
"""Of so many near misses at most one may be told."""


@dataclass(frozen=True, slots=True)
class Planted:
    """The scores, as leads are told by them, of the planted duplicates and of the near misses, the highest first."""

    duplicates: Sequence[float]
    near_misses: Sequence[float]

    @property
    def told(self) -> int:
        """Planted duplicates from ALERT on."""
        return sum(score >= ALERT for score in self.duplicates)

    @property
    def near_misses_told(self) -> int:
        """Near misses from ALERT on."""
        return sum(score >= ALERT for score in self.near_misses)

    @property
    def bar(self) -> float:
        """The score that is too low: above it is at most one near miss in LET_THROUGH."""
        allowed = len(self.near_misses) // LET_THROUGH
        return self.near_misses[allowed] if allowed < len(self.near_misses) else 0.0

    @property
    def recall(self) -> float | None:
        """The share of the planted duplicates above the bar; None without any."""
        return share(sum(score > self.bar for score in self.duplicates), len(self.duplicates))


def planted(portfolio: Portfolio, sources: Mapping[int, str], truth: Truth) -> dict[str, Planted]:
    """What is known of the pairs → their scores; a pair of which one is not live scores 0."""
    ids = {source: id for id, source in sources.items()}
    kinds = (truth.kinds.get(DUPLICATE, {}), truth.near_misses)
    evidence = [[_evidence(portfolio, pair, ids) for pair in pairs] for pairs in kinds]
    return {
        TEXT: Planted(*(_scores(map(_from_text, rows)) for rows in evidence)),
        STRUCTURE: Planted(*(_scores(rows) for rows in evidence)),
    }


def together(parts: Sequence[Mapping[str, Planted]]) -> dict[str, Planted]:
    """Several companies as one, with one bar for all."""
    return {
        known: Planted(
            _falling(score for part in parts for score in part[known].duplicates),
            _falling(score for part in parts for score in part[known].near_misses),
        )
        for known in (TEXT, STRUCTURE)
    }


def _evidence(portfolio: Portfolio, pair: Ids, ids: Mapping[str, int]) -> Evidence | None:
    rows = portfolio.holdings.rows([ids[source] for source in pair if source in ids])
    if len(rows) < 2:
        return None
    cosine = float(portfolio.holdings.cosines(rows[:1], rows[1:])[0, 0])
    return evidence_of(portfolio.initiatives[rows[0]], portfolio.initiatives[rows[1]], cosine)


def _from_text(evidence: Evidence | None) -> Evidence | None:
    """As if the two had said nothing beside their texts."""
    return evidence and evidence._replace(**dict.fromkeys(Evidence._fields[1:], UNSAID))


def _scores(rows: Iterable[Evidence | None]) -> Sequence[float]:
    """By which leads are told: that both name one problem does not count."""
    return _falling(probability(row._replace(problem=0.0)) if row else 0.0 for row in rows)


def _falling(scores: Iterable[float]) -> Sequence[float]:
    return tuple(sorted(scores, reverse=True))
