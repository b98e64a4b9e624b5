import numpy as np
import pytest

from tests.benchmarks.baselines import BASELINES
from tests.benchmarks.gold import Pool
from tests.planning.portfolios import initiative

ALIKE = initiative(1, title="Plain renewal letters", problem="Members do not see why the price went up.")
TWIN = initiative(2, title="Renewal letters in plain words", problem="Members ask why the price went up.")
OTHER = initiative(3, title="Plant trees", problem="The car park is hot in summer.")


@pytest.mark.parametrize("name", sorted({*BASELINES} - {"embedding"}))
def test_every_tool_finds_two_alike_texts_more_alike_than_two_unlike(name: str) -> None:
    pool = Pool("letters", (ALIKE, TWIN, OTHER), np.array([[0, 1], [0, 2]]), np.array([3.0, 0.0]), np.zeros(2))

    alike, unlike = BASELINES[name](pool)

    assert alike > unlike
