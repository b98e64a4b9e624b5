"""Small schedules made up by chance, and every answer that they have."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from random import Random

from hypothesis import strategies as st

from planning.scheduling.checking import check, settled
from planning.scheduling.values import (
    Activity,
    Apart,
    Block,
    Clause,
    Goal,
    Instance,
    Mode,
    Precedence,
    Resource,
    Solution,
)

IDS = (1, 2, 3)
RESOURCES = (1, 2)
prices = st.integers(0, 9)
blocks = st.builds(Block, st.sampled_from(RESOURCES), st.integers(-1, 2), st.integers(0, 3), st.integers(0, 3))
modes = st.builds(Mode, st.lists(blocks, max_size=2).map(tuple), st.integers(0, 3), prices)


@st.composite
def activities(draw: st.DrawFn, id: int, goal: Goal) -> Activity:
    """An activity; for the makespan it cannot be left out."""
    return Activity(
        id,
        tuple(sorted(draw(st.sets(st.integers(-2, 4), min_size=1, max_size=4)))),
        tuple(draw(st.lists(modes, min_size=1, max_size=2))),
        usual=draw(st.integers(-2, 3)),
        price=draw(prices),
        touch=draw(prices),
        drop=draw(st.none() | prices) if goal is Goal.LEAST_CHANGE else None,
        group=draw(st.sampled_from((None, 1, 2))),
        parent=draw(st.sampled_from([None, *range(1, id)])),
    )


@st.composite
def instances(draw: st.DrawFn, goal: Goal = Goal.LEAST_CHANGE) -> Instance:
    """A schedule of three activities with some of everything."""
    pairs = st.sampled_from([*combinations(IDS, 2)])
    price = prices if goal is Goal.LEAST_CHANGE else st.none()
    aparts = [
        Apart(*draw(pairs), low, low + draw(st.integers(0, 2)), draw(st.none() | price))
        for low in draw(st.lists(st.integers(-3, 2), max_size=2))
    ]
    few = st.frozensets(st.sampled_from(IDS), max_size=2)
    clauses = [draw(st.builds(Clause, few, few)) for _ in range(draw(st.integers(0, 2)))]
    return Instance(
        tuple(draw(activities(id, goal)) for id in IDS),
        tuple(draw(resources(id, price)) for id in RESOURCES),
        tuple(Precedence(*pair, draw(st.integers(-1, 1))) for pair in draw(st.lists(pairs, max_size=2))),
        tuple(aparts),
        tuple(clause for clause in clauses if clause.present | clause.absent),
        draw(st.fixed_dictionaries({}, optional={1: prices, 2: prices})),
        tuple(
            draw(st.lists(st.frozensets(st.tuples(st.sampled_from(IDS), st.integers(-2, 4)), min_size=1), max_size=1))
        ),
        goal,
    )


@st.composite
def resources(draw: st.DrawFn, id: int, price: st.SearchStrategy[int | None]) -> Resource:
    """A resource with some units in some periods."""
    capacity = tuple(draw(st.lists(st.integers(0, 6), max_size=4)))
    return Resource(id, capacity, draw(st.integers(0, 4)), draw(st.none() | price), draw(st.integers(-1, 2)))


def answers(instance: Instance) -> Iterator[Solution]:
    """Every schedule that breaks no constraint."""
    ways = [_ways(activity) for activity in instance.activities]
    for chosen in product(*ways):
        taken = {activity.id: way for activity, way in zip(instance.activities, chosen, strict=True) if way}
        starts = _starts(instance, taken)
        if starts is not None:
            solution = settled(instance, starts, {each: mode for each, (_, mode) in taken.items()}, -100)
            if not check(instance, solution):
                yield solution


def _ways(activity: Activity) -> list[tuple[int, int] | None]:
    placed = [*product(activity.starts, range(len(activity.modes)))]
    return [*placed, None]


def _starts(instance: Instance, taken: Mapping[int, tuple[int, int]]) -> dict[int, int] | None:
    """When they start, or None if a child is there without its parent."""
    starts: dict[int, int] = {}
    for activity in instance.activities:
        if activity.id in taken:
            if activity.parent is not None and activity.parent not in starts:
                return None
            base = 0 if activity.parent is None else starts[activity.parent]
            starts[activity.id] = base + taken[activity.id][0]
    return starts


def crowd(size: int) -> Instance:
    """So many activities that all want the same few weeks of two people: hard to prove, easy to improve."""
    random = Random(size)
    activities = tuple(
        Activity(
            each,
            range(size),
            (Mode((Block(1, 0, random.randint(1, 4), random.randint(1, 5)), Block(2, 1, 2, random.randint(0, 3)))),),
            usual=random.randrange(size // 3 + 1),
            price=random.randint(1, 9),
            touch=random.randint(0, 20),
        )
        for each in range(1, size + 1)
    )
    return Instance(activities, (Resource(1, beyond=7, price=60), Resource(2, beyond=4)))


@st.composite
def plain_instances(draw: st.DrawFn) -> Instance:
    """A few activities that follow one another on two steady resources, some released later; every one can be done."""
    size = draw(st.integers(1, 5))
    lengths = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    releases = draw(st.lists(st.integers(0, 4), min_size=size, max_size=size))
    units = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=size, max_size=size))
    ways = [
        Mode(tuple(Block(number, 0, length, some) for number, some in enumerate(each)), length)
        for length, each in zip(lengths, units, strict=True)
    ]
    pairs = [*combinations(range(size), 2)]
    arcs = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)) if pairs else []
    return Instance(
        tuple(Activity(each, range(releases[each], 20), (ways[each],)) for each in range(size)),
        (Resource(0, beyond=3), Resource(1, beyond=2)),
        tuple(Precedence(*arc) for arc in arcs),
        goal=Goal.MAKESPAN,
    )


def shop(size: int) -> Instance:
    """So many activities of several lengths that queue for the same few people: a rule alone makes it too long."""
    random = Random(size)
    activities = tuple(
        Activity(each, range(10 * size), (Mode((Block(0, 0, long, random.randint(1, 5)),), long),))
        for each, long in enumerate(random.randint(1, 10) for _ in range(size))
    )
    after = [Precedence(random.randrange(max(0, each - 8), each), each) for each in range(1, size)]
    return Instance(activities, (Resource(0, beyond=7),), tuple(after), goal=Goal.MAKESPAN)
