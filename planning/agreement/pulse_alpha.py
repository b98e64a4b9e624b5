"""How far people put the same initiatives on the same stage: Krippendorff's alpha for nominal data.

Krippendorff (2004), Content Analysis, 2nd edition, chapter 11; “Computing Krippendorff's Alpha-Reliability” (2011) has
the worked examples of the tests. Initiatives are the units, people the observers, stages the values; an answer may be
missing. 1: identical, 0: as by chance. The interval says what other people of the same kind would have answered of the
same initiatives.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import nan

import krippendorff
import numpy as np

from planning.agreement.answers import TaggedInitiatives
from planning.agreement.intervals import jackknife
from planning.agreement.naming_index import FEWEST
from planning.agreement.results import Confusion, Index, PulseResult
from planning.agreement.values import Invitation

Tags = Mapping[int, int]
"""Initiative → stage, of one person."""


def pulse_result(
    invitations: Sequence[Invitation], initiatives: Mapping[int, str], stages: Mapping[int, str]
) -> PulseResult:
    """The result of a pulse; `initiatives` are references by id, `stages` names by id, other tags are left out."""
    answers = [one.answer for one in invitations if isinstance(one.answer, TaggedInitiatives)]
    tags = [{it: on for it, on in one.tags if it in initiatives and on in stages} for one in answers]
    known = [each for each in tags if each]
    told = len(known) >= FEWEST
    return PulseResult(
        asked=len(invitations),
        answered=len(answers),
        initiatives=tuple(initiatives.values()),
        alpha=index_of(known) if told else None,
        confused=confused(known, stages) if told else None,
    )


def index_of(people: Sequence[Tags]) -> Index | None:
    """The alpha of what people said, with its interval; None where no two said something of the same initiative."""
    value = alpha(people)
    if value is None:
        return None
    without = [alpha([*people[:place], *people[place + 1 :]]) for place in range(len(people))]
    low, high = jackknife(value, [nan if each is None else each for each in without])
    return Index(value=value, low=low, high=high, people=len(people))


def alpha(people: Sequence[Tags]) -> float | None:
    """Krippendorff's alpha; None without two answers on one initiative, 1 where all who can be compared say the same.

    Where there is only one value, alpha is not defined: nothing varies, so nothing could differ by chance. People who
    all say the same do agree, so it is 1 here.
    """
    counts = [each for each in _by_initiative(people) if each.total() > 1]
    values = sorted({value for each in counts for value in each})
    if not counts or len(values) == 1:
        return 1.0 if counts else None
    table = np.array([[each[value] for value in values] for each in counts])
    return float(krippendorff.alpha(value_counts=table, level_of_measurement="nominal"))


def confused(people: Sequence[Tags], names: Mapping[int, str]) -> Confusion | None:
    """The two stages that are in most pairs of answers to one initiative; None where nobody differs."""
    pairs: Counter[tuple[int, int]] = Counter()
    for each in _by_initiative(people):
        pairs.update({pair: each[pair[0]] * each[pair[1]] for pair in combinations(sorted(each), 2)})
    if not pairs:
        return None
    (first, second), count = min(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    compared = sum(each.total() * (each.total() - 1) // 2 for each in _by_initiative(people))
    return Confusion(first=names[first], second=names[second], pairs=count, of=compared)


def _by_initiative(people: Sequence[Tags]) -> list[Counter[int]]:
    """For each initiative, how many people put it on which stage."""
    initiatives = sorted({initiative for tags in people for initiative in tags})
    return [Counter(tags[one] for tags in people if one in tags) for one in initiatives]
