"""Which metrics are known to pull against each other."""

import pytest

from planning.metrics.tensions import KNOWN, known_tensions
from planning.metrics.values import Tension
from tests.builders import metric


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Average handling time (AHT)", "First-contact resolution"),
        ("FCR", "Handle time, voice"),
        ("Self-service rate", "Customer effort score"),
        ("Up-sell", "Retention"),
        ("Cost per contact", "NPS"),
    ],
)
def test_two_that_everybody_knows_of_are_tied_whatever_their_order(name: str, other: str) -> None:
    first, second = metric(id=2, name=other), metric(id=5, name=name)
    (found,) = known_tensions(second, [first])

    assert (found.first, found.second) == (2, 5)
    assert found.why
    assert known_tensions(first, [second]) == [found]


@pytest.mark.parametrize("other", ["Website speed", "Success", "Dissatisfactions", "Turnaround"])
def test_parts_of_words_are_no_names(other: str) -> None:
    assert known_tensions(metric(id=2, name="Cost per contact"), [metric(id=1, name=other)]) == []


def test_every_pair_is_known_by_each_of_its_names() -> None:
    for known in KNOWN:
        for first in known.first:
            for second in known.second:
                found = known_tensions(metric(id=1, name=first), [metric(id=2, name=second)])
                assert found[:1] == [Tension(1, 2, known.why)], (first, second)
