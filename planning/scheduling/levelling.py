"""The greedy leveller: by priority, each activity goes where it costs least beside those that were placed before it.

It is what people do by hand, the baseline that the solver must never be worse than, and its first answer.
"""

from collections.abc import Callable, Iterator
from heapq import heapify, heappop, heappush

from planning.scheduling.board import Board
from planning.scheduling.bounds import heads, tails
from planning.scheduling.checking import check, settled
from planning.scheduling.families import as_it_is, best_family, put
from planning.scheduling.sweeping import Sweeps, in_turn, is_plain, latest_end
from planning.scheduling.values import Activity, Goal, Instance, Solution

Rank = Callable[[Activity], tuple[int, ...]]


def level(instance: Instance) -> Solution | None:
    """The greedy answer, or None if it got stuck."""
    solution = draft(instance)
    return None if check(instance, solution) else solution


def draft(instance: Instance) -> Solution:
    """The greedy answer; what did not fit anywhere stands where it is now, or as early as it may."""
    if instance.goal is Goal.LEAST_CHANGE:
        return _built(instance, _least_change_rank)
    if is_plain(instance) and (swept := _swept(instance)):
        return swept
    answers = (_built(instance, rank) for rank in _makespan_ranks(instance))
    return min(answers, key=lambda answer: (len(check(instance, answer)), answer.cost))


def _swept(instance: Instance) -> Solution | None:
    """By the same ranks but much faster, each pushed late and back again, which often makes it shorter."""
    first, rest = heads(instance), tails(instance)
    horizon = max((first[each] + rest[each] for each in first), default=0)
    while horizon < 2 * latest_end(instance):
        horizon = 2 * horizon + 1
        sweeps = Sweeps(instance, horizon)
        orders = [in_turn(sweeps, [rank(each) for each in instance.activities]) for rank in _makespan_ranks(instance)]
        found = [sweeps.justified(swept) for order in orders if (swept := sweeps.sweep(order))]
        if found:
            return sweeps.solution(min(found, key=lambda swept: swept.length))
    return None


def _least_change_rank(each: Activity) -> tuple[int, ...]:
    """What cannot change first, then by the start that it has now."""
    return (len(each.starts) * len(each.modes) > 1 or each.drop is not None, each.usual, each.id)


def _makespan_ranks(instance: Instance) -> tuple[Rank, ...]:
    first, rest = heads(instance), tails(instance)
    return (
        lambda each: (-rest[each.id], each.id),
        lambda each: (first[each.id], -rest[each.id], each.id),
    )


def _built(instance: Instance, rank: Rank) -> Solution:
    board = Board(instance)
    for activity in _by_rank(board, rank):
        put(board, best_family(board, activity) or as_it_is(board, activity))
    return settled(instance, board.starts, board.modes)


def _by_rank(board: Board, rank: Rank) -> Iterator[Activity]:
    """Those without parents, each after all that it follows, else by rank."""
    roots = [each for each in board.instance.activities if each.parent is None]
    waits = {each.id: sum(board.activities[it.before].parent is None for it in board.before[each.id]) for each in roots}
    ready = [(rank(each), each.id) for each in roots if not waits[each.id]]
    heapify(ready)
    while ready:
        activity = board.activities[heappop(ready)[1]]
        yield activity
        for it in board.after[activity.id]:
            if it.after in waits:
                waits[it.after] -= 1
                if not waits[it.after]:
                    heappush(ready, (rank(board.activities[it.after]), it.after))
