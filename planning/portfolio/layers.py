"""The vectors that one encoder version made, by row, in pieces that versions of the holdings share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

from planning.portfolio.splicing import Splice

Floats = NDArray[np.float32]
Chosen = NDArray[np.intp] | slice
"""Which rows."""
EVERY = slice(None)
UNUSED = 1024
"""As many vectors may lie unused, or an eighth of those in use, before all are put together again."""


@dataclass(frozen=True, eq=False)
class Layer:
    """Row i has vector `slots[i]` of the pieces laid end to end; −1 where the encoder has not read it."""

    pieces: tuple[Floats, ...]
    slots: NDArray[np.intp]
    _last: dict[int, Floats] = field(default_factory=dict, repr=False)
    """The one row that was last compared with every other: several rules ask for the same of one draft."""

    @classmethod
    def of(cls, vectors: Floats) -> "Layer":
        """Row i has vector i; a row of zeros has none."""
        return _packed(cls((vectors,), np.arange(len(vectors))), np.asarray(vectors.any(axis=1)))

    @classmethod
    def blank(cls, rows: int) -> "Layer":
        """No row has a vector."""
        return cls((), np.full(rows, -1))

    def cosines(self, rows: Chosen, others: Chosen = EVERY) -> Floats:
        """Dot products of some rows with others: shape (rows, others); 0 where one has no vector."""
        if isinstance(rows, slice) or len(rows) != 1 or not _is_every(others, len(self.slots)):
            return self._products(rows, others)
        row = int(rows[0])
        if (known := self._last.get(row)) is None:
            known = self._products(rows, EVERY)
            known.flags.writeable = False
            self._last.clear()
            self._last[row] = known
        return known

    def _products(self, rows: Chosen, others: Chosen) -> Floats:
        if self.in_order():
            product: Floats = self.pieces[0][rows] @ self.pieces[0][others].T
            return product
        wanted, slots = self.vectors(self.slots[rows]), self.slots[others]
        if len(slots) < len(self.slots):
            return wanted @ self.vectors(slots).T
        products = [wanted @ piece.T for piece in self.pieces]
        blank = np.zeros((len(wanted), 1), np.float32)
        return np.concatenate([*products, blank], axis=1)[:, slots]

    def changed(self, splice: Splice, vectors: Sequence[Floats | None]) -> "Layer":
        """With that change of the rows, of which these are the new ones' vectors."""
        known = [vector for vector in vectors if _says(vector)]
        first = sum(map(len, self.pieces))
        places = iter(range(first, first + len(known)))
        slots = np.array([next(places) if _says(vector) else -1 for vector in vectors], np.intp)
        pieces = _joined((*self.pieces, np.stack(known))) if known else self.pieces
        grown = Layer(pieces, splice.arrays(self.slots, slots))
        unused = first + len(known) - int((grown.slots >= 0).sum())
        return _packed(grown, grown.slots >= 0) if unused > max(UNUSED, len(grown.slots) // 8) else grown

    def consolidated(self) -> "Layer":
        """The same in one piece, in the order of the rows, zeros where there is no vector: for a pass over all."""
        return self if self.in_order() else Layer((self.vectors(self.slots),), np.arange(len(self.slots)))

    def in_order(self) -> bool:
        """Whether it is one matrix, row for row."""
        one = len(self.pieces) == 1 and len(self.pieces[0]) == len(self.slots)
        return one and bool((self.slots == np.arange(len(self.slots))).all())

    def vectors(self, slots: NDArray[np.intp]) -> Floats:
        """The vectors in these slots, zeros for −1."""
        size = self.pieces[0].shape[1] if self.pieces else 0
        found = np.zeros((len(slots), size), np.float32)
        first = 0
        for piece in self.pieces:
            here = (slots >= first) & (slots < first + len(piece))
            found[here] = piece[slots[here] - first]
            first += len(piece)
        return found


def _is_every(others: Chosen, rows: int) -> bool:
    return isinstance(others, slice) and others.indices(rows) == (0, rows, 1)


def _packed(layer: Layer, has: NDArray[np.bool_]) -> Layer:
    """The same in one piece, with the vectors of these rows alone."""
    if layer.in_order() and has.all():
        return layer
    return Layer((layer.vectors(layer.slots[has]),), np.where(has, np.cumsum(has) - 1, -1))


def _says(vector: Floats | None) -> TypeGuard[Floats]:
    """Whether there is a vector; the zeros of a text without words are none."""
    return vector is not None and bool(vector.any())


def _joined(pieces: tuple[Floats, ...]) -> tuple[Floats, ...]:
    """The same end to end, each piece more than twice as long as the next: there are few, and few are copied."""
    joined = list(pieces)
    while len(joined) > 1 and len(joined[-2]) <= 2 * len(joined[-1]):
        joined[-2:] = [np.concatenate(joined[-2:])]
    return tuple(joined)
