"""The mirror index on tables that were computed by hand; the arithmetic stands beside them."""

from collections import Counter
from collections.abc import Sequence
from itertools import count

import numpy as np
import pytest

from planning.portfolio.mirroring import Link, bridges, mirror, mirroring

SALES, SERVICE, BILLING = 1, 2, 3
FIND, BUY, USE = 10, 20, 30


def links(*rows: tuple[int, int, int]) -> list[Link]:
    """As many initiatives of a department on a stage as told."""
    ids = count(1)
    return [(next(ids), department, (stage,)) for stage, department, many in rows for _ in range(many)]


def assortativity(stages: Sequence[Counter[int]]) -> float:
    """Newman (2003): (Tr e − ‖e²‖) / (1 − ‖e²‖), of the graph that links initiatives of one stage by 1 / (n − 1)."""
    departments = sorted({department for stage in stages for department in stage})
    table = np.zeros((len(departments), len(departments)))
    for stage in stages:
        counts = np.array([stage[department] for department in departments], float)
        table += (np.outer(counts, counts) - np.diag(counts)) / (counts.sum() - 1)
    table /= table.sum()
    squares = float((table @ table).sum())
    return (float(np.trace(table)) - squares) / (1 - squares)


def test_where_every_stage_belongs_to_one_department_the_mirror_is_whole() -> None:
    """Dₒ = 0, so 1 − 0 / Dₑ = 1."""
    found = mirror(links((FIND, SALES, 3), (USE, SERVICE, 2)))

    assert found is not None
    assert (found.value, found.low, found.high) == (1, 1, 1)


def test_a_stage_that_two_departments_share_dims_the_mirror() -> None:
    """Find: 3 of Sales and 1 of Service. Use: 4 of Service. N = 8: 3 of Sales, 5 of Service.

    Dₒ: of the ordered pairs on Find 3·1 + 1·3 = 6 are unlike, weighing 1 / (4 − 1): 6 / 3 = 2; on Use 0. 2 / 8 = 0.25.
    Dₑ: 3·5 + 5·3 = 30 of the 8·7 = 56 ordered pairs anywhere are unlike: 0.5357. 1 − 0.25 / 0.5357 = 0.5333.
    """
    found = mirror(links((FIND, SALES, 3), (FIND, SERVICE, 1), (USE, SERVICE, 4)))

    assert found is not None
    assert found.value == pytest.approx(1 - 0.25 / (30 / 56))
    assert found.low <= found.value <= found.high


def test_three_departments_on_two_stages() -> None:
    """Find: 2 Sales, 1 Service. Buy: 2 Billing. Use: 1 Sales, 2 Service. N = 8: 3, 3 and 2.

    Dₒ: Find 2·(2·1) / 2 = 2, Buy 0, Use 2, together 4 / 8 = 0.5. Dₑ: 2·(3·3 + 3·2 + 3·2) / 56 = 42 / 56 = 0.75.
    1 − 0.5 / 0.75 = 1/3.
    """
    rows = links((FIND, SALES, 2), (FIND, SERVICE, 1), (BUY, BILLING, 2), (USE, SALES, 1), (USE, SERVICE, 2))

    found = mirror(rows)

    assert found is not None
    assert found.value == pytest.approx(1 / 3)


def test_departments_that_mix_more_than_by_chance_are_no_mirror() -> None:
    """One of each department on both stages: Dₒ = (2 + 2) / 4 = 1, Dₑ = 2·(2·2) / (4·3) = 2/3, 1 − 1.5 = -0.5, cut."""
    rows = links((FIND, SALES, 1), (FIND, SERVICE, 1), (USE, SALES, 1), (USE, SERVICE, 1))

    found = mirror(rows)

    assert found is not None
    assert found.value == 0
    assert mirroring({FIND: Counter([SALES, SERVICE]), USE: Counter([SALES, SERVICE])}) == pytest.approx(-0.5)


def test_a_stage_with_one_initiative_counts_for_nothing() -> None:
    rows = links((FIND, SALES, 3), (FIND, SERVICE, 1), (USE, SERVICE, 4))

    assert mirror([*rows, (99, BILLING, (BUY,))]) == mirror([*rows, (98, BILLING, ())])


def test_it_is_the_assortativity_of_newman_but_for_the_correction_of_small_samples() -> None:
    stages = [Counter({SALES: 3, SERVICE: 1}), Counter({SERVICE: 4, BILLING: 2}), Counter({SALES: 1, BILLING: 5})]

    found = mirroring(dict(enumerate(stages)))

    assert found is not None
    assert 1 - found == pytest.approx((1 - assortativity(stages)) * 15 / 16)


def test_departments_dealt_by_chance_have_no_mirror_on_average() -> None:
    random = np.random.default_rng(5)
    rounds = [[(id, int(random.integers(1, 5)), (int(random.integers(1, 7)),)) for id in range(60)] for _ in range(200)]

    values = [mirroring(_stages(each)) for each in rounds]

    assert np.mean([value for value in values if value is not None]) == pytest.approx(0, abs=0.02)


def _stages(rows: Sequence[Link]) -> dict[int, Counter[int]]:
    stages: dict[int, Counter[int]] = {}
    for _, department, (stage,) in rows:
        stages.setdefault(stage, Counter())[department] += 1
    return stages


@pytest.mark.parametrize(
    "rows",
    [[], links((FIND, SALES, 4), (USE, SALES, 2)), links((FIND, SALES, 1), (USE, SERVICE, 1))],
    ids=["nothing", "one department", "no stage with two"],
)
def test_where_nothing_can_be_compared_it_is_unknown(rows: list[Link]) -> None:
    assert mirror(rows) is None


def test_the_order_of_the_initiatives_makes_no_difference() -> None:
    rows = links((FIND, SALES, 3), (FIND, SERVICE, 1), (USE, SERVICE, 4), (USE, BILLING, 1))

    assert mirror(rows) == mirror(rows[::-1])


def test_an_initiative_on_the_home_ground_of_others_bridges() -> None:
    homes = links((FIND, SALES, 3), (BUY, BILLING, 3), (USE, SERVICE, 3))
    one, two, own = (100, SALES, (USE,)), (101, SALES, (BUY, USE)), (102, SALES, (FIND,))

    assert bridges([*homes, one, two, own]) == (101, 100)


def test_of_equal_bridges_the_newest_come_first_and_the_rest_are_cut() -> None:
    homes = links((USE, SERVICE, 5))
    guests = [(id, SALES, (USE,)) for id in range(100, 104)]

    assert bridges([*homes, *guests], limit=2) == (103, 102)


def test_a_stage_that_two_departments_lead_alike_is_nobodys_home() -> None:
    assert bridges(links((FIND, SALES, 2), (FIND, SERVICE, 2), (FIND, BILLING, 1))) == ()
