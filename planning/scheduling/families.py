"""Where an activity goes together with its children: wherever that costs least beside what is placed."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge

from planning.scheduling.board import Board, Place
from planning.scheduling.values import Activity, Goal

Choice = tuple[Activity, Place | None]


@dataclass(frozen=True, slots=True)
class Family:
    """Where an activity and its children go, and what that costs."""

    cost: int
    choices: tuple[Choice, ...]


def best_family(board: Board, activity: Activity) -> Family | None:
    """The cheapest places of an activity and of its children, one after the other; the first of equals."""
    out = board.cost_out(activity)
    best = None if out is None else Family(out, ((activity, None),))
    for place in places(board, activity):
        if best and place.price >= best.cost:
            break
        price = board.cost(activity, place)
        if price is not None and (best is None or price < best.cost):
            found = _with_children(board, activity, place, price)
            best = found if found and (best is None or found.cost < best.cost) else best
    return best


def _with_children(board: Board, activity: Activity, place: Place, price: int) -> Family | None:
    choices: list[Choice] = [(activity, place)]
    board.put(activity, place)
    for child in board.children[activity.id]:
        found = best_family(board, child)
        if found is None:
            break
        put(board, found)
        choices += found.choices
        price += found.cost
    else:
        lift(board, choices)
        return Family(price, tuple(choices))
    lift(board, choices)
    return None


def put(board: Board, family: Family) -> None:
    """Place them all."""
    for activity, place in family.choices:
        if place is None:
            board.leave(activity)
        else:
            board.put(activity, place)


def lift(board: Board, choices: Sequence[Choice]) -> None:
    """Take them all from their places."""
    for activity, place in reversed(choices):
        if place is None:
            board.rejoin(activity)
        else:
            board.lift(activity)


def as_it_is(board: Board, activity: Activity) -> Family:
    """Where it is now, whatever that breaks: a hint is better than none."""
    choices: list[Choice] = []
    starts: dict[int, int] = {}
    for each in descent(board, activity):
        start = each.usual + (0 if each.parent is None else starts[each.parent])
        starts[each.id] = start
        choices.append((each, Place(0, start, 0)))
    return Family(0, tuple(choices))


def descent(board: Board, activity: Activity) -> Iterator[Activity]:
    """An activity, its children and theirs."""
    yield activity
    for child in board.children[activity.id]:
        yield from descent(board, child)


def places(board: Board, activity: Activity) -> Iterable[Place]:
    """Where it may go, the cheapest first: the least change, or the earliest end."""
    base = 0 if activity.parent is None else board.starts[activity.parent]
    if board.instance.goal is Goal.LEAST_CHANGE:
        return sorted(_changes(activity, base), key=lambda place: (place.price, place.start, place.mode))
    ready = max(
        (board.end(it.before) + it.lag for it in board.before[activity.id] if it.before in board.starts), default=base
    )
    return merge(
        *(_ends(activity, mode, base, ready) for mode in range(len(activity.modes))), key=lambda place: place.price
    )


def own_price(activity: Activity, own_start: int, mode: int) -> int:
    """What a start and a mode cost, whatever else is placed."""
    change = activity.touch if own_start != activity.usual or mode else 0
    return activity.modes[mode].price + change + activity.price * abs(own_start - activity.usual)


def _changes(activity: Activity, base: int) -> Iterator[Place]:
    for start in activity.starts:
        for mode in range(len(activity.modes)):
            yield Place(own_price(activity, start, mode), base + start, mode)


def _ends(activity: Activity, mode: int, base: int, ready: int) -> Iterator[Place]:
    length = activity.modes[mode].length
    for start in activity.starts[bisect_left(activity.starts, ready - base) :]:
        yield Place(base + start + length, base + start, mode)
