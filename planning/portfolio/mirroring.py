"""The org-chart mirror: how strongly the work on the customer's journey splits along departments.

The index is Krippendorff's alpha for nominal data (Content Analysis, 2004, chapter 11) with the stages as units and the
departments of the live initiatives on them as values: 1 − Dₒ / Dₑ, where Dₒ is how often two initiatives on one stage
are of different departments, and Dₑ how often two anywhere are. A stage with n initiatives weighs n, as in alpha; one
with a single initiative cannot be compared and is left out. 1: every stage belongs to one department, the journey is a
blueprint of the org chart; 0: on every stage the departments are mixed as by chance. Below that they are mixed more
than by chance, which is no mirror at all and counts as 0.

In the graph that links initiatives of one stage, each link of weight 1 / (n − 1), alpha is the assortativity of Newman
(2003, Physical Review E 67, 026126) but for alpha's correction of small samples: 1 − alpha = (1 − r) · (N − 1) / N for
N links of initiatives to stages.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan

from planning.agreement.intervals import jackknife

Link = tuple[int, int, tuple[int, ...]]
"""An initiative, its department and its stages, as ids."""
Stages = Mapping[int, Counter[int]]
"""Stage → department → its initiatives."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """The index from 0 to 1, and its 95 % interval: what other initiatives of the same departments would have made."""

    value: float
    low: float
    high: float


def mirror(links: Sequence[Link]) -> Mirror | None:
    """The mirror index; None where fewer than two departments can be compared or no stage has two initiatives."""
    stages = _by_stage(links)
    value = mirroring(stages)
    if value is None:
        return None
    alike = Counter((of, frozenset(on)) for _, of, on in links if on)
    without = [each for kind, count in alike.items() for each in [mirroring(_without(stages, *kind))] * count]
    low, high = jackknife(value, [nan if each is None else each for each in without])
    return Mirror(*(max(0.0, each) for each in (value, low, high)))


def mirroring(stages: Stages) -> float | None:
    """Alpha, which is below 0 where departments are mixed more than by chance."""
    units = [each for each in stages.values() if each.total() > 1]
    everywhere: Counter[int] = sum(units, Counter())
    if len(everywhere) < 2:
        return None
    links = everywhere.total()
    observed = sum(_unlike_pairs(unit) / (unit.total() - 1) for unit in units) / links
    return 1 - observed * links * (links - 1) / _unlike_pairs(everywhere)


def bridges(links: Sequence[Link], limit: int = 5) -> tuple[int, ...]:
    """The initiatives that bridge most, by id: those that work on the home ground of most other departments.

    A stage is the home ground of the department that has more initiatives there than any other, two at least. Equals by
    how many such stages they work on; at last the newest first.
    """
    homes = {stage: home for stage, each in _by_stage(links).items() if (home := _home(each)) is not None}
    visits = {id: [homes[on] for on in set(stages) if homes.get(on, of) != of] for id, of, stages in links}
    ranked = sorted(visits, key=lambda id: (-len(set(visits[id])), -len(visits[id]), -id))
    return tuple(id for id in ranked if visits[id])[:limit]


def _by_stage(links: Iterable[Link]) -> dict[int, Counter[int]]:
    stages: dict[int, Counter[int]] = {}
    for _, department, on in links:
        for stage in set(on):
            stages.setdefault(stage, Counter())[department] += 1
    return stages


def _without(stages: Stages, department: int, on: Collection[int]) -> Stages:
    """Without one initiative; those of one department on the same stages are the same to the index."""
    return {**stages, **{stage: stages[stage] - Counter([department]) for stage in on}}


def _unlike_pairs(departments: Counter[int]) -> int:
    """Ordered pairs of initiatives of two departments."""
    total = departments.total()
    return total * total - sum(count * count for count in departments.values())


def _home(departments: Counter[int]) -> int | None:
    first, second = [*departments.most_common(2), (0, 0)][:2]
    return first[0] if first[1] > max(second[1], 1) else None
