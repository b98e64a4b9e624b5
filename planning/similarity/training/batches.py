"""What one step learns from: initiatives of one portfolio, or of two organisations, and the grades of their pairs."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from planning.similarity.training.measures import Flags
from planning.similarity.training.texts import Judged, joined

FAMILIES = 7
"""Of one organisation in a batch; with those of a second one beside them."""
INITIATIVES = 40
"""Of a judged portfolio in a batch."""
UNLIKE = 0.0
"""The grade of two initiatives of different families."""

Random = np.random.Generator
Thing = TypeVar("Thing")


def family_batches(organisations: Sequence[Sequence[Judged]], random: Random) -> list[Judged]:
    """Every family once, those of one organisation together and beside those of another, in random order."""
    chunks = [chunk for families in organisations for chunk in _chunks(_shuffled(families, random))]
    chunks = _shuffled(chunks, random)
    return [_batch([*first, *second]) for first, second in zip(chunks[::2], [*chunks[1::2], []], strict=False)]


def _chunks(families: Sequence[Judged]) -> Iterator[Sequence[Judged]]:
    for start in range(0, len(families), FAMILIES):
        yield families[start : start + FAMILIES]


def _batch(families: list[Judged]) -> Judged:
    return joined("families", families, UNLIKE)


def judged_batches(sets: Sequence[Judged], random: Random) -> list[Judged]:
    """Every judged pair at least once, with all that is known of its batch's initiatives, in random order."""
    return _shuffled([part for judged in sets for part in _parts(judged, random)], random)


def _parts(judged: Judged, random: Random) -> Iterator[Judged]:
    known = ~np.isnan(np.fmax(judged.grades, judged.grades.T))
    unseen = known.copy()
    while unseen.any():
        rows = _grown(known, unseen, random)
        unseen[np.ix_(rows, rows)] = False
        yield judged.only(rows)


def _grown(known: Flags, unseen: Flags, random: Random) -> NDArray[np.intp]:
    """Initiatives with many unseen pairs among them: from a random one, always the one that adds most.

    One that adds none comes from elsewhere; when nothing unseen is left, others with known pairs fill the batch.
    """
    rows: list[int] = []
    for _ in range(min(INITIATIVES, len(known))):
        outside = ~np.isin(np.arange(len(known)), rows)
        wishes = (known[rows].sum(0), unseen.any(0), unseen[rows].sum(0), outside)
        rows.append(int(np.lexsort((random.random(len(known)), *wishes))[-1]))
    return np.array(rows)


def _shuffled(things: Sequence[Thing], random: Random) -> list[Thing]:
    return [things[place] for place in random.permutation(len(things)).tolist()]
