from hypothesis import given
from hypothesis import strategies as st

from planning.findings.facts import AlikeTexts, SharedThings
from planning.overlaps.duplicates import duplicate_effort, least_cosine, probability
from planning.overlaps.finding import find_overlaps
from planning.overlaps.weights import ALERT, WEIGHTS, Evidence
from planning.portfolio.values import Portfolio
from tests.planning.portfolios import contact, initiative, portfolio

SAME = [[1.0, 0.0], [1.0, 0.02]]
share = st.floats(0, 1)
evidences = st.builds(Evidence, share, share, share, share, share, st.sampled_from([0.0, 1.0]))


def test_the_same_text_of_two_departments_is_duplicate_effort() -> None:
    pair = initiative(1, department=1), initiative(2, department=2)

    (found,) = duplicate_effort(portfolio(*pair, vectors=SAME))

    assert found.score >= ALERT
    assert isinstance(found.facts[0], AlikeTexts)
    assert SharedThings(what="stage", names=("Quote",)) in found.facts


def test_the_same_text_of_one_department_is_not() -> None:
    pair = initiative(1, department=1), initiative(2, department=1)

    assert not list(duplicate_effort(portfolio(*pair, vectors=SAME)))


def test_unlike_texts_that_name_the_same_customer_problem_are_found() -> None:
    pair = initiative(1, department=1, serves="Renewal shock"), initiative(2, department=2, serves="renewal shock")

    (found,) = duplicate_effort(portfolio(*pair, vectors=[[1.0, 0.0], [0.2, 1.0]]))

    assert found.facts[0].sentence == "Both serve the customer problem “Renewal shock”."


def test_unlike_texts_are_not_whatever_they_share() -> None:
    pair = initiative(1, department=1), initiative(2, department=2)

    assert not list(duplicate_effort(portfolio(*pair)))


@given(evidences, st.integers(0, 5), share)
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


@st.composite
def portfolios(draw: st.DrawFn) -> Portfolio:
    intents = st.sampled_from(["cancel", "win", "inform", "apologise", "renew"])
    vectors = st.lists(st.floats(0.1, 1), min_size=3, max_size=3)
    size = draw(st.integers(1, 7))
    initiatives = [
        initiative(
            id,
            department=draw(st.integers(1, 3)),
            stages=tuple(draw(st.sets(st.integers(1, 3)))),
            contacts=tuple(contact(intent) for intent in draw(st.lists(intents, max_size=2))),
        )
        for id in range(1, size + 1)
    ]
    return portfolio(*initiatives, vectors=[draw(vectors) for _ in initiatives])


@given(portfolios(), st.sets(st.integers(1, 7)))
def test_looking_at_some_finds_exactly_what_looking_at_all_finds_of_them(company: Portfolio, some: set[int]) -> None:
    everything = {found.key: found for found in find_overlaps(company)}

    found = {one.key: one for one in find_overlaps(company, some)}

    assert found == {key: one for key, one in everything.items() if some & set(one.initiatives())}
