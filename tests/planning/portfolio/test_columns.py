import numpy as np

from planning.initiatives.values import Effect, Request
from planning.metrics.values import Direction
from planning.portfolio.columns import UNKNOWN, Columns
from planning.window import Window
from tests.planning.portfolios import TODAY, contact, initiative

DAYS = Window(TODAY, TODAY)


def test_what_an_initiative_does_not_say_is_unknown() -> None:
    rows = Columns.of([initiative(4, starts_on=None, serves=None)]).rows

    assert (rows.of[0], rows.starts[0], rows.ends[0], rows.problems[0]) == (4, UNKNOWN, UNKNOWN, UNKNOWN)


def test_each_thing_that_is_named_is_a_row_of_its_table() -> None:
    effects = (Effect(3, Direction.UP), Effect(5, Direction.DOWN))
    one = initiative(4, contacts=(contact(),), requests=(Request(2, 1.5, DAYS),), effects=effects)

    columns = Columns.of([one])

    assert (columns.contacts.of.tolist(), columns.contacts.to.tolist()) == ([4], [2])
    assert columns.requests.person_weeks.tolist() == [1.5]
    assert list(zip(columns.effects.to.tolist(), columns.effects.up.tolist(), strict=True)) == [(3, True), (5, False)]


def test_things_that_are_named_in_common_share_a_bit() -> None:
    bits = Columns.of([initiative(1, stages=(1, 70)), initiative(2, stages=(70,)), initiative(3, stages=(2,))])

    first, second, third = bits.rows.stage_bits

    assert first & second
    assert not first & third


def test_departments_of_initiatives_come_in_the_order_asked_for() -> None:
    columns = Columns.of([initiative(2, department=1), initiative(7, department=3)])

    assert columns.departments(np.array([7, 2, 7])).tolist() == [3, 1, 3]
