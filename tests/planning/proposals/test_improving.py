"""Large pieces, one conflict after the other."""

from random import Random

from hypothesis import given, settings

from planning.portfolio.values import Portfolio
from planning.proposals.asking import NO_WISHES
from planning.proposals.dividing import pieces
from planning.proposals.formulating import Formulation
from planning.proposals.improving import improved
from planning.proposals.tasks import Task
from planning.scheduling.checking import check, unchanged
from planning.scheduling.levelling import level
from tests.planning.proposals.given import EVERYTHING, any_busy_portfolio, asking, company, weeks
from tests.planning.random_portfolios import randoms


def pieces_of(portfolio: Portfolio) -> tuple[Formulation, ...]:
    return pieces(Task.of(portfolio, EVERYTHING, None, NO_WISHES).scene)


@settings(max_examples=40, deadline=None)
@given(randoms)
def test_each_step_keeps_all_rules_and_costs_no_more_than_no_change(random: Random) -> None:
    for piece in pieces_of(any_busy_portfolio(random)):
        instance, answer = piece.instance(elastic=True), improved(piece, level)

        assert check(instance, answer) == []
        assert answer.cost <= unchanged(instance).cost


def test_steps_go_on_from_where_others_have_ended() -> None:
    askers = (asking(id, id % 3 + 1, 2.0, weeks(1), window=weeks(0, 9)) for id in range(1, 5))
    (piece,) = pieces_of(company(*askers))
    first = improved(piece, level)

    assert improved(piece, lambda _: None, first) == first


def test_what_has_nothing_to_do_with_each_other_is_solved_apart() -> None:
    early = [asking(id, id, 2.0, weeks(0), window=weeks(0, 2), movable=weeks(0, 3)) for id in (1, 2)]
    late = [asking(id, id - 2, 2.0, weeks(9), window=weeks(9, 2), movable=weeks(9, 3)) for id in (3, 4)]

    assert [{one.initiative.id for one in piece.moving} for piece in pieces_of(company(*early, *late))] == [
        {1, 2},
        {3, 4},
    ]


def test_a_stop_leaves_the_rest_as_it_is() -> None:
    (piece,) = pieces_of(company(*(asking(id, id, 2.0, weeks(2)) for id in (1, 2))))

    assert improved(piece, level, stop=lambda: True) == unchanged(piece.instance(elastic=True))
