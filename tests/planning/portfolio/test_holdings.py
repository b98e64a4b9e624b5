from collections.abc import Sequence
from random import Random
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.initiatives.values import Initiative
from planning.portfolio import layers
from planning.portfolio.columns import Table
from planning.portfolio.holdings import Holdings
from planning.similarity import Floats, settled
from tests.planning.portfolios import initiative
from tests.planning.random_portfolios import DIMENSION, any_initiative, any_vector, randoms

ENCODER = "test-encoder"
EVERY = slice(None)
VERSIONS = ((ENCODER,), (ENCODER, "newer"), ("newer",), ())


class Change(NamedTuple):
    """What comes in, each with its vector, and the ids of what goes."""

    news: list[tuple[Initiative, dict[str, Floats]]]
    gone: set[int]


def any_change(random: Random) -> Change:
    news = [
        (any_initiative(id, random), {name: any_vector(random) for name in random.choice(VERSIONS)})
        for id in random.sample(range(1, 10), random.randint(0, 3))
    ]
    return Change(news, set(random.sample(range(1, 10), random.randint(0, 2))))


def any_history(random: Random) -> list[Change]:
    return [any_change(random) for _ in range(random.randint(0, 6))]


histories = randoms.map(any_history)


def anew(known: dict[int, tuple[Initiative, dict[str, Floats]]], version: str = ENCODER) -> Holdings:
    """The holdings from nothing, as one encoder read them."""
    blank = np.zeros(DIMENSION, np.float32)
    rows = [each.get(version, blank) for _, each in known.values()]
    matrix = np.stack(rows) if rows else np.zeros((0, DIMENSION), np.float32)
    return Holdings.of([one for one, _ in known.values()], matrix, version)


def after(history: Sequence[Change]) -> tuple[Holdings, dict[int, tuple[Initiative, dict[str, Floats]]]]:
    """The holdings kept up step by step, and what should be in them."""
    known: dict[int, tuple[Initiative, dict[str, Floats]]] = {}
    holdings = anew(known)
    for change in history:
        holdings = holdings.changed(change.news, change.gone)
        known = {id: one for id, one in known.items() if id not in change.gone}
        known |= {one.id: (one, each) for one, each in change.news}
    return holdings, known


def told(table: Table) -> list[tuple[object, ...]]:
    """The rows of a table in any order."""
    return sorted(zip(*(column.tolist() for column in vars(table).values()), strict=True))


@given(histories)
def test_any_history_of_changes_gives_the_same_columns_as_from_nothing(history: list[Change]) -> None:
    holdings, known = after(history)
    fresh = anew(known)

    assert holdings.initiatives == fresh.initiatives
    assert holdings.ids.tolist() == fresh.ids.tolist()
    assert all(told(table) == told(getattr(fresh.columns, name)) for name, table in vars(holdings.columns).items())


@given(histories, st.booleans())
def test_any_history_of_changes_gives_the_same_cosines_as_from_nothing(history: list[Change], whole: bool) -> None:
    holdings, known = after(history)
    expected = np.maximum(anew(known).cosines(EVERY), anew(known, "newer").cosines(EVERY))

    found = (holdings.consolidated() if whole else holdings).cosines(EVERY)

    assert np.maximum(found, 0).tolist() == np.maximum(expected, 0).tolist()


@given(histories, randoms)
def test_cosines_of_some_are_those_of_all(history: list[Change], random: Random) -> None:
    holdings, known = after(history)
    rows, others = (np.array(random.choices(range(len(known)), k=3 if known else 0), np.intp) for _ in range(2))

    assert holdings.cosines(rows, others).tolist() == holdings.cosines(EVERY)[rows][:, others].tolist()


def test_many_changes_of_one_initiative_leave_no_heap_of_old_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "UNUSED", 4)
    rng = np.random.default_rng(3)
    holdings = Holdings.of([], np.zeros((0, DIMENSION), np.float32), ENCODER)

    for _ in range(50):
        vector = settled(rng.normal(size=DIMENSION).astype(np.float32))
        holdings = holdings.changed([(initiative(1), {ENCODER: vector})])

    ((_, layer),) = holdings.layers
    assert sum(map(len, layer.pieces)) <= 6


def test_an_initiative_is_found_by_its_id_and_another_is_not() -> None:
    holdings = Holdings.of([initiative(5), initiative(2)], np.eye(2, dtype=np.float32), ENCODER)

    assert holdings.by_id(5) == initiative(5)
    assert holdings.by_id(3) is None
    assert holdings.rows({5, 3, 2}).tolist() == [0, 1]


def test_a_change_leaves_the_holdings_that_it_came_from_as_they_were() -> None:
    holdings = Holdings.of([initiative(1)], np.eye(1, dtype=np.float32), ENCODER)

    holdings.changed([(initiative(2), {})], gone={1})

    assert holdings.initiatives == (initiative(1),)
