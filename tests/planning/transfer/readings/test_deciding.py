from dataclasses import replace
from datetime import date

import pytest

from planning.metrics.readings import Reading
from planning.metrics.values import Cadence, Direction
from planning.text import NAME_MAX
from planning.transfer.readings.values import Outcome
from tests.planning.transfer.readings.given import KNOWN, issues, planned

HEAD = "metric,on,value,respondents\n"
PRESENT = {1: [Reading(1, date(2027, 1, 31), 41.0, 300)]}


def test_each_line_is_added_amends_or_says_the_same() -> None:
    text = f"{HEAD}satisfaction,31/01/2027,41,300\nComplaints,2027-01-31,9,\nSatisfaction,2027-02-01,1,\n"

    assert [row.outcome for row in planned(text, present=PRESENT).rows] == [
        Outcome.SAME,
        Outcome.ADDED,
        Outcome.ADDED,
    ]
    (row,) = planned(f"{HEAD}Satisfaction,2027-01-31,40,300\n", present=PRESENT).rows
    assert (row.outcome, row.before) == (Outcome.AMENDED, 41.0)


def test_a_line_that_names_no_respondents_takes_none_away() -> None:
    (row,) = planned(f"{HEAD}Satisfaction,2027-01-31,41,\n", present=PRESENT).rows

    assert row.outcome is Outcome.SAME


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (",2027-01-31,41,300", "metric says no metric; fill it in"),
        ("Satisfaction,,41,", "on says no day; fill it in"),
        ("Satisfaction,soon,41,", "on “soon” is not a date; write it as 2026-12-31"),
        ("Satisfaction,FY27 Q1,41,", "on “FY27 Q1” needs the month in which your fiscal year begins"),
        ("Satisfaction,2027-03-02,41,", "on “2027-03-02” is refused: 2 March 2027 has not come yet"),
        ("Satisfaction,2027-01-31,n/a,", "value “n/a” says no value; fill it in"),
        ('Satisfaction,2027-01-31,"1,234",', "value “1,234” could be 1234 or 1.234"),
        ("Joy,2027-01-31,41,", "“Joy” is not a metric; correct the name, or add it in /cx setup first"),
    ],
)
def test_a_line_that_cannot_go_in_is_told_with_what_to_do(line: str, told: str) -> None:
    plan = planned(f"{HEAD}{line}\nComplaints,2027-01-31,3,\n")

    assert (plan.counts()["added"], plan.counts()["rejected"]) == (1, 1)
    assert told in issues(plan)[0]
    assert plan.issues[0].line == 2


def test_respondents_that_cannot_be_are_left_out_and_told() -> None:
    plan = planned(f"{HEAD}Complaints,2027-01-31,3,0\nComplaints,2027-02-28,3,<10\n")

    assert [row.line.respondents for row in plan.rows] == [None, None]
    assert len(issues(plan)) == 2
    assert "at least 1" in issues(plan)[0]


def test_lines_that_contradict_each_other_are_all_told_and_none_is_taken() -> None:
    plan = planned(f"{HEAD}Complaints,2027-01-31,3,\ncomplaints,2027-01-31,4,9\n")

    assert plan.rows == ()
    assert issues(plan) == [
        "2: “Complaints” says 3 for 2027-01-31, but line 3 says 4 (9 respondents); none is taken: keep the right one",
        "3: “complaints” says 4 (9 respondents) for 2027-01-31, but line 2 says 3; none is taken: keep the right one",
    ]


def test_a_line_that_repeats_another_is_taken_once() -> None:
    plan = planned(f"{HEAD}Complaints,2027-01-31,3,\nComplaints,2027-01-31,3.0,\n")

    assert plan.counts() == {"added": 1, "amended": 0, "same": 1, "rejected": 0}
    assert issues(plan) == ["3: says the same as line 2; taken once"]


def test_a_quarter_is_read_at_its_end() -> None:
    plan = planned(f"{HEAD}Complaints,FY2027 Q1,3,\nComplaints,2026 Q3,3,\n", fiscal_start=10)

    assert [row.line.on for row in plan.rows] == [date(2026, 12, 31), date(2026, 9, 30)]


NEW = "metric,on,value,unit,direction,stage,cadence,baseline,target,target date\n"


def test_metrics_that_are_not_known_are_made_of_what_their_latest_line_says() -> None:
    first = "Effort,2026-12-31,3,points,Lower is better,claim,every month,4,2,2027-12-31"
    text = f"{NEW}{first}\nEffort,2027-01-31,2.9,,,,monthly,,1.5,\n"
    plan = planned(text, new_metrics=True)

    (made,) = plan.making
    assert (made.name, made.unit, made.direction, made.stage) == ("Effort", "points", Direction.DOWN, 2)
    assert (made.baseline, made.target, made.target_on) == (4, 1.5, date(2027, 12, 31))
    assert made.cadence is Cadence.MONTHLY
    assert "several targets: 2 (line 2), 1.5 (line 3); the latest is taken" in " ".join(issues(plan))
    assert "cadence “every month” is not a cadence" in issues(plan)[0]


def test_a_target_on_the_wrong_side_is_taken_and_told() -> None:
    plan = planned(f"{NEW}Effort,2026-12-31,3,,up,,,4,2,\n", new_metrics=True)

    assert plan.making[0].target == 2
    assert "is to go up, but its target 2 is on the other side of its baseline 4" in issues(plan)[0]


def test_the_way_is_towards_the_target_when_nobody_said_it() -> None:
    (made,) = planned(f"{NEW}Effort,2026-12-31,3,,Target undefined,,,4,2,\n", new_metrics=True).making

    assert made.direction is Direction.DOWN


def test_a_metric_is_made_without_what_is_not_known() -> None:
    text = "metric,on,value,stage,segment,owner\nEffort,2026-12-31,3,Claim,Members,Nobody\n"
    plan = planned(text, new_metrics=True)

    (made,) = plan.making
    assert (made.stage, made.segment, made.owner) == (2, None, None)
    assert [issue.text for issue in plan.issues] == [
        "segment “Members” is no segment that we know, or the metric is of a stage already; the metric is made without",
        "owner “Nobody” is nobody whom we know; the metric is made without",
    ]


def test_long_names_that_begin_alike_stay_two_metrics() -> None:
    names = ["Was it easy " * 9 + end for end in ("to pay?", "to change?")]
    text = HEAD + "".join(f"{name},2026-12-31,3,\n" for name in names)
    plan = planned(text, new_metrics=True)
    known = replace(KNOWN, metrics=plan.making)

    assert len({metric.name for metric in plan.making}) == 2
    assert all(len(metric.name) <= NAME_MAX for metric in plan.making)
    assert [metric.source for metric in plan.making] == names
    assert planned(text, known, new_metrics=True).making == ()
