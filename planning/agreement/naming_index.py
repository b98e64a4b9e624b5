"""How far people agree on the stages and their order: 0 as by chance, 1 identical, below 0 they contradict each other.

The index is 1 − Dₒ / Dₑ, the form of Krippendorff's alpha (Content Analysis, 2004, chapter 11) and of the gamma of
Mathet, Widlöcher and Métivier (2015, Computational Linguistics 41(3), 437-479), which brought it to answers that have
to be aligned first.

Dₒ is the mean disagreement of two people. That is the edit distance between their lists by insertions and deletions,
as a share of the greatest possible: 1 − 2·s / (m + n) for lists of m and n names of which s can be aligned, which is
their longest common subsequence. One stage instead of another is no half agreement, so nothing is substituted.

Dₑ is what is expected of it by chance: the names that were given are dealt anew to the same people, everybody gets as
many as before, none twice, in random order. As in alpha every name stays as frequent as it is, and two pieces of one
answer are never compared; as in gamma every list stays as long as it is. What is in common in random orders is exact
(`orders.in_order_by_chance`), what is dealt in common is the mean of many deals. All indices share this one chance, so
that of all people lies between those within and between the departments.

The interval says what other people of the same kind would have made of Dₒ; Dₑ and the matching of names are taken as
they are. Where all gave the same single name, nothing can differ by chance, and the index is 1.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from planning.agreement.dealing import deals
from planning.agreement.intervals import jackknife
from planning.agreement.likeness import Numbers
from planning.agreement.orders import in_common, in_order_by_chance
from planning.agreement.results import Index

FEWEST = 3
"""Of fewer answers, one could be worked out from the index and another."""
SMALL = 1e-9
"""A sum of differences below this is none."""
RARE = 1e-3
"""The least difference that is expected of two people: a deal that was not drawn is rare, but not impossible."""

Labels = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class NamingIndices:
    """The index of all people, of people of different departments only, and within each department."""

    overall: Index | None
    between: Index | None
    within: Mapping[int, Index | None]


def naming_indices(answers: Sequence[Sequence[Hashable]], departments: Sequence[int]) -> NamingIndices:
    """The indices of answers in order, with each person's department; None where fewer than FEWEST answered.

    Nor is there one between departments where it would tell what two people have in common.
    """
    told = [(said, one) for said, one in zip(map(_coded(answers), answers), departments, strict=True) if said]
    if not told:
        return NamingIndices(None, None, dict.fromkeys(sorted(set(departments))))
    said, of = [answer for answer, _ in told], np.array([one for _, one in told])
    differences, chances = _differences(said), _by_chance(said)
    together, all_pairs = of[:, None] == of, np.ones((len(of), len(of)), bool)
    return NamingIndices(
        _index(differences, chances, all_pairs),
        None if _tells_on_two(of) else _index(differences, chances, ~together),
        {one: _index(differences, chances, together & (of == one)) for one in sorted(set(departments))},
    )


def _tells_on_two(of: Labels) -> bool:
    """Among few, the one department of two people is what the indices of all and of those between leave over."""
    answered = np.unique(of, return_counts=True)[1]
    return len(of) < 2 * FEWEST and np.count_nonzero(answered == FEWEST - 1) == 1


def _index(differences: Numbers, chances: Numbers, pairs: NDArray[np.bool_]) -> Index | None:
    pairs = pairs & ~np.eye(len(pairs), dtype=bool)
    people = np.flatnonzero(pairs.any(axis=1))
    if len(people) < FEWEST:
        return None
    tables = np.stack([np.where(pairs, differences, 0.0), np.where(pairs, chances, 0.0), pairs])
    value = _agreement(*tables.sum(axis=(1, 2)).tolist())
    without_each = tables.sum(axis=(1, 2))[:, None] - tables.sum(axis=1) - tables.sum(axis=2)
    low, high = jackknife(value, [_agreement(*each) for each in without_each[:, people].T.tolist()])
    return Index(value=value, low=low, high=high, people=len(people))


def _agreement(observed: float, expected: float, pairs: float) -> float:
    if pairs < 1:
        return nan
    return 1.0 if observed < SMALL else 1 - observed / expected


def _differences(answers: Sequence[Sequence[int]]) -> Numbers:
    lengths = np.array(list(map(len, answers)))
    result: Numbers = 1 - 2 * in_common(answers) / (lengths[:, None] + lengths)
    return result


def _by_chance(answers: Sequence[Sequence[int]]) -> Numbers:
    """The expected difference of every two people, which depends on how many names they gave."""
    lengths = sorted(map(len, answers))
    supports = sorted(np.unique(np.concatenate(answers), return_counts=True)[1].tolist(), reverse=True)
    sizes, size_of = np.unique(lengths, return_inverse=True)
    shared = _shared_by_chance(deals(lengths, supports), size_of)
    by_size = np.maximum(1 - 2 * shared / (sizes[:, None] + sizes), RARE)
    mine = np.searchsorted(sizes, list(map(len, answers)))
    result: Numbers = by_size[np.ix_(mine, mine)]
    return result


def _shared_by_chance(held: NDArray[np.bool_], size_of: Labels) -> Numbers:
    """For every two lengths of lists: what two people have in common in one order, on average over the deals."""
    counts = held.astype(np.float32)
    alike = (counts @ counts.transpose(0, 2, 1)).astype(np.intp)
    in_order = np.array([in_order_by_chance(size) for size in range(int(alike.max()) + 1)])[alike].mean(axis=0)
    others = 1.0 - np.eye(len(size_of))
    has = (size_of[:, None] == np.arange(int(size_of.max()) + 1)).astype(float)
    result: Numbers = (has.T @ (in_order * others) @ has) / np.maximum(has.T @ others @ has, 1)
    return result


def _coded(answers: Sequence[Sequence[Hashable]]) -> "_Coder":
    return _Coder({name: place for place, name in enumerate(dict.fromkeys(n for answer in answers for n in answer))})


@dataclass(frozen=True, slots=True)
class _Coder:
    """Names as numbers; of names given twice in one answer, the first counts."""

    numbers: Mapping[Hashable, int]

    def __call__(self, answer: Sequence[Hashable]) -> tuple[int, ...]:
        return tuple(self.numbers[name] for name in dict.fromkeys(answer))
