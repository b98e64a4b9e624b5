import numpy as np
import pytest

from tests.benchmarks.spread import SHIFTS, likeliest, log_likelihoods


def judged(shift: float, pairs: int, chance: np.random.Generator) -> np.ndarray:
    """Log-likelihoods of judgements whose log-odds are shifted by so much."""
    odds = chance.normal(size=pairs)
    positive = chance.random(pairs) < 1 / (1 + np.exp(-odds - shift))
    return log_likelihoods(1 / (1 + np.exp(-odds)), positive)


def test_a_shift_is_found_again() -> None:
    each = judged(0.8, 20_000, np.random.default_rng(1))

    assert SHIFTS[each.argmax()] == pytest.approx(0.8, abs=0.05)


@pytest.mark.parametrize("spread", [0.2, 0.5, 1.0])
def test_the_spread_of_many_workspaces_is_found_again(spread: float) -> None:
    chance = np.random.default_rng(2)
    shifts = chance.normal(scale=spread, size=100)

    assert likeliest([judged(shift, 500, chance) for shift in shifts]) == pytest.approx(spread, abs=0.11)
