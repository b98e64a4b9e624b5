from planning.portfolio.measuring import coverage
from tests.planning.portfolios import BILLING, CLAIM, CLAIMS, MARKETING, QUOTE, initiative, portfolio


def test_each_live_initiative_counts_on_each_of_its_stages() -> None:
    found = coverage(portfolio(initiative(1, stages=(1, 2)), initiative(2, stages=(1,)), initiative(3, department=2)))

    assert found.count(QUOTE.id, MARKETING.id) == 2
    assert found.count(CLAIM.id, MARKETING.id) == 1
    assert found.count(CLAIM.id, CLAIMS.id) == 0


def test_a_department_that_registered_nothing_is_unknown_and_not_zero() -> None:
    found = coverage(portfolio(initiative(1), initiative(2, department=2)))

    assert found.silent == (BILLING.id,)
    assert found.count(QUOTE.id, BILLING.id) is None


def test_stages_are_in_the_order_of_the_journey() -> None:
    assert [name for _, name in coverage(portfolio()).stages] == ["Quote", "Claim", "Renew"]


def test_an_initiative_whose_stages_are_all_retired_has_no_place() -> None:
    found = coverage(portfolio(initiative(1, stages=(99,)), initiative(2, stages=()), initiative(3)))

    assert found.unplaced == 2
    assert sum(cell.count for cell in found.cells) == 1
