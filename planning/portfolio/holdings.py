"""The live initiatives as columns, so that no rule has to walk through all of them.

A `Holdings` is a value: what changes gives a new one that shares with the old what stayed the same.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from planning.initiatives.values import Initiative
from planning.portfolio.columns import Columns
from planning.portfolio.layers import EVERY, Chosen, Layer
from planning.portfolio.splicing import Splice


@dataclass(frozen=True)
class Holdings:
    """Live initiatives by ascending id; row i of `columns` and of each layer is initiative i.

    There is one layer of vectors for each encoder version in use: more than one only while texts are encoded anew.
    """

    initiatives: tuple[Initiative, ...]
    columns: Columns
    layers: tuple[tuple[str, Layer], ...] = ()

    @classmethod
    def of(cls, initiatives: Iterable[Initiative], vectors: NDArray[np.float32], encoder: str = "") -> "Holdings":
        """From nothing: row i of `vectors` is initiative i, of unit length, or zeros where there is none."""
        listed = list(initiatives)
        order = sorted(range(len(listed)), key=lambda row: listed[row].id)
        ordered = tuple(listed[row] for row in order)
        return cls(ordered, Columns.of(ordered), ((encoder, Layer.of(vectors[order])),))

    @cached_property
    def ids(self) -> NDArray[np.int64]:
        """The id of each row, ascending."""
        return self.columns.ids

    def row(self, id: int) -> int | None:
        """The row of an initiative, or None when it is not live."""
        at = int(np.searchsorted(self.ids, id))
        return at if at < len(self.ids) and self.ids[at] == id else None

    def by_id(self, id: int) -> Initiative | None:
        """The initiative, or None when it is not live."""
        row = self.row(id)
        return None if row is None else self.initiatives[row]

    def rows(self, ids: Collection[int]) -> NDArray[np.intp]:
        """The rows of those of the initiatives that are live, ascending."""
        found = (self.row(id) for id in ids)
        return np.array(sorted(row for row in found if row is not None), dtype=np.intp)

    def cosines(self, rows: Chosen, others: Chosen = EVERY) -> NDArray[np.float32]:
        """How alike the texts of some rows are to those of others: shape (rows, others).

        Only vectors of one encoder are compared; where several have read both texts, the highest counts. Without
        a common encoder it is 0; what is below 0 means no less.
        """
        parts = [layer.cosines(rows, others) for _, layer in self.layers]
        if not parts:
            return np.zeros((len(self.ids[rows]), len(self.ids[others])), np.float32)
        return parts[0] if len(parts) == 1 else np.maximum.reduce(parts)

    def changed(
        self, news: Sequence[tuple[Initiative, Mapping[str, NDArray[np.float32]]]], gone: Collection[int] = ()
    ) -> "Holdings":
        """With these in place of those of the same id (each with its vector by encoder), and without those gone."""
        ordered = sorted(news, key=lambda new: new[0].id)
        coming = tuple(initiative for initiative, _ in ordered)
        out = {*gone, *(initiative.id for initiative in coming)}
        leaving = self.rows(out).tolist()
        at = np.searchsorted(self.ids, [initiative.id for initiative in coming]).tolist()
        splice = Splice.of(len(self.initiatives), leaving, at)
        vectors = [each for _, each in ordered]
        return Holdings(
            splice.tuples(self.initiatives, coming),
            self.columns.changed(splice, out if leaving else (), Columns.of(coming)),
            tuple(
                (name, layer.changed(splice, [each.get(name) for each in vectors]))
                for name, layer in self._layers(vectors)
            ),
        )

    def _layers(self, vectors: Iterable[Mapping[str, NDArray[np.float32]]]) -> list[tuple[str, Layer]]:
        """Those that there are, and blank ones for encoders that have read none of these initiatives yet."""
        known = {name for name, _ in self.layers}
        unknown = dict.fromkeys(name for each in vectors for name in each if name not in known)
        return [*self.layers, *((name, Layer.blank(len(self.initiatives))) for name in unknown)]

    def consolidated(self) -> "Holdings":
        """The same with every layer in one piece, for a pass over everything."""
        return replace(self, layers=tuple((name, layer.consolidated()) for name, layer in self.layers))
