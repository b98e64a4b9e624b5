from collections.abc import Collection
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.findings.facts import AlikeTexts, SharedThings
from planning.findings.values import Rule
from planning.initiatives.values import Effect
from planning.metrics.values import Direction, Metric
from planning.overlaps import pairing
from planning.overlaps.duplicates import duplicate_effort, near_duplicates
from planning.overlaps.evidence import evidence_of, least_cosine, probability
from planning.overlaps.weights import ALERT, SHOWN, WEIGHTS, Evidence
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from planning.problems.values import Problem
from tests.planning.portfolios import initiative, portfolio
from tests.planning.random_portfolios import portfolios

SAME = [[1.0, 0.0], [1.0, 0.02]]
UNLIKE = [[1.0, 0.0], [0.2, 1.0]]
SHOCK = Problem(1, "Renewal shock")
share = st.floats(0, 1)
evidences = st.builds(Evidence, share, share, share, share, share, share, st.sampled_from([0.0, 1.0]))


def duplicates(company: Portfolio, changed: Collection[int] | None = None) -> set[tuple[int, int] | None]:
    whole = Scope.everything(company)
    scope = whole if changed is None else Scope(frozenset(changed))
    return {found.pair for found in duplicate_effort(company, scope)}


def test_the_same_text_of_two_departments_is_duplicate_effort() -> None:
    company = portfolio(initiative(1, department=1), initiative(2, department=2), vectors=SAME)

    (found,) = duplicate_effort(company, Scope.everything(company))

    assert found.score >= ALERT
    assert isinstance(found.facts[0], AlikeTexts)
    assert SharedThings(what="stage", names=("Quote",)) in found.facts


def test_what_adds_most_to_the_probability_is_told_first() -> None:
    vectors = [[1, 0], [0.5, 0.75**0.5]]
    company = portfolio(initiative(1, department=1), initiative(2, department=2), vectors=vectors)

    (found,) = near_duplicates(company, {2}, SHOWN)

    assert [type(fact) for fact in found.facts[:2]] == [SharedThings, AlikeTexts]


def test_the_same_text_of_one_department_is_not() -> None:
    assert not duplicates(portfolio(initiative(1), initiative(2), vectors=SAME))


def test_the_same_text_of_one_department_is_offered_to_whom_registers_it_again() -> None:
    company = portfolio(initiative(1), initiative(2), initiative(3, department=2), vectors=[*SAME, [1.0, 0.01]])

    offered = near_duplicates(company, {2}, SHOWN, same_department=True)

    assert [found.pair for found in offered] == [(1, 2)]


def test_unlike_texts_that_name_the_same_customer_problem_are_shown_before_saving() -> None:
    pair = initiative(1, department=1, serves=1), initiative(2, department=2, serves=1)

    (found,) = near_duplicates(portfolio(*pair, vectors=UNLIKE, problems=(SHOCK,)), {2}, SHOWN)

    assert found.facts[0].sentence == "Both serve the customer problem “Renewal shock”."


def test_unlike_texts_that_name_the_same_customer_problem_are_no_duplicate_effort() -> None:
    pair = initiative(1, department=1, serves=1), initiative(2, department=2, serves=1)

    assert not duplicates(portfolio(*pair, vectors=UNLIKE, problems=(SHOCK,)))


def test_unlike_texts_are_not_whatever_they_share() -> None:
    assert not duplicates(portfolio(initiative(1, department=1), initiative(2, department=2)))


def test_a_pair_that_moves_the_same_metric_is_told_so() -> None:
    effects = (Effect(1, Direction.UP),)
    pair = initiative(1, department=1, effects=effects), initiative(2, department=2, effects=effects)
    company = portfolio(*pair, vectors=SAME, metrics=(Metric(1, "Renewal rate"),))

    (found,) = duplicate_effort(company, Scope.everything(company))

    assert "Both are meant to move “Renewal rate”." in [fact.sentence for fact in found.facts]


def test_the_threshold_of_the_workspace_decides() -> None:
    pair = initiative(1, department=1), initiative(2, department=2)

    assert not duplicates(portfolio(*pair, vectors=SAME, least={Rule.DUPLICATE_EFFORT: 0.999999}))


def test_a_pair_that_a_registrant_wants_coordinated_needs_less_evidence() -> None:
    pair = initiative(1, department=1, stages=()), initiative(2, department=2, stages=())
    vectors = [[1.0, 0.0], [0.5, 0.87]]
    strict = {Rule.DUPLICATE_EFFORT: 0.999999}

    assert not duplicates(portfolio(*pair, vectors=vectors, least=strict))
    assert duplicates(portfolio(*pair, vectors=vectors, least=strict, confirmed=frozenset({(1, 2)}))) == {(1, 2)}


@given(evidences, st.integers(0, 6), share)
def test_more_evidence_never_lowers_the_probability(evidence: Evidence, place: int, more: float) -> None:
    values = list(evidence)
    values[place] = max(values[place], more)

    assert probability(Evidence(*values)) >= probability(evidence)


@given(evidences)
def test_nothing_below_the_least_cosine_reaches_the_threshold(evidence: Evidence) -> None:
    bar = least_cosine(ALERT, same_problem=evidence.problem > 0)
    low = evidence._replace(cosine=min(evidence.cosine, bar - 1e-6))

    assert probability(low) < ALERT


def test_no_weight_is_negative() -> None:
    assert min(WEIGHTS) >= 0


@settings(deadline=None)
@given(portfolios(), st.floats(0.01, 0.99), st.booleans(), st.sets(st.integers(1, 12)))
def test_near_duplicates_are_those_that_comparing_each_with_each_finds_the_most_probable_first(
    company: Portfolio, least: float, own: bool, some: set[int]
) -> None:
    holdings = company.holdings
    expected = []
    for (row, one), (column, other) in combinations(enumerate(company.initiatives), 2):
        cosine = float(holdings.cosines(slice(row, row + 1), slice(column, column + 1))[0, 0])
        same = one.draft.department == other.draft.department
        score = probability(evidence_of(one, other, cosine))
        if some & {one.id, other.id} and same is own and score >= least:
            expected.append((-score, (one.id, other.id)))

    found = [(-one.score, one.pair) for one in near_duplicates(company, some, least, same_department=own)]

    assert found == sorted(expected)


@given(portfolios(), st.sets(st.integers(1, 12)))
def test_looking_at_some_finds_exactly_what_looking_at_all_finds_of_them(company: Portfolio, some: set[int]) -> None:
    everything = duplicate_effort(company, Scope.everything(company))
    scope = Scope.around([one for one in company.initiatives if one.id in some], company)

    found = {one.key: one for one in duplicate_effort(company, scope)}

    assert found == {one.key: one for one in everything if scope.covers(one)}


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (3, 7)], ids=["one by one", "small", "odd"])
@given(company=portfolios())
def test_the_size_of_the_tiles_changes_nothing(size: tuple[int, int], company: Portfolio) -> None:
    expected = list(near_duplicates(company, None, SHOWN))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairing, "HEIGHT", size[0])
        patch.setattr(pairing, "TILE", size[0] * size[1])
        found = list(near_duplicates(company, None, SHOWN))

    assert found == expected
