"""Which things of a list live initiatives name."""

from collections.abc import Collection

import numpy as np

from planning.portfolio.columns import Ints


def named(ids: Collection[int], *columns: Ints) -> frozenset[int]:
    """Those of the ids that are in one of the columns; takes time by their lengths added, not multiplied."""
    wanted = np.array(sorted(ids), np.int64)
    found = [np.isin(wanted, column) for column in columns]
    return frozenset(wanted[np.logical_or.reduce(found)].tolist())
