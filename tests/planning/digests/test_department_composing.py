from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planning.checkins.values import CheckIn, Standing
from planning.digests.department_composing import SHARES, Gathered, compose_department
from planning.digests.department_plans import Going
from planning.digests.department_values import CheckedIn, DepartmentDigest
from planning.findings.values import Rule
from planning.initiatives.values import Request
from planning.metrics.readings import Reading
from planning.metrics.values import Metric
from planning.plans.values import Acceptance, Plan, PlanState
from planning.resources.values import Pool
from planning.window import Window
from tests import planned
from tests.planning.digests.departments import WEEK, digest_of, schedule
from tests.planning.digests.findings import empty_stage, half_fixed, incomplete, lonely_stage, overlap
from tests.planning.portfolios import MARKETING, NOON, PEOPLE, QUOTE, TODAY, initiative, portfolio

OURS, THEIRS, OTHERS = initiative(1), initiative(2, department=2), initiative(3, department=3)
SUMMER = {"starts_on": date(2027, 6, 1), "ends_on": date(2027, 7, 1)}


def test_only_its_own_overlaps_wait_and_the_oldest_comes_first() -> None:
    told = digest_of(
        OURS, THEIRS, OTHERS, findings=[overlap(1, (1, 2)), overlap(2, (1, 3), days=9), overlap(3, (2, 3))]
    )

    assert [(one.finding, one.others, one.days) for one in told.overlaps] == [(2, ("Billing",), 9), (1, ("Claims",), 0)]
    assert (told.overlaps[0].since, told.overlaps_total) == (TODAY - timedelta(days=9), 2)


def test_the_gaps_are_those_that_it_can_do_something_about() -> None:
    stages = {"journey": replace(portfolio().journey, stages=(replace(QUOTE, owner=3),))}
    findings = [empty_stage(), lonely_stage(), half_fixed(), incomplete(12, 1), incomplete(13, 2)]
    told = digest_of(OURS, THEIRS, company=stages, findings=findings)

    assert [gap.rule for gap in told.gaps] == [Rule.SINGLE_DEPARTMENT_STAGE]
    assert [gap.finding for gap in told.quality] == [12]


def plan(**fields: Any) -> Plan:
    terms = {name: fields.pop(name) for name in ("due_on", "review_on") if name in fields}
    return planned.plan(**{"terms": planned.terms(**terms), **fields})


ACCEPTED = {"state": PlanState.ACCEPTED, "accepted_at": NOON}


@pytest.mark.parametrize(
    ("made", "told", "waits"),
    [
        (plan(), "It waits for you to accept it, or to change it.", True),
        (plan(acceptances=(Acceptance(1, 1, NOON, 1),)), "It waits for Claims to accept it.", False),
        (plan(**ACCEPTED, due_on=TODAY), "Its day was 11 January 2027: say what came of it.", True),
        (plan(**ACCEPTED, due_on=date(2027, 1, 20)), "The customer gets it on 20 January 2027.", False),
        (plan(**ACCEPTED, due_on=date(2027, 3, 20)), "Nothing is due in the next four weeks.", False),
    ],
)
def test_a_plan_says_what_comes_next(made: Plan, told: str, waits: bool) -> None:
    (line,) = digest_of(OURS, THEIRS, plans=[Going(made)]).plans

    assert (line.next, line.waits) == (told, waits)


def test_plans_of_others_are_left_out_and_what_waits_comes_first() -> None:
    calm = plan(id=1, **ACCEPTED, due_on=date(2027, 3, 20))
    told = digest_of(OURS, plans=[Going(calm), Going(plan(id=2)), Going(plan(id=3, departments=(2, 3)))])

    assert ([line.plan for line in told.plans], told.plans_total) == ([2, 1], 2)


def said(initiative: int, answer: Standing | None, days: int = 3) -> CheckIn:
    at = NOON - timedelta(days=days)
    return CheckIn(initiative, initiative, 3, at, answer, "", at if answer else None)


