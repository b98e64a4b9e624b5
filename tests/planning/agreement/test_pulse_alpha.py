"""The alpha of a pulse: equal to worked examples that were published, and to the formula written out again."""

from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from planning.agreement.answers import TaggedInitiatives
from planning.agreement.pulse_alpha import Tags, alpha, confused, index_of, pulse_result
from planning.agreement.results import Confusion
from planning.agreement.values import Invitation
from tests.asked import invitation

STAGES = {1: "Find", 2: "Buy", 3: "Use"}
BINARY = ["0100000010", "1110010000"]
NOMINAL = ["aabbdcccedda", "babbbccceddd"]
MISSING = ["123321412   ", "1233224125 3", " 3332342251 ", "12332441251 "]
THREE = ["     34121133 3", "1 213343       ", "  21344 21133 4"]


def people(rows: Sequence[str]) -> list[Tags]:
    """One row for each observer, one letter for each unit; a blank is a missing answer."""
    return [{unit: ord(value) for unit, value in enumerate(row) if value != " "} for row in rows]


def by_hand(told: Sequence[Tags]) -> float:
    """Krippendorff (2011), step by step: coincidences of the ordered pairs in each unit, then 1 − Dₒ / Dₑ."""
    units = [[tags[unit] for tags in told if unit in tags] for unit in {unit for tags in told for unit in tags}]
    pairs = [(pair, 1 / (len(unit) - 1)) for unit in units if len(unit) > 1 for pair in permutations(unit, 2)]
    counts = {value: sum(weight for (first, _), weight in pairs if first == value) for (value, _), _ in pairs}
    total = sum(counts.values())
    observed = sum(weight for (first, second), weight in pairs if first != second) / total
    expected = sum(one * other for one, other in permutations(counts.values(), 2)) / (total * (total - 1))
    return 1 - observed / expected


@pytest.mark.parametrize(
    ("rows", "published"),
    [(BINARY, 0.095), (NOMINAL, 0.692), (MISSING, 0.743), (THREE, 0.691)],
    ids=[
        "Krippendorff 2011, A: binary, two observers",
        "Krippendorff 2011, B: nominal, two observers",
        "Krippendorff 2011, C: nominal, four observers, missing data",
        "the article “Krippendorff's alpha” of Wikipedia: three coders, missing data",
    ],
)
def test_alpha_is_that_of_the_published_examples(rows: Sequence[str], published: float) -> None:
    found = alpha(people(rows))

    assert found == pytest.approx(published, abs=0.0005)
    assert found == pytest.approx(by_hand(people(rows)))


@given(some.lists(some.dictionaries(some.integers(1, 3), some.integers(1, 4)), min_size=2, max_size=8))
def test_alpha_is_its_formula(told: list[dict[int, int]]) -> None:
    found = alpha(told)

    assert found is None or found == 1 or found == pytest.approx(by_hand(told))


def test_two_who_say_the_same_of_everything_agree() -> None:
    assert alpha([{1: 1, 2: 2}, {1: 1, 2: 2}]) == 1


def test_two_who_put_all_on_one_stage_agree_though_nothing_varies() -> None:
    assert alpha([{1: 1, 2: 1}, {1: 1, 2: 1}]) == 1


def test_without_two_answers_on_one_initiative_nothing_can_be_told() -> None:
    assert alpha([{1: 1}, {2: 1}]) is None
    assert index_of([{1: 1}, {2: 1}]) is None
    assert alpha([]) is None


def test_other_names_for_the_stages_change_nothing() -> None:
    told = people(MISSING)
    renamed = [{unit: -value for unit, value in tags.items()} for tags in told]

    assert alpha(renamed) == pytest.approx(alpha(told))


def test_answers_by_chance_agree_as_by_chance() -> None:
    random = np.random.default_rng(4)
    rounds = [[dict(enumerate(random.integers(1, 5, 3).tolist())) for _ in range(9)] for _ in range(300)]

    assert np.mean([alpha(told) for told in rounds]) == pytest.approx(0, abs=0.05)


def test_the_interval_holds_the_alpha_and_counts_the_people() -> None:
    found = index_of(people(MISSING))

    assert found is not None
    assert found.low < found.value < found.high <= 1
    assert found.people == 4


def test_the_two_stages_that_most_took_for_each_other_are_told() -> None:
    """Of initiative 1 there are six pairs of answers, four of them Buy and Use; of initiative 2 one pair."""
    told = [{1: 2}, {1: 2}, {1: 3, 2: 1}, {1: 3, 2: 2}]

    assert confused(told, STAGES) == Confusion(first="Buy", second="Use", pairs=4, of=7)


def test_nobody_who_agrees_confuses_stages() -> None:
    assert confused([{1: 2}, {1: 2}, {1: 2}], STAGES) is None


def test_a_pulse_leaves_out_stages_that_are_gone_and_counts_who_answered() -> None:
    tags = [((7, 1), (8, 2)), ((7, 1), (8, 2)), ((7, 1), (8, 99)), None]

    found = pulse_result([_asked(place, each) for place, each in enumerate(tags, 1)], {7: "CX-7", 8: "CX-8"}, STAGES)

    assert (found.asked, found.answered, found.initiatives) == (4, 3, ("CX-7", "CX-8"))
    assert found.alpha is not None
    assert found.alpha.value == 1


def test_of_two_people_a_pulse_tells_nothing() -> None:
    found = pulse_result([_asked(1, ((7, 1),)), _asked(2, ((7, 2),))], {7: "CX-7"}, STAGES)

    assert (found.answered, found.alpha, found.confused) == (2, None, None)


def _asked(id: int, tags: tuple[tuple[int, int], ...] | None) -> Invitation:
    answer = TaggedInitiatives(tags=tags) if tags else None
    return invitation(id=id, person=id, answer=answer)
