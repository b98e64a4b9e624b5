from dataclasses import replace
from typing import Any

from planning.findings.values import Found, Member, Rule, Subject, members
from planning.initiatives.values import Effect, Initiative, Request
from planning.journey.values import HandOff
from planning.metrics.values import Direction, Metric
from planning.portfolio.scope import Scope
from planning.window import Window
from tests.planning.portfolios import HOMES, JOURNEY, TODAY, contact, initiative, portfolio

METRICS = (Metric(1, "Profit"), Metric(2, "Renewal rate", feeds=1), Metric(3, "Calls", feeds=2))


def found(*others: Member) -> Found:
    return Found(Rule.RESOURCE_CONTENTION, members((1, 2), *others), 0.5, ())


def test_everything_covers_everything() -> None:
    assert Scope.everything(portfolio()).covers(found())


def test_a_pair_is_covered_when_one_of_the_two_has_changed() -> None:
    company = portfolio(initiative(1), initiative(2), initiative(3))

    assert Scope.around([initiative(2)], company).covers(found())
    assert not Scope.around([initiative(3)], company).covers(found())


def test_a_group_is_covered_when_what_it_is_about_may_have_changed() -> None:
    asking = initiative(9, requests=(Request(4, 1, Window(TODAY, TODAY)),))
    scope = Scope.around([asking], portfolio())

    assert scope.covers(found(Member(Subject.POOL, 4)))
    assert not scope.covers(found(Member(Subject.POOL, 5)))


def around(*changed: Initiative, **fields: Any) -> Scope:
    """Where others say something of every kind, so that no silence begins or ends."""
    said = {"stages": (3,), "segments": (4,), "effects": (Effect(3, Direction.UP),), "serves": 9}
    company = portfolio(initiative(8, department=1, **said), initiative(9, department=2, **said), **fields)
    return Scope.around(changed, company)


def test_a_segment_counts_with_all_above_and_below_it() -> None:
    assert around(initiative(1, contacts=(contact(segment=HOMES),))).segments == {1, 2, 3}


def test_a_metric_counts_with_all_that_it_feeds() -> None:
    assert around(initiative(1, effects=(Effect(2, Direction.UP),)), metrics=METRICS).metrics == {1, 2}


def test_a_hand_off_counts_with_the_stages_that_it_joins() -> None:
    journey = replace(JOURNEY, hand_offs=(HandOff(1, 1, 2), HandOff(2, 2, 3)))

    assert around(initiative(1, stages=(1,)), journey=journey).hand_offs == {1}


def test_what_an_initiative_named_before_counts_as_well() -> None:
    assert around(initiative(1, serves=4), initiative(1, serves=5)).problems == {4, 5}


def test_its_members_are_all_that_may_have_changed() -> None:
    assert around(initiative(1, stages=(2,), serves=5)).members() == {
        Member(Subject.INITIATIVE, 1),
        Member(Subject.STAGE, 2),
        Member(Subject.PROBLEM, 5),
    }
