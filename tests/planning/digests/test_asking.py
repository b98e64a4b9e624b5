from dataclasses import replace
from datetime import timedelta

import pytest

from planning.digests.asking import asks
from planning.digests.values import Ask
from planning.findings.facts import BareHandOff, Fact, MetricUnmoved, ScoreDisputed, StageLacks
from planning.findings.values import Finding, Member, Rule, Subject
from planning.journey.values import HandOff
from planning.metrics.values import Metric
from planning.portfolio.values import Portfolio
from tests.planning.digests.findings import empty_stage, gap, half_fixed, lonely_stage, opposed, overlap
from tests.planning.portfolios import CLAIM, JOURNEY, NOON, QUOTE, RENEW, initiative, portfolio

THREE = portfolio(initiative(1), initiative(2, department=2), initiative(3, department=2))
STAGE_2 = Member(Subject.STAGE, 2)
OWNED = replace(
    JOURNEY,
    stages=(QUOTE, replace(CLAIM, owner=2), RENEW),
    hand_offs=(HandOff(1, before=1, after=2, giver=1, receiver=2),),
)


def asked(overlaps: list[Finding], gaps: list[Finding], company: Portfolio = THREE) -> dict[str, str]:
    """What is asked of each department, in order."""
    return {ask.department: ask.what for ask in asks(overlaps, gaps, company, NOON)}


def test_each_department_that_something_waits_for_is_asked_the_most_pressing_first() -> None:
    waiting = [overlap(2, days=9), overlap(1, (2, 3), days=1, rule=Rule.CONTACT_COLLISION, facts=(opposed(),))]

    assert list(asked(waiting, []).items()) == [
        ("Claims", "decide on 2 overlaps, first with Marketing on CX-1 and CX-2."),
        ("Marketing", "decide with Claims on CX-1 and CX-2."),
    ]


def test_of_an_overlap_of_many_the_first_are_named_and_the_rest_counted() -> None:
    company = portfolio(*(initiative(id, department=1 + id % 3) for id in range(1, 7)))
    contention = overlap(1, (1, 2, 3, 4, 5, 6), rule=Rule.RESOURCE_CONTENTION)

    assert asked([contention], [], company)["Marketing"] == (
        "decide with Claims and Billing on CX-1, CX-2, CX-3 and 3 more."
    )


def test_an_overlap_of_which_one_side_has_gone_is_asked_of_the_other_alone() -> None:
    assert asked([overlap(1, (1, 99))], []) == {"Marketing": "decide on CX-1 and CX-99."}


def test_a_department_alone_on_an_important_stage_is_asked_for_company() -> None:
    company = portfolio(initiative(1), initiative(2, department=2, stages=(2,)))

    assert asked([], [lonely_stage()], company) == {"Marketing": "find a second department for “Quote”."}


def test_nobody_is_asked_for_a_light_stage_or_one_that_nobody_owns() -> None:
    assert asked([], [lonely_stage(stage=3, weight=2), empty_stage()]) == {}


@pytest.mark.parametrize(
    ("rule", "member", "fact", "wished"),
    [
        (
            Rule.STAGE_WITHOUT_METRIC,
            STAGE_2,
            StageLacks(what="metric", stage="Claim", weight=5),
            {"Claims": "name a metric for “Claim”."},
        ),
        (
            Rule.SCORE_DISPUTED,
            Member(Subject.STAGE, 1),
            ScoreDisputed(stage="Quote", weight=4, aims=()),
            dict.fromkeys(("Marketing", "Claims"), "agree what “Quote” is measured by, and its target."),
        ),
        (
            Rule.BARE_HAND_OFF,
            Member(Subject.HAND_OFF, 1),
            BareHandOff(before="Quote", after="Claim", weight=5, missing=("metric",)),
            {"Marketing": "settle the hand-off “Quote to Claim”.", "Claims": "settle the hand-off “Quote to Claim”."},
        ),
        (
            Rule.METRIC_OFF_TARGET_UNMOVED,
            Member(Subject.METRIC, 1),
            MetricUnmoved(metric="Calls", unit="%", stands=30, target=10, target_on=None, weight=5),
            {"Claims": "say who moves “Calls”."},
        ),
        (Rule.STAGE_WITHOUT_OWNER, STAGE_2, StageLacks(what="owner", stage="Claim", weight=5), {}),
    ],
    ids=["no metric", "disputed score", "hand-off", "metric", "no owner"],
)
def test_a_gap_is_asked_of_those_who_can_fill_it(
    rule: Rule, member: Member, fact: Fact, wished: dict[str, str]
) -> None:
    company = replace(THREE, journey=OWNED, metrics=(Metric(1, "Calls", stage=2),))

    assert asked([], [gap(1, rule, member, fact)], company) == wished


def test_the_owner_of_a_metric_is_asked_before_that_of_its_stage() -> None:
    company = replace(THREE, journey=OWNED, metrics=(Metric(1, "Calls", stage=2, owner=1),))
    fact = MetricUnmoved(metric="Calls", unit="%", stands=30, target=10, target_on=None, weight=5)

    assert list(asked([], [gap(1, Rule.METRIC_OFF_TARGET_UNMOVED, Member(Subject.METRIC, 1), fact)], company)) == [
        "Marketing"
    ]


def test_those_who_serve_a_problem_are_asked_for_what_its_fix_lacks() -> None:
    company = portfolio(initiative(1, serves=1), initiative(2, department=2), initiative(3, department=3, serves=1))
    wish = "say who brings what the fix of “Told it thrice” lacks and 1 more."

    assert asked([], [half_fixed(), half_fixed(14)], company) == {"Marketing": wish, "Billing": wish}


def test_a_department_without_leads_is_asked_all_the_same() -> None:
    company = portfolio(initiative(1), initiative(2, department=3))
    told: tuple[Ask, ...] = asks([overlap()], [], company, NOON + timedelta(days=1))

    assert {ask.department: ask.slack_ids for ask in told} == {"Marketing": ("U1",), "Billing": ()}
