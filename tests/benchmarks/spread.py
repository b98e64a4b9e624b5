"""How much workspaces differ in what they want to be told of: `python -m tests.benchmarks.spread`.

Each judged set is one workspace. Its pairs are scored by weights fitted on the other sets, and its own shift of their
log-odds is normal around 0; the standard deviation under which all judgements are most likely, with every shift
integrated out (empirical Bayes; Carlin and Louis 2000), is what the product starts from.
"""

from collections.abc import Sequence

import numpy as np

from planning.findings.learning import CERTAIN, SPREAD
from planning.similarity.training.measures import Flags, Numbers
from tests.benchmarks.default import default_pools
from tests.benchmarks.gold import Pool
from tests.benchmarks.weighing import left_out

SHIFTS = np.linspace(-4, 4, 801)
SPREADS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.5)


def log_likelihoods(scores: Numbers, positive: Flags) -> Numbers:
    """For each of SHIFTS the log-likelihood of what was judged."""
    sure = np.clip(scores, 1 - CERTAIN, CERTAIN)
    odds = np.log(sure / (1 - sure)) + SHIFTS[:, None]
    result: Numbers = -np.logaddexp(0, np.where(positive, -odds, odds)).sum(axis=1)
    return result


def evidence(spread: float, likelihoods: Sequence[Numbers]) -> float:
    """The log-likelihood of all sets, each with a shift of its own from a normal distribution of that spread."""
    prior = -(SHIFTS**2) / (2 * spread**2)
    prior -= np.logaddexp.reduce(prior)
    return float(sum(np.logaddexp.reduce(prior + each) for each in likelihoods))


def likeliest(likelihoods: Sequence[Numbers]) -> float:
    """The one of SPREADS with the most evidence."""
    return max(SPREADS, key=lambda spread: evidence(spread, likelihoods))


def main() -> None:
    """Print each set's own shift and how likely each spread is."""
    pools: list[Pool] = default_pools()
    scores = left_out(pools)
    likelihoods = [log_likelihoods(scores[pool.name], pool.positive) for pool in pools]
    for pool, each in zip(pools, likelihoods, strict=True):
        print(f"{pool.name:<16}{SHIFTS[each.argmax()]:8.2f}")
    best = evidence(likeliest(likelihoods), likelihoods)
    for spread in SPREADS:
        print(f"spread {spread:4.1f}{evidence(spread, likelihoods) - best:10.2f}")
    print(f"most likely {likeliest(likelihoods)}; SPREAD is {SPREAD}")


if __name__ == "__main__":
    main()
