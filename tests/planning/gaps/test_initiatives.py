from datetime import date
from typing import Any

import pytest

from planning.findings.values import Rule
from planning.gaps.initiatives import missing_in
from planning.initiatives.values import Effect, Status
from planning.journey.values import Journey
from planning.metrics.values import Direction, Metric
from tests.planning.gaps.companies import gaps_of
from tests.planning.portfolios import initiative, portfolio

CALLS = Metric(1, "Calls", stage=1)
LESS = (Effect(1, Direction.DOWN),)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, ()),
        ({"stages": ()}, ("stage",)),
        ({"owner": None}, ("owner",)),
        ({"effects": ()}, ("metric",)),
        ({"starts_on": None, "ends_on": None}, ("start date", "end date")),
        ({"ends_on": None}, ("end date",)),
        ({"starts_on": None, "ends_on": None, "status": Status.IDEA}, ()),
        ({"starts_on": date(2027, 5, 1), "ends_on": date(2027, 4, 1)}, ()),
    ],
)
def test_an_initiative_says_what_it_lacks_and_an_idea_needs_no_dates(
    changes: dict[str, Any], missing: tuple[str, ...]
) -> None:
    company = portfolio(initiative(1, **{"effects": LESS, **changes}), metrics=(CALLS,))
    gaps = gaps_of(company, Rule.INITIATIVE_INCOMPLETE)

    assert missing_in(company.initiatives[0], company) == missing
    assert len(gaps) == bool(missing)


def test_what_the_company_has_none_of_cannot_be_named_yet() -> None:
    company = portfolio(initiative(1, stages=(), effects=()), journey=Journey(1))

    assert missing_in(company.initiatives[0], company) == ()


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"owner": None, "stages": ()}, "no stage and no owner"),
        ({"starts_on": None, "ends_on": None}, "no dates"),
        ({"owner": None, "starts_on": None, "ends_on": None}, "no owner and no dates"),
    ],
)
def test_what_an_initiative_lacks_is_told_in_one_sentence(changes: dict[str, Any], lacks: str) -> None:
    (gap,) = gaps_of(portfolio(initiative(7, **changes)), Rule.INITIATIVE_INCOMPLETE)

    assert gap.why == f"CX-7 “A letter to members” (Marketing) has {lacks} yet."


def test_what_matters_more_is_worse() -> None:
    more, heavier, lighter = gaps_of(
        portfolio(
            initiative(1, owner=None, stages=(3,)),
            initiative(2, owner=None, stages=(2, 3)),
            initiative(3, owner=None, stages=(2,), ends_on=None),
        ),
        Rule.INITIATIVE_INCOMPLETE,
    )

    assert [gap.initiatives() for gap in (more, heavier, lighter)] == [(3,), (2,), (1,)]
    assert heavier.score == pytest.approx(0.1)
