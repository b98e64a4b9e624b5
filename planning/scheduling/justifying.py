"""A schedule is pushed as late as it goes and back again, which often makes it shorter (Valls and others 2005)."""

from collections.abc import Iterable, Iterator

from planning.scheduling.board import Board, Place
from planning.scheduling.checking import end, makespan, settled
from planning.scheduling.values import Activity, Instance, Solution

TURNS = 4


def justified(instance: Instance, solution: Solution) -> Solution:
    """The schedule itself or a shorter one; children move only with their parents, so where there are any it stays."""
    if len(solution.starts) < len(instance.activities) or any(each.parent is not None for each in instance.activities):
        return solution
    for _ in range(TURNS):
        board = _on_a_board(instance, solution)
        _push_late(board, solution)
        _push_early(board)
        shorter = settled(instance, board.starts, board.modes)
        if shorter.cost >= solution.cost:
            return solution
        solution = shorter
    return solution


def _on_a_board(instance: Instance, solution: Solution) -> Board:
    board = Board(instance)
    for each in instance.activities:
        board.put(each, Place(0, solution.starts[each.id], solution.modes[each.id]))
    return board


def _push_late(board: Board, solution: Solution) -> None:
    last = makespan(board.instance, solution)
    for activity in sorted(board.instance.activities, key=lambda each: (-end(each, solution), -each.id)):
        place = board.lift(activity)
        length = activity.modes[place.mode].length
        ends = (board.starts[it.after] - it.lag for it in board.after[activity.id])
        latest = min([last, *ends]) - length
        later = range(latest, place.start, -1)
        _move(board, activity, place, (start for start in later if start in activity.starts))


def _push_early(board: Board) -> None:
    for activity in sorted(board.instance.activities, key=lambda each: (board.starts[each.id], each.id)):
        place = board.lift(activity)
        ready = max((board.end(it.before) + it.lag for it in board.before[activity.id]), default=activity.starts[0])
        earlier = range(ready, place.start)
        _move(board, activity, place, (start for start in earlier if start in activity.starts))


def _move(board: Board, activity: Activity, place: Place, starts: Iterable[int]) -> None:
    """To the first of these starts that breaks nothing, or back."""
    better = (Place(0, start, place.mode) for start in starts)
    fits: Iterator[Place] = (each for each in better if board.cost(activity, each) is not None)
    board.put(activity, next(fits, place))
