from datetime import date
from typing import Any

import pytest

from planning.errors import NotFound
from planning.initiatives.values import Initiative
from planning.season.gathering import Season
from planning.season.quarters import days_of_quarter, quarter_after
from planning.window import Window
from tests.builders import NOW, contact, initiative, journey, pool, portfolio, request, segment
from tests.planning.season.quarters import APRIL, QUARTER, planned


def asking(id: int, **fields: Any) -> Initiative:
    """An initiative of April."""
    return Initiative(id, planned(**fields), NOW, NOW)


def season(*initiatives: Initiative, **fields: Any) -> Season:
    """The second quarter with these."""
    return Season(portfolio(*initiatives, pools=(pool(capacity=4.0, leave=()),), **fields), QUARTER)


def test_a_stage_is_shared_by_departments_that_do_something_in_the_quarter() -> None:
    later = Window(date(2027, 8, 2), date(2027, 8, 6))
    elsewhen = asking(2, department=2, starts_on=later.start, ends_on=later.end, requests=(), contacts=())

    assert [stage.name for stage in season(asking(1), asking(2, department=2)).shared] == ["Join"]
    assert season(asking(1), elsewhen).shared == ()
    assert season(asking(1), asking(2)).shared == ()


def test_what_has_no_dates_counts_by_what_it_plans() -> None:
    undated = {"starts_on": None, "ends_on": None}

    assert len(season(asking(1, **undated)).live) == 1
    assert season(asking(1, **undated, requests=(), contacts=())).live == ()


def test_a_pool_shows_all_asks_with_those_of_the_stage_first() -> None:
    elsewhere = asking(3, stages=(2,), requests=(request(person_weeks=20.0, window=APRIL),))
    stage = season(asking(1), asking(2, department=2), elsewhere).stage(1)

    assert stage is not None
    (asked,) = stage.pools
    assert [(ask.initiative, ask.here) for ask in asked.asks] == [(1, True), (2, True), (3, False)]
    assert asked.asked == pytest.approx(52.0)
    assert [week.monday for week in asked.over] == [date(2027, 4, 5 + 7 * n) for n in range(4) if 5 + 7 * n < 31]
    assert asked.worst is not None
    assert asked.worst.asked == pytest.approx(13.0)


def test_only_the_weeks_of_the_quarter_count() -> None:
    both = Window(date(2027, 3, 22), date(2027, 4, 18))
    wide = asking(1, starts_on=both.start, ends_on=both.end, requests=(request(person_weeks=8.0, window=both),))
    stage = season(wide).stage(1)

    assert stage is not None
    assert stage.pools[0].asks[0].person_weeks == pytest.approx(6.0)  # the week of 29 March is touched by April


def test_contacts_to_a_part_count_for_the_whole() -> None:
    parts = journey(segments=(segment(weekly_contacts=1), segment(id=2, name="Homes", parent=1)))
    own = asking(2, department=2, contacts=(contact(segment=2, window=APRIL),))
    stage = season(asking(1), own, journey=parts).stage(1)

    assert stage is not None
    assert [(one.name, one.most, len(one.crowded)) for one in stage.segments] == [
        ("Private customers", 2, 4),
        ("Homes", 1, 0),
    ]
    assert stage.segments[0].senders == ("Marketing", "Service")


def test_a_quarter_follows_on_the_one_before() -> None:
    assert quarter_after(date(2027, 2, 14)) == days_of_quarter(QUARTER).start
    with pytest.raises(NotFound):
        days_of_quarter("")


def test_a_stage_that_is_gone_is_none() -> None:
    assert season(initiative(1)).stage(9) is None
