"""How the cosine should count in the probability: `python -m tests.benchmarks.forms`.

Each form turns the cosine into one or two numbers that never fall as it rises, and has weights of its own fitted to it.
Where a form bends, the place is chosen, like the weights, by the likelihood on the other sets. Of each form: the log
loss, the mean over the sets, and by how much it is above that of the form in use (initiatives resampled); the mean
average precision; how far what is said is astray from what is true; alerts whose threshold is chosen on the other sets;
and the share of all positives that is found when four of five alerts on all sets together are right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from planning.similarity.training.measures import Interval, Numbers, average_precision, drawn_pairs, spread
from tests.benchmarks.default import default_pools
from tests.benchmarks.fitting import Told, told_of, unseen_alerts
from tests.benchmarks.gold import Pool
from tests.benchmarks.reliability import astray, curve
from tests.benchmarks.weighing import Fit, Form, Learning, counted, fitted, joined, least_right, left_out

BENDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


def signed(cosines: Numbers) -> Numbers:
    """The cosine, what is below 0 too."""
    return cosines[:, None]


def power(exponent: int) -> Form:
    """The cosine, none below 0, to this power."""
    return lambda cosines: np.maximum(cosines, 0)[:, None] ** exponent


def logit(cosines: Numbers) -> Numbers:
    """The log-odds of (1 + cosine) / 2: steeper the closer two texts are."""
    result: Numbers = 2 * np.arctanh(np.clip(cosines, 0, 0.999))[:, None]
    return result


def hinge(bend: float) -> Form:
    """By how much the cosine is above the bend."""
    return lambda cosines: np.maximum(cosines - bend, 0)[:, None]


def two_pieces(bend: float) -> Form:
    """The cosine up to the bend and by how much it is above: any two slopes that rise."""
    return lambda cosines: np.column_stack([np.clip(cosines, 0, bend), np.maximum(cosines - bend, 0)])


FORMS: Mapping[str, Sequence[Form]] = {
    "in use": (counted,),
    "cosine, signed": (signed,),
    "cosine": (power(1),),
    "square": (power(2),),
    "cube": (power(3),),
    "logit": (logit,),
    "hinge": tuple(map(hinge, BENDS)),
    "two pieces": tuple(map(two_pieces, BENDS)),
}
"""Of each name the forms of which the likeliest is taken."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How a form fares on sets left out."""

    loss: float
    above: Interval
    mean_precision: float
    astray: float
    told: Told
    found: float


def likeliest(forms: Sequence[Form]) -> Learning:
    """Fits each form and keeps the one with the least loss."""

    def learn(pools: Sequence[Pool]) -> Fit:
        fits = [fitted(pools, form) for form in forms]
        return min(fits, key=lambda fit: _mean(losses(pools, {pool.name: fit.probabilities(pool) for pool in pools})))

    return learn if len(forms) > 1 else partial(fitted, form=forms[0])


def losses(pools: Sequence[Pool], scores: Mapping[str, Numbers]) -> list[Numbers]:
    """For each set the log loss of each pair."""
    return [-np.log(np.where(pool.positive, scores[pool.name], 1 - scores[pool.name])) for pool in pools]


def _mean(values: Sequence[Numbers]) -> float:
    return float(np.mean([each.mean() for each in values]))


def above(pools: Sequence[Pool], mine: Sequence[Numbers], other: Sequence[Numbers]) -> Interval:
    """By how much the one mean loss is above the other."""
    resampled = []
    for pool, one, two in zip(pools, mine, other, strict=True):
        weights = drawn_pairs(pool.pairs, pool.name)
        resampled.append(weights @ (one - two) / np.maximum(weights.sum(axis=1), 1))
    return Interval(_mean(mine) - _mean(other), *spread(np.mean(resampled, axis=0)))


def trial(pools: Sequence[Pool], learn: Learning, other: Sequence[Numbers]) -> Trial:
    """The figures of a form; `other` are the losses with which its own are compared."""
    scores, telling = left_out(pools, learn=learn), joined(left_out(pools, alone=True, learn=learn), pools)
    positive = np.concatenate([pool.positive for pool in pools])
    mine = losses(pools, scores)
    precisions = [average_precision(pool.positive, scores[pool.name], np.ones(len(pool.grades))) for pool in pools]
    return Trial(
        _mean(mine),
        above(pools, mine, other),
        float(np.mean(precisions)),
        astray(curve(pools, scores)),
        told_of(pools, unseen_alerts(pools, learn)),
        float(positive[telling >= least_right(telling, positive)].sum() / positive.sum()),
    )


def main() -> None:
    """Print a line for each form."""
    pools = default_pools()
    other = losses(pools, left_out(pools))
    print(f"{'':<16}{'loss':>6}  above the one in use   AP    astray  alerts  precision          recall", end="")
    print("             found at 4 of 5")
    for name, forms in FORMS.items():
        it = trial(pools, likeliest(forms), other)
        rates = f"{it.told.alerts:8}  {it.told.precision}  {it.told.recall}"
        difference = f"{it.above.value:+.4f} [{it.above.low:+.4f}, {it.above.high:+.4f}]"
        print(
            f"{name:<16}{it.loss:6.4f}  {difference}  {it.mean_precision:.3f}  {it.astray:.3f}{rates}  {it.found:.2f}"
        )


if __name__ == "__main__":
    main()
