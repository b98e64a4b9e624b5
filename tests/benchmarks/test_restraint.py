from dataclasses import replace

import pytest

from tests.benchmarks.restraint import Restraint, run, show


@pytest.fixture(scope="module")
def weeks() -> Restraint:
    """Four weeks of a company of four departments, the first of them a rush."""
    return run(days=28, departments=4, acts=1)


def test_nobody_is_alerted_more_often_than_the_budget_allows(weeks: Restraint) -> None:
    assert 0 < weeks.most <= weeks.budget
    assert sum(weeks.share.values()) == pytest.approx(1, abs=0.01)


def test_nobody_is_alerted_at_night_or_twice_of_the_same(weeks: Restraint) -> None:
    assert (weeks.out_of_hours, weeks.repeated) == (0, 0)


def test_what_becomes_of_every_overlap_is_known(weeks: Restraint, capsys: pytest.CaptureFixture[str]) -> None:
    show(replace(weeks, outcomes={"settled": 3}))

    assert sum(weeks.outcomes.values()) == weeks.overlaps > 0
    assert weeks.overdue == 0
    assert "overlaps at the end: 3 settled" in capsys.readouterr().out
