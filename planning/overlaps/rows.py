"""Places in a table: which of them a scope holds, and pairs of them of which it holds one."""

from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray

from planning.portfolio.columns import Ints

Places = NDArray[np.intp]
Pairs = tuple[Places, Places]
"""As many places of one side as of the other."""


def held(ids: Ints, among: Collection[int] | None) -> NDArray[np.bool_]:
    """Which of the ids are among some; None stands for all."""
    if among is None:
        return np.ones(len(ids), bool)
    return np.isin(ids, np.fromiter(among, np.int64, len(among)))


def paired(one: Pairs, other: Pairs) -> Pairs:
    """The pairs of both."""
    return np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1]])


def joined(one: Places, other: Places, mine: NDArray[np.bool_], join: Callable[[Places, Places], Pairs]) -> Pairs:
    """What `join` makes of the two sides, as far as one of a pair is `mine`: the others are never compared."""
    own, their = mine[one], mine[other]
    return paired(join(one[own], other), join(one[~own], other[their]))