def test_owners_say_what_is_stuck_first_and_who_has_not_answered_is_counted() -> None:
    four = [initiative(id) for id in range(1, 5)]
    answers = (Standing.AT_RISK, Standing.STUCK, Standing.ON_TRACK, None)
    asked = {id: said(id, answer) for id, answer in enumerate(answers, start=1)}
    answered = {id: one for id, one in asked.items() if one.answer}
    told = digest_of(*four, asked=asked, answered=answered).check_ins

    assert told is not None
    assert [(one.initiative, one.standing, one.who) for one in told.troubles] == [
        (2, Standing.STUCK, "Ben Owner"),
        (1, Standing.AT_RISK, "Ben Owner"),
    ]
    assert (told.on_track, told.unanswered) == (1, 1)


def test_what_was_said_months_ago_is_not_told() -> None:
    old, new = said(1, Standing.STUCK, days=90), said(1, None)

    assert digest_of(OURS, asked={1: old}, answered={1: old}).check_ins is None
    assert digest_of(OURS, asked={1: new}, answered={1: old}).check_ins == CheckedIn(unanswered=1)


def test_what_begins_and_ends_in_two_weeks_is_told_by_day() -> None:
    ends = initiative(1, ends_on=TODAY + timedelta(days=13))
    begins = initiative(2, starts_on=TODAY, ends_on=TODAY + timedelta(days=14))
    told = digest_of(ends, begins, initiative(3, department=2, starts_on=TODAY)).turns

    assert [(turn.initiative, turn.begins) for turn in told] == [(2, True), (1, False)]


def test_the_busiest_week_of_a_pool_counts_what_everybody_asks() -> None:
    weeks = Window(date(2027, 1, 11), date(2027, 1, 24))
    short = Window(date(2027, 1, 18), date(2027, 1, 24))
    ours = initiative(1, requests=(Request(1, 2.0, weeks),))
    theirs = initiative(2, department=2, requests=(Request(1, 1.5, short), Request(2, 1.0, short)))
    told = digest_of(ours, theirs, company={"pools": (Pool(1, "Data team", 2.0), Pool(2, "Print shop", 1.0))}).pools

    assert [(one.name, one.monday, one.asked, one.available) for one in told] == [
        ("Data team", date(2027, 1, 18), 2.5, 2.0)
    ]


def test_metrics_off_their_path_are_told_of_the_department_that_looks_after_them() -> None:
    low = Metric(1, "Effort", baseline=10, target=90, target_on=TODAY, owner=3)
    fine = Metric(2, "Renewals", baseline=10, target=20, target_on=TODAY, owner=3)
    readings = {1: [Reading(1, TODAY, 12.0)], 2: [Reading(2, TODAY, 20.0)], 3: [Reading(3, TODAY, 12.0)]}
    metrics = (low, fine, replace(low, id=3, owner=2))
    told = digest_of(OURS, company={"metrics": metrics}, readings=readings).metrics

    assert [one.metric for one in told] == [1]


def test_nothing_to_tell_is_a_quiet_week() -> None:
    assert digest_of(initiative(1, **SUMMER)).quiet
    assert not digest_of(initiative(1, **SUMMER), findings=[incomplete()]).quiet


def test_each_list_is_cut_and_counted_and_comes_back_from_json() -> None:
    many = [initiative(id, ends_on=TODAY) for id in range(1, 31)]
    known = Gathered("Acorn", MARKETING, replace(portfolio(*many), people=PEOPLE), [overlap(1, (1, 2), days=2)])
    told = compose_department(known, schedule(), NOON - WEEK, NOON)

    assert (len(told.turns), told.turns_total) == (SHARES.turns, 30)
    assert told.overlaps[0].others == ()
    assert DepartmentDigest.model_validate(told.model_dump(mode="json")) == told
