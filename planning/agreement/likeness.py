"""How alike names are, by what an encoder says they mean and by their words."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from planning.similarity import Encoder

Numbers = NDArray[np.float64]
Words = Callable[[str], frozenset[str]]


def by_meaning(names: Sequence[str], encoder: Encoder, frame: str, usual: Sequence[str]) -> Numbers:
    """The cosines of names, read inside a frame and seen from the middle of usual ones.

    A few words alone are vague, and all names of one kind are somewhat alike; the frame (`{}` stands for the name) and
    the usual names take off what they have in common. Two names that the encoder cannot read are not alike.
    """
    if not names:
        return np.zeros((0, 0))
    rows = _units(np.asarray(encoder.encode([frame.format(name) for name in [*names, *usual]]), float))
    middle = rows[len(names) :].mean(axis=0)
    seen = _units(rows[: len(names)] - middle)
    seen[_unread(names, encoder)] = 0
    result: Numbers = seen @ seen.T
    return result


def _unread(names: Sequence[str], encoder: Encoder) -> list[int]:
    """The places of the names that the encoder cannot read, which in the frame it might take for read."""
    foreign = [place for place, name in enumerate(names) if not name.isascii()]
    rows = encoder.encode([names[place] for place in foreign]) if foreign else ()
    return [place for place, row in zip(foreign, rows, strict=True) if not row.any()]


def by_words(names: Sequence[str], words: Words) -> Numbers:
    """Dice's coefficient of the words of names: 1 for the same words, 0 for none in common."""
    sets = [words(name) for name in names]
    vocabulary = {word: place for place, word in enumerate(sorted(frozenset().union(*sets)))}
    has = np.zeros((len(sets), len(vocabulary)))
    for row, each in enumerate(sets):
        has[row, [vocabulary[word] for word in each]] = 1
    sizes = has.sum(axis=1)
    result: Numbers = 2 * (has @ has.T) / np.maximum(sizes[:, None] + sizes, 1)
    return result


def _units(rows: Numbers) -> Numbers:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    result: Numbers = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-9)
    return result
