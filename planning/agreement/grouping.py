"""Like things put together, where some must stay apart."""

from collections.abc import Collection, Hashable, Sequence

import numpy as np

from planning.agreement.likeness import Numbers


def grouped(
    likeness: Numbers, apart: Sequence[Collection[Hashable]], least: float, shared: float = 0.0
) -> list[list[int]]:
    """Places in groups that are alike by `least` on average, and of which no two share anything in `apart`.

    Of all that two groups have in `apart`, they may have the share `shared` in common, nothing by default. The most
    alike are joined first; of equally alike pairs, the earlier places. Groups and places rise.
    """
    groups = {place: [place] for place in range(len(likeness))}
    group_of = list(range(len(likeness)))
    taken, links = [set(each) for each in apart], likeness.copy()
    for one, other in _pairs(likeness, least):
        keep, gone = sorted((group_of[one], group_of[other]))
        sizes = len(groups[keep]) * len(groups.get(gone, ()))
        too_many = len(taken[keep] & taken[gone]) > shared * len(taken[keep] | taken[gone])
        if keep == gone or too_many or links[keep, gone] < least * sizes:
            continue
        for place in groups[gone]:
            group_of[place] = keep
        groups[keep] += groups.pop(gone)
        taken[keep] |= taken[gone]
        links[keep] += links[gone]
        links[:, keep] += links[:, gone]
    return [sorted(groups[key]) for key in sorted(groups)]


def _pairs(likeness: Numbers, least: float) -> list[tuple[int, int]]:
    rows, columns = np.nonzero(np.triu(likeness >= least, 1))
    order = np.argsort(-likeness[rows, columns].round(6), kind="stable")
    return list(zip(rows[order].tolist(), columns[order].tolist(), strict=True))
