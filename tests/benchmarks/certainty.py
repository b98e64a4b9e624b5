"""How sure Concord is: what its probabilities say beside what readers said, and what it makes of other languages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from planning.overlaps.weights import ALERT
from planning.similarity import Encoder, settled
from planning.similarity.training.measures import Numbers
from tests.benchmarks.gold import Pool
from tests.benchmarks.languages import LANGUAGES, sharing
from tests.benchmarks.truth import share

BINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 1.01)
_END_OF_TITLE = re.compile(r"[.。]")


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs of about one probability: how many, the mean of what is said, and the share that is positive."""

    pairs: int
    said: float
    true: float


@dataclass(frozen=True, slots=True)
class Certainty:
    """Whether probabilities are what they say: over all pairs, of the alerts, and bin by bin."""

    said: float
    true: float
    alerts: int
    precision: float | None
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Foreign:
    """Texts in one language: the share left unread, and the share of their unlike pairs that would be told."""

    unread: float
    false_alerts: float


def probabilities(pools: Sequence[Pool]) -> Numbers:
    """Concord's scores of the pairs, one pool after the other."""
    return np.concatenate([pool.probabilities for pool in pools])


def alone(pools: Sequence[Pool]) -> Numbers:
    """The scores by which leads are told."""
    return np.concatenate([pool.alone for pool in pools])


def certainty(pools: Sequence[Pool]) -> Certainty:
    """What the probabilities of these pools say beside what readers said."""
    said, told = probabilities(pools), alone(pools) >= ALERT
    positive = np.concatenate([pool.positive for pool in pools])
    inside = [(low <= said) & (said < high) for low, high in pairwise(BINS)]
    bins = [
        Bin(int(some.sum()), float(said[some].mean()), float(positive[some].mean())) for some in inside if some.any()
    ]
    right = share(int((told & positive).sum()), int(told.sum()))
    return Certainty(float(said.mean()), float(positive.mean()), int(told.sum()), right, tuple(bins))


def written() -> dict[str, list[str]]:
    """The texts of each language, and their titles alone."""
    titles = {f"{name}, titles": [_END_OF_TITLE.split(text)[0] for text in texts] for name, texts in LANGUAGES.items()}
    return {name: list(texts) for name, texts in LANGUAGES.items()} | titles


def foreign(encoder: Encoder, texts: Sequence[str]) -> Foreign:
    """How sure the encoder makes Concord of texts that are all about something else."""
    rows = settled(encoder.encode(texts))
    cosines = (rows @ rows.T)[np.triu_indices(len(texts), 1)]
    told = [sharing(cosine) >= ALERT for cosine in cosines.tolist()]
    return Foreign(float((~rows.any(axis=1)).mean()), float(np.mean(told)))
