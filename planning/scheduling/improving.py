"""A schedule is made better bit by bit: a few families leave their places and choose again, one after the other.

Which ones is drawn, always in the same way: one that pays for something, and others that use what it wants then.
In a large schedule this finds most of what can be gained long before a solver has read it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from planning.scheduling.board import Board, Place
from planning.scheduling.checking import is_changed, settled
from planning.scheduling.families import Choice, best_family, descent, lift, own_price
from planning.scheduling.values import Activity, Instance, Solution

TOGETHER = 4
"""So many families choose again together."""
DRY = 3
"""So many rounds without a gain are enough."""
Cell = tuple[int, int]


def improved(instance: Instance, solution: Solution, tries: int, is_over: Callable[[], bool]) -> Solution:
    """An allowed schedule, or a better one that is found in so many tries."""
    board, random = _on_a_board(instance, solution), np.random.default_rng(1)
    dry = 0
    while tries > 0 and dry < DRY:
        near = _Near(board, settled(instance, board.starts, board.modes))
        gained = 0
        for root in near.paying[:tries]:
            if is_over():
                return settled(instance, board.starts, board.modes, solution.bound)
            tries -= 1
            gained += _choose_again(board, near.together(root, random))
        dry = 0 if gained else dry + 1
        tries -= not near.paying
    return settled(instance, board.starts, board.modes, solution.bound)


def _on_a_board(instance: Instance, solution: Solution) -> Board:
    board = Board(instance)
    for each in instance.activities:
        if each.id not in solution.starts:
            if each.parent is None or each.parent in solution.starts:
                board.leave(each)
            continue
        start, mode = solution.starts[each.id], solution.modes[each.id]
        board.put(each, Place(own_price(each, board.own_start(each, start), mode), start, mode))
    return board


def _choose_again(board: Board, roots: list[Activity]) -> int:
    """How much cheaper it is when they choose again; they go back if it is not."""
    before = [tuple(_choices(board, root)) for root in roots]
    for choices in before:
        lift(board, choices)
    old = sum(_put_back(board, choices) for choices in before)
    for choices in reversed(before):
        lift(board, choices)
    after: list[tuple[Choice, ...]] = []
    new = 0
    for root in roots:
        family = best_family(board, root)
        if family is None or new + family.cost > old:
            break
        _put_back(board, family.choices)
        after.append(family.choices)
        new += family.cost
    if len(after) == len(roots):
        return old - new
    for choices in reversed(after):
        lift(board, choices)
    for choices in before:
        _put_back(board, choices)
    return 0


def _choices(board: Board, activity: Activity) -> Iterator[Choice]:
    """Where a family is now."""
    yield activity, board.place_of(activity)
    if activity.id not in board.out:
        for child in board.children[activity.id]:
            yield from _choices(board, child)


def _put_back(board: Board, choices: Iterable[Choice]) -> int:
    """Place them so; the answer is what that costs."""
    total = 0
    for activity, place in choices:
        if place is None:
            total += board.cost_out(activity) or 0
            board.leave(activity)
        else:
            total += board.cost(activity, place) or 0
            board.put(activity, place)
    return total


class _Near:
    """Who pays for something in a schedule, and who uses what they would like to use."""

    def __init__(self, board: Board, solution: Solution) -> None:
        self._board = board
        self._wanted: dict[int, set[Cell]] = {}
        self._users: dict[Cell, list[Activity]] = defaultdict(list)
        self.roots = [each for each in board.instance.activities if each.parent is None]
        for root in self.roots:
            self._look_at(root)
        self.paying = [root for root in self.roots if self._pays(root, solution)]

    def _look_at(self, root: Activity) -> None:
        now, usual = set(self._cells(root, usual=False)), set(self._cells(root, usual=True))
        self._wanted[root.id] = now | usual
        for cell in now:
            self._users[cell].append(root)

    def _cells(self, root: Activity, *, usual: bool) -> Iterator[Cell]:
        starts: dict[int, int] = {}
        for each in descent(self._board, root):
            base = 0 if each.parent is None else starts[each.parent]
            starts[each.id] = base + each.usual if usual else self._board.starts.get(each.id, base + each.usual)
            for block in each.modes[0 if usual else self._board.modes.get(each.id, 0)].blocks:
                first = starts[each.id] + block.offset
                yield from ((block.resource, period) for period in range(first, first + block.length))

    def _pays(self, root: Activity, solution: Solution) -> bool:
        return not self._wanted[root.id].isdisjoint(solution.extra) or any(
            is_changed(each, solution) for each in descent(self._board, root)
        )

    def together(self, root: Activity, random: np.random.Generator) -> list[Activity]:
        """It and a few of its rivals, in an order by chance."""
        rivals = {user.id: user for cell in sorted(self._wanted[root.id]) for user in self._users[cell]}
        rivals.pop(root.id, None)
        order = random.permutation(len(rivals))[: TOGETHER - 1].tolist()
        few = [root, *(list(rivals.values())[place] for place in order)]
        return [few[place] for place in random.permutation(len(few)).tolist()]
