"""Whether the probability means what it says: `python -m tests.benchmarks.reliability [--to docs/reliability.png]`.

Judged pairs are put into bins by the probability that Concord says; beside the mean of what is said stands the share
that is positive, with the middle 95 % of what that is when the initiatives are drawn anew. Each set is scored by
weights fitted on the other sets, and its texts by an encoder that was not taught with it (`tests.benchmarks.default`).
“Text alone” is what Concord would say if the two had said nothing beside their texts.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from planning.similarity.training.measures import Flags, Interval, Numbers, drawn_pairs, interval, precision
from tests.benchmarks.default import default_pools
from tests.benchmarks.fitting import grouped
from tests.benchmarks.gold import Pool
from tests.benchmarks.weighing import fitted, joined, others

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0)
GROUPS = ("real", "companies", "all")
TEXT, STRUCTURE = "text alone", "with structure"
FEWEST = 10
"""The picture leaves out a bin with fewer pairs: its interval would tell nothing."""
LOOKS = {TEXT: ("#8a8a8a", "s", -0.006), STRUCTURE: ("#1264a3", "o", 0.006)}
"""Colour, mark and how far aside the marks are drawn, so that the intervals do not hide each other."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs of about one probability: how many, the mean of what is said, and the share that is positive."""

    low: float
    high: float
    pairs: int
    said: float
    true: Interval


Curves = Mapping[str, Mapping[str, Sequence[Bin]]]
"""Group of sets → what is known of the pairs → the bins that are not empty, rising."""


def bins(scores: Numbers, positive: Flags, weights: Numbers) -> list[Bin]:
    """The bins in which there are scores; `weights` (resamples, pairs) say how often each pair was drawn."""
    places = np.clip(np.digitize(scores, BINS), 1, len(BINS) - 1)
    return [
        Bin(low, high, int(inside.sum()), float(scores[inside].mean()), _share(positive, inside, weights))
        for place, (low, high) in enumerate(pairwise(BINS), 1)
        if (inside := places == place).any()
    ]


def _share(positive: Flags, inside: Flags, weights: Numbers) -> Interval:
    return interval(partial(precision, positive, inside), weights)


def astray(found: Sequence[Bin]) -> float:
    """How far what is said is from what is true, on average over the pairs (the expected calibration error)."""
    return sum(one.pairs * abs(one.said - one.true.value) for one in found) / sum(one.pairs for one in found)


def said(pools: Sequence[Pool]) -> dict[str, dict[str, Numbers]]:
    """What is known of the pairs → set → the probabilities by weights fitted on the other sets."""
    fits = [(pool, fitted(others(pools, pool))) for pool in pools]
    return {
        TEXT: {pool.name: fit.from_text(pool) for pool, fit in fits},
        STRUCTURE: {pool.name: fit.probabilities(pool) for pool, fit in fits},
    }


def curves(pools: Sequence[Pool]) -> Curves:
    """The reliability curves of real portfolios, of companies and of all, as far as there are such."""
    scores, groups = said(pools), grouped(pools)
    return {
        name: {known: curve(groups[name], each) for known, each in scores.items()} for name in GROUPS if name in groups
    }


def curve(group: Sequence[Pool], scores: Mapping[str, Numbers]) -> list[Bin]:
    """The bins of these sets together; each set's initiatives are resampled."""
    positive = np.concatenate([pool.positive for pool in group])
    return bins(joined(scores, group), positive, np.hstack([drawn_pairs(pool.pairs, pool.name) for pool in group]))


def show(found: Curves) -> None:
    """Print a table for each group."""
    for group, known in found.items():
        for name, each in known.items():
            print(f"\n{group}, {name}: {astray(each):.3f} astray\n{'from':>5}{'to':>6}{'pairs':>7}{'said':>7}  true")
            for one in each:
                print(f"{one.low:5.2f}{one.high:6.2f}{one.pairs:7}{one.said:7.2f}  {one.true}")


def drawn(found: Curves) -> "Figure":
    """A picture of the curves: what is said to the right, what is true upwards, a panel for each group but all."""
    from matplotlib.figure import Figure

    panels = [group for group in found if group != "all"]
    figure = Figure(figsize=(4.2 * len(panels), 4.2), dpi=160, layout="constrained")
    for axes, group in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels, strict=True):
        _panel(axes, group, found[group])
    return figure


def _panel(axes: "Axes", group: str, known: Mapping[str, Sequence[Bin]]) -> None:
    axes.plot([0, 1], [0, 1], color="#d0d0d0", linewidth=1, zorder=0)
    for name, each in known.items():
        _line(axes, name, [one for one in each if one.pairs >= FEWEST])
    axes.set(
        xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal", xlabel="probability said", ylabel="share worth telling"
    )
    axes.set_title(group.capitalize(), loc="left", fontsize=11)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=9, loc="lower right")


def _line(axes: "Axes", name: str, each: Sequence[Bin]) -> None:
    colour, mark, aside = LOOKS[name]
    true = np.array([one.true.value for one in each])
    low, high = np.array([(one.true.low, one.true.high) for one in each]).reshape(-1, 2).T
    lengths = np.maximum([true - low, high - true], 0)
    right = [one.said + aside for one in each]
    axes.errorbar(right, true, lengths, color=colour, marker=mark, markersize=5, linewidth=1, capsize=2, label=name)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables and, where a file is named, draw the picture."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.reliability", description="Said against true")
    parser.add_argument("--to", type=Path, help="a PNG file for the picture")
    told = parser.parse_args(arguments)
    found = curves(default_pools())
    show(found)
    if told.to:
        drawn(found).savefig(told.to)


if __name__ == "__main__":
    main()
