import pytest

from planning.overlaps.weights import ALERT
from tests.benchmarks.planted import STRUCTURE, TEXT, Planted, planted, together
from tests.benchmarks.truth import DUPLICATE, Ids, Truth
from tests.planning.portfolios import initiative, portfolio

PAIR = frozenset({"A", "B"})
SOURCES = {1: "A", 2: "B", 3: "C"}


def truth(duplicates: tuple[Ids, ...] = (PAIR,), near_misses: tuple[Ids, ...] = ()) -> Truth:
    return Truth({DUPLICATE: dict.fromkeys(duplicates, "")}, dict.fromkeys(near_misses, ""))


def test_counts_are_of_scores_from_the_alert_on() -> None:
    it = Planted([1.0, ALERT, 0.0], [ALERT, 0.0])

    assert (it.told, it.near_misses_told) == (2, 1)


def test_one_near_miss_in_ten_may_be_above_the_bar() -> None:
    it = Planted([0.95, 0.6, 0.4], [0.9, 0.5, *[0.1] * 8])

    assert it.bar == 0.5
    assert it.recall == pytest.approx(2 / 3)


def test_of_fewer_than_ten_near_misses_none_may_be() -> None:
    assert Planted([0.95, 0.6], [0.9, *[0.1] * 8]).recall == 0.5


def test_a_duplicate_as_high_as_the_near_miss_at_the_bar_is_not_found() -> None:
    assert Planted([0.5], [0.5]).recall == 0.0


def test_without_planted_duplicates_there_is_no_recall() -> None:
    assert Planted([], [0.5]).recall is None


def test_structure_speaks_for_a_pair_and_text_alone_does_not_hear_it() -> None:
    shared = portfolio(initiative(1, segments=(1,)), initiative(2, segments=(1,)))
    apart = portfolio(initiative(1, segments=(1,)), initiative(2, segments=(2,)))

    one, other = (planted(company, SOURCES, truth()) for company in (shared, apart))

    assert one[STRUCTURE].duplicates[0] > other[STRUCTURE].duplicates[0]
    assert one[TEXT].duplicates == other[TEXT].duplicates


def test_that_both_name_one_problem_does_not_count() -> None:
    named = portfolio(initiative(1, serves=1), initiative(2, serves=1))

    assert planted(named, SOURCES, truth()) == planted(portfolio(initiative(1), initiative(2)), SOURCES, truth())


def test_a_pair_of_which_one_is_not_live_scores_nothing() -> None:
    company = portfolio(initiative(1), initiative(2))

    found = planted(company, SOURCES, truth((), near_misses=(PAIR, frozenset({"A", "C"}))))

    assert found[STRUCTURE].near_misses[0] > 0
    assert found[STRUCTURE].near_misses[1] == 0


def test_companies_together_have_one_bar() -> None:
    one, other = (
        {known: Planted([high], [low]) for known in (TEXT, STRUCTURE)} for high, low in ((0.9, 0.1), (0.4, 0.6))
    )

    it = together([one, other])[TEXT]

    assert (it.duplicates, it.near_misses, it.bar, it.recall) == ((0.9, 0.4), (0.6, 0.1), 0.6, 0.5)
