"""Random histories of a small company, in which everything collides."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from planning.findings.values import Choice
from planning.initiatives.values import Contact, Draft, Effect, Intent, Request, Status
from planning.metrics.values import Direction
from planning.problems.values import Part
from planning.window import Window
from tests.planning.findings.lives import (
    Step,
    amending,
    deciding,
    leaving,
    moving,
    registering,
    scoring,
    sleeping,
    undoing,
)

MONDAYS = tuple(date(2027, 3, day) for day in (1, 8, 15))


def fortnight_or_less(start: date, days: int) -> Window:
    """So many days from a day on."""
    return Window(start, start + timedelta(days=days - 1))


windows = st.builds(fortnight_or_less, st.sampled_from(MONDAYS), st.sampled_from((5, 14)))
contacts = st.builds(
    Contact, st.integers(1, 3), st.just(1), st.sampled_from((Intent.CANCEL, Intent.WIN, Intent.INFORM)), windows
)
requests = st.builds(Request, st.integers(1, 2), st.sampled_from((1.0, 2.3, 4.0)), windows)
effects = st.builds(Effect, st.integers(1, 2), st.sampled_from(Direction))
some_ids = st.sampled_from(((1,), (1,), (1, 2), (3,), ()))


def few(one: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """None, one or two."""
    return st.lists(one, max_size=2, unique=True).map(tuple)


drafts = st.builds(
    Draft,
    st.sampled_from(("Letters", "Calls")),
    st.just("Customers call twice."),
    st.sampled_from((1, 2, 3)),
    owner=st.sampled_from((None, 1)),
    status=st.sampled_from((*[Status.PLANNED] * 4, Status.IDEA, Status.DONE)),
    starts_on=st.sampled_from((None, MONDAYS[0], MONDAYS[1])),
    ends_on=st.sampled_from((None, date(2027, 3, 30))),
    stages=some_ids,
    segments=some_ids,
    touchpoints=st.sampled_from(((), (1,))),
    contacts=few(contacts),
    effects=st.lists(effects, max_size=2, unique_by=lambda effect: effect.metric).map(tuple),
    requests=few(requests),
    serves=st.sampled_from((None, 1, 1, 2)),
    supplies=st.sampled_from(((), (Part.PROCESS,), (Part.MESSAGE,))),
)
seeds, places = st.integers(1, 2), st.integers(0, 9)


registrations = st.builds(registering, drafts, seeds, st.none() | st.sampled_from(Choice), places)
steps = st.one_of(
    registrations,
    st.builds(amending, places, drafts, seeds),
    st.builds(moving, places, st.sampled_from(Status)),
    st.builds(leaving, places),
    st.builds(deciding, places, st.sampled_from(Choice)),
    st.builds(deciding, places, st.just(Choice.DIFFERENT)),
    st.builds(undoing, places),
    st.builds(sleeping, st.sampled_from((1, 9))),
    st.builds(scoring, st.integers(1, 3), st.sampled_from(((5.0,), (5.0, 6.0)))),
)


@st.composite
def disputes(draw: st.DrawFn) -> list[Step]:
    """Few initiatives that change to and fro between few drafts, while people say that they are different."""
    few_drafts = st.sampled_from(draw(st.lists(drafts, min_size=3, max_size=4)))
    first = st.builds(registering, few_drafts, st.just(1), st.none(), places)
    changing = (st.builds(amending, places, few_drafts, st.just(1)), st.builds(moving, places, st.sampled_from(Status)))
    dismissing = st.builds(deciding, places, st.just(Choice.DIFFERENT))
    saying = (dismissing, dismissing, st.builds(deciding, places, st.sampled_from(Choice)), st.builds(undoing, places))
    then = draw(st.lists(st.one_of(*changing, *saying), min_size=6, max_size=12))
    return [*draw(st.lists(first, min_size=3, max_size=4)), *then]


histories = st.builds(
    lambda first, then: [*first, *then],
    st.lists(registrations, min_size=3, max_size=4),
    st.lists(steps, min_size=3, max_size=9),
)
