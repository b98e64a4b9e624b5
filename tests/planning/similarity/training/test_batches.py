from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.similarity.training.batches import FAMILIES, INITIATIVES, UNLIKE, family_batches, judged_batches
from planning.similarity.training.texts import Judged
from tests.planning.similarity.training.given import family, judged, known

ORGANISATIONS = [[family(f"{place}-{number}") for number in range(size)] for place, size in enumerate([9, 3, 20])]


def random(seed: int = 7) -> np.random.Generator:
    return np.random.default_rng(seed)


def titles(batches: Sequence[Judged]) -> list[list[str]]:
    return [[told.title for told in batch.told] for batch in batches]


def organisation(title: str) -> str:
    return title.split("-")[0]


def test_every_family_is_in_a_batch_once() -> None:
    count = Counter(title for batch in titles(family_batches(ORGANISATIONS, random())) for title in batch)

    expected = [told.title for families in ORGANISATIONS for one in families for told in one.told]
    assert count == Counter(expected)


def test_families_of_one_organisation_are_together() -> None:
    batches = titles(family_batches(ORGANISATIONS, random()))

    together = [sum(organisation(title) == "1" for title in batch) for batch in batches]
    assert sorted(together) == [*[0] * (len(batches) - 1), 3 * 3]


def test_a_batch_holds_families_of_at_most_two_organisations_and_at_most_so_many_of_each() -> None:
    batches = titles(family_batches([[family(f"{place}-0")] * FAMILIES for place in range(5)], random()))

    assert [len({organisation(title) for title in batch}) for batch in batches] == [2, 2, 1]
    assert max(map(len, batches)) == 2 * FAMILIES * 3


def test_an_organisation_meets_another_one_each_time() -> None:
    drawn = random()

    epochs = [titles(family_batches([[family(f"{place}-0")] for place in range(6)], drawn)) for _ in range(9)]

    met = {frozenset(map(organisation, batch)) for batches in epochs for batch in batches if "0-0 0" in batch}
    assert len(met) > 3


def test_a_family_keeps_its_grades_in_a_batch() -> None:
    grades = known(family_batches(ORGANISATIONS, random()))

    assert grades.items() >= known([one for families in ORGANISATIONS for one in families]).items()


def test_two_of_different_families_are_unlike() -> None:
    [batch] = family_batches([[judged({}, 2, "0-0"), judged({}, 2, "0-1")]], random())

    assert list(known([batch]).values()) == [UNLIKE] * 4


def test_a_set_of_no_families_makes_no_batch() -> None:
    assert family_batches([[]], random()) == []


def pairs(count: int, size: int, seed: int) -> dict[tuple[int, int], float]:
    """So many pairs with a grade each, or as many as there are."""
    every = np.argwhere(np.triu(np.ones((size, size)), 1))
    return {(first, second): (first + second) % 4 for first, second in random(seed).permutation(every)[:count].tolist()}


@settings(max_examples=30, deadline=None)
@given(count=st.integers(0, 300), size=st.integers(2, 3 * INITIATIVES), seed=st.integers(0, 9))
def test_every_judged_pair_is_in_some_batch_with_its_grade(count: int, size: int, seed: int) -> None:
    judgements = judged(pairs(count, size, seed), size)

    assert known(judged_batches([judgements], random(seed))) == known([judgements])


@settings(max_examples=30, deadline=None)
@given(count=st.integers(0, 300), size=st.integers(2, 3 * INITIATIVES), seed=st.integers(0, 9))
def test_a_batch_is_as_large_as_it_may_be(count: int, size: int, seed: int) -> None:
    batches = judged_batches([judged(pairs(count, size, seed), size)], random(seed))

    assert {len(batch.told) for batch in batches} <= {min(size, INITIATIVES)}


def test_an_initiative_is_in_a_batch_once() -> None:
    batches = titles(judged_batches([judged(pairs(200, 100, 7), 100)], random()))

    assert all(len(set(batch)) == len(batch) for batch in batches)


def test_a_batch_is_of_one_portfolio() -> None:
    sets = [judged(pairs(100, 60, 7), 60, name) for name in ("first", "second")]

    assert all(len({title.split()[0] for title in batch}) == 1 for batch in titles(judged_batches(sets, random())))


def test_neighbours_come_together_so_that_few_batches_hold_all_pairs() -> None:
    clusters = {(4 * place + row, 4 * place + row + 1): 3.0 for place in range(50) for row in range(3)}

    batches = judged_batches([judged(clusters, 200)], random())

    assert len(batches) == 200 // INITIATIVES
    assert sum(len(batch.pairs) for batch in batches) == len(clusters)


def test_a_batch_takes_the_initiatives_that_bring_most_new_pairs() -> None:
    size = 2 * INITIATIVES
    every = judged(pairs(size * size, size, 7), size)

    counts = [len(judged_batches([every], random(seed))) for seed in range(5)]

    assert max(counts) <= 8


def test_a_batch_is_filled_with_initiatives_whose_pairs_were_judged() -> None:
    path = {(row, row + 1): 3.0 for row in range(INITIATIVES)}

    batches = judged_batches([judged(path, 3 * INITIATIVES)], random())

    assert [len(batch.pairs) for batch in batches] == [INITIATIVES - 1] * 2


@pytest.mark.parametrize(("seed", "same"), [(7, True), (8, False)], ids=["same seed", "another seed"])
def test_the_seed_decides_the_batches(seed: int, same: bool) -> None:
    sets = [judged(pairs(200, 100, 7), 100)]

    def made(seed: int) -> list[list[str]]:
        return titles([*family_batches(ORGANISATIONS, random(seed)), *judged_batches(sets, random(seed))])

    assert (made(7) == made(seed)) is same
