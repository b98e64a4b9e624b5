"""Pins, forbidden changes, and another proposal."""

from planning.portfolio.values import Portfolio
from planning.proposals.changes import ChangeKind
from planning.proposals.values import Forbidden, Wishes
from tests.planning.proposals.given import asking, company, everything, telling, weeks


def askers() -> Portfolio:
    return company(asking(1, 1, 2.0, weeks(2)), asking(2, 2, 2.0, weeks(2)))


def test_whoever_is_pinned_stays_and_another_one_moves() -> None:
    (first,) = everything(askers()).changes

    (second,) = everything(askers(), Wishes(pinned=(first.initiative,))).changes

    assert {first.initiative, second.initiative} == {1, 2}


def test_a_change_that_is_forbidden_is_made_in_another_way() -> None:
    told = everything(
        askers(),
        Wishes(pinned=(2,), forbidden=(Forbidden(initiative=1, change=ChangeKind.REQUEST_MOVED),)),
    )

    assert [(change.initiative, change.kind) for change in told.changes] == [(1, "moved")]


def test_another_proposal_differs_and_costs_no_less() -> None:
    first = everything(askers())
    second = everything(askers(), Wishes(avoided=(first.signature,)))
    third = everything(askers(), Wishes(avoided=(first.signature, second.signature)))

    assert len({first.signature, second.signature, third.signature}) == 3
    assert first.cost <= second.cost <= third.cost
    assert all(told.possible for told in (first, second, third))


def test_another_proposal_of_contacts_differs_too() -> None:
    portfolio = company(telling(1, 1, "cross-sell", weeks(2, 2)), telling(2, 2, "cancel", weeks(3)))
    first = everything(portfolio)

    second = everything(portfolio, Wishes(avoided=(first.signature,)))

    assert second.signature != first.signature
    assert second.possible


def test_another_proposal_differs_where_two_conflicts_have_nothing_to_do_with_each_other() -> None:
    more = [asking(id, id - 2, 2.0, weeks(30), window=weeks(28, 6)) for id in (3, 4)]
    portfolio = company(*askers().initiatives, *more)
    first = everything(portfolio)

    second = everything(portfolio, Wishes(avoided=(first.signature,)))

    assert len(first.changes) == 2
    assert not {*first.signature} <= {*second.signature}
    assert second.possible


def test_what_is_avoided_and_gone_from_the_portfolio_limits_nothing() -> None:
    first = everything(askers())
    others = company(asking(8, 1, 2.0, weeks(2)), asking(9, 2, 2.0, weeks(2)))

    assert everything(others, Wishes(avoided=(first.signature,))).possible
