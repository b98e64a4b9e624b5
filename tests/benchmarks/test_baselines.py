from dataclasses import replace

import numpy as np
import pytest

from tests.benchmarks.baselines import BASELINES, BEFORE, EMBEDDING, baselines_of
from tests.benchmarks.gold import Pool
from tests.planning.portfolios import initiative

ALIKE = initiative(1, title="Plain renewal letters", problem="Members do not see why the price went up.")
TWIN = initiative(2, title="Renewal letters in plain words", problem="Members ask why the price went up.")
OTHER = initiative(3, title="Plant trees", problem="The car park is hot in summer.")
LETTERS = Pool("letters", (ALIKE, TWIN, OTHER), np.array([[0, 1], [0, 2]]), np.array([3.0, 0.0]), np.zeros(2))


@pytest.mark.parametrize("name", sorted(BASELINES))
def test_every_tool_finds_two_alike_texts_more_alike_than_two_unlike(name: str) -> None:
    alike, unlike = BASELINES[name](LETTERS)

    assert alike > unlike


def test_the_encoder_before_it_learnt_is_a_baseline_where_its_cosines_are_known() -> None:
    known = replace(LETTERS, before=np.array([0.4, 0.1]))

    assert BEFORE not in baselines_of(LETTERS)
    assert baselines_of(known)[BEFORE].tolist() == [0.4, 0.1]


def test_the_encoder_alone_is_measured_beside_the_tools() -> None:
    assert baselines_of(replace(LETTERS, cosines=np.array([0.9, 0.2])))[EMBEDDING].tolist() == [0.9, 0.2]
