import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planning.journey.values import HandOff
from planning.metrics.checking import UNIT_MAX
from planning.metrics.values import Cadence, Direction, Metric, Tension
from planning.problems.values import Part, Problem
from planning.resources.values import Leave, Pool
from planning.text import NAME_MAX, PROBLEM_MAX
from planning.transfer.company import read_company
from planning.transfer.doubting import doubts
from planning.transfer.laying import laid_over
from planning.transfer.naming import Known
from planning.transfer.telling_company import company_told
from planning.transfer.values import TransferFault
from planning.window import Window
from tests.planning.transfer.given import EMPTY
from tests.planning.transfer.test_company import FILE
from tests.shared_data import shared_data

AIMS: dict[str, Any] = FILE | {
    "segments": [{"name": "Members", "parent": None, "weight": 5, "weekly_contacts": 2}],
    "hand_offs": [
        {
            "before": "Join",
            "after": "Claim",
            "giver": "Sales",
            "receiver": "claims",
            "metric": "Paid in a week",
            "owner": "Bo Lind",
        }
    ],
    "metrics": [
        {
            "name": "Handling time",
            "unit": "minutes",
            "direction": "down",
            "stage": "claim",
            "segment": None,
            "baseline": 9.5,
            "baseline_date": "2026-12-31",
            "target": 7,
            "target_date": "2027-12-31",
            "owner": "Bo Lind",
            "feeds": "Paid in a week",
            "cadence": "monthly",
            "source": "The telephone system",
            "financial": False,
        },
        {
            "name": "Paid in a week",
            "unit": "%",
            "direction": "up",
            "owner": "Claims",
            "segment": "Members",
            "financial": True,
        },
    ],
    "tensions": [["Paid in a week", "Handling time", "Haste makes waste."]],
    "pools": [
        {
            "name": "Writers",
            "capacity_person_weeks_per_week": 3,
            "leave": [
                {"from": "2027-08-02", "to": "2027-08-15", "share": 0.5},
                {"from": "2026-12-21", "to": "2027-01-03", "share": 0.8},
            ],
        }
    ],
    "problems": [
        {"name": "Told it thrice", "statement": "I start anew.", "needs": ["process", "hand-off"], "owner": "Ada Berg"}
    ],
}
WINTER = Leave(Window(date(2026, 12, 21), date(2027, 1, 3)), 0.8)
SUMMER = Leave(Window(date(2027, 8, 2), date(2027, 8, 15)), 0.5)


def after(known: Known = EMPTY, **fields: Any) -> Known:
    return laid_over(known, read_company(json.dumps(AIMS | fields).encode()))


def faults(**fields: Any) -> str:
    with pytest.raises(TransferFault) as refused:
        after(**fields)
    return str(refused.value)


def test_a_metric_that_moves_to_customers_leaves_its_stage_and_the_other_way_round() -> None:
    handling, paid = AIMS["metrics"]
    moved = after(after(), metrics=[handling | {"stage": None, "segment": "Members"}, paid | {"segment": None}])
    back = after(moved, metrics=[handling, paid])

    assert [(one.stage is None, one.segment is None) for one in moved.metrics] == [(True, False), (True, False)]
    assert [(one.stage is None, one.segment is None) for one in back.metrics] == [(False, True), (True, False)]


def test_a_number_that_nothing_can_be_measured_by_is_told_at_its_place() -> None:
    handling, paid = AIMS["metrics"]

    assert "metrics.0.target" in faults(metrics=[handling | {"target": 1e300}, paid])


def test_what_a_company_measures_shares_and_wants_to_fix_goes_on_record() -> None:
    known = after()

    ids = {person.name: person.id for person in known.people} | {s.name: s.id for s in known.journey.stages}
    departments = {name: id for id, name in known.department_names.items()}
    handling, paid = known.metrics
    day = date(2027, 12, 31)
    assert handling == Metric(
        -1,
        "Handling time",
        "minutes",
        Direction.DOWN,
        ids["Claim"],
        9.5,
        7,
        day,
        ids["Bo Lind"],
        paid.id,
        baseline_on=date(2026, 12, 31),
        cadence=Cadence.MONTHLY,
        source="The telephone system",
    )
    members = known.journey.segments[0].id
    assert paid == Metric(-2, "Paid in a week", "%", owner=ids["Ada Berg"], segment=members, financial=True)
    assert known.tensions == (Tension(-2, -1, "Haste makes waste."),)
    assert known.pools == (Pool(-1, "Writers", 3, (WINTER, SUMMER)),)
    assert known.problems == (
        Problem(-1, "Told it thrice", "I start anew.", (Part.PROCESS, Part.HAND_OFF), ids["Ada Berg"]),
    )
    assert known.journey.hand_offs == (
        HandOff(-1, ids["Join"], ids["Claim"], departments["Sales"], departments["Claims"], paid.id, ids["Bo Lind"]),
    )
    assert [(s.name, s.weight, s.weekly_contacts) for s in known.journey.segments] == [("Members", 5, 2)]


def test_laying_it_over_twice_changes_nothing() -> None:
    assert after(after()) == after()


def test_what_the_file_leaves_empty_stays() -> None:
    bare = {
        "journey": [{"name": "join"}, {"name": "claim"}],
        "segments": [{"name": "members"}],
        "hand_offs": [{"before": "Join", "after": "Claim"}],
        "metrics": [{"name": "handling TIME"}],
        "tensions": [["Handling time", "Paid in a week"]],
        "pools": [{"name": "writers", "capacity_person_weeks_per_week": 3, "leave": []}],
        "problems": [{"name": "Told it Thrice"}],
    }

    assert after(after(), **bare) == after()


def test_what_the_file_says_otherwise_is_changed() -> None:
    known = after(
        after(),
        metrics=[{"name": "Handling time", "target": 6}],
        pools=[{"name": "Writers", "capacity_person_weeks_per_week": 4.5}],
        segments=[{"name": "Members", "weekly_contacts": 0}],
    )

    assert (known.metrics[0].target, known.metrics[0].baseline, known.pools[0].capacity) == (6, 9.5, 4.5)
    assert (known.journey.segments[0].weekly_contacts, known.journey.segments[0].weight) == (0, 5)


def test_a_target_on_the_wrong_side_of_its_baseline_is_told_with_its_place_and_taken() -> None:
    fields = {
        "metrics": [{"name": "Paid in a week"}, {"name": "Calls", "baseline": 9, "target": 12, "direction": "down"}]
    }
    company = read_company(json.dumps(AIMS | fields | {"hand_offs": [], "tensions": []}).encode())
    (doubt,) = doubts(company, laid_over(EMPTY, company))

    assert doubt.startswith("metrics.1.target: “Calls” is to go down, but its target 12 is on the other side")


def test_what_was_only_kept_before_is_kept_no_longer() -> None:
    kept = replace(EMPTY.workspace, extras={"metrics": [{"name": "Old"}], "industry": "Insurance"})

    known = after(replace(EMPTY, workspace=kept))

    assert known.workspace.extras == {"industry": "Insurance", "brand_values": ["Easy"]}


def test_what_was_only_kept_comes_back_until_it_is_on_record() -> None:
    kept = replace(EMPTY.workspace, extras={"problems": [{"name": "Old"}]})

    assert company_told(replace(EMPTY, workspace=kept))["problems"] == [{"name": "Old"}]
    assert [told["name"] for told in company_told(after(replace(EMPTY, workspace=kept)))["problems"]] == [
        "Told it thrice"
    ]


def test_long_texts_are_shortened_to_what_the_forms_take() -> None:
    known = after(
        metrics=[{"name": "Handling time", "unit": "minutes " * 9}],
        tensions=[],
        hand_offs=[],
        problems=[{"name": "Told it thrice", "statement": "again " * 900}],
    )

    assert len(known.metrics[0].unit) <= UNIT_MAX
    assert len(known.problems[0].statement) <= PROBLEM_MAX


def test_long_names_are_shortened_wherever_they_are_used() -> None:
    long = "Handling " * 20

    known = after(
        metrics=[{"name": long}], tensions=[], hand_offs=[{"before": "Join", "after": "Claim", "metric": long}]
    )

    assert len(known.metrics[0].name) <= NAME_MAX
    assert known.journey.hand_offs[0].metric == known.metrics[0].id


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"metrics": [{"name": " "}]}, "metrics.0.name: Value error, is empty; say the name"),
        ({"metrics": [{"name": "A", "stage": "Win"}]}, "metrics.0.stage: “Win” is not in journey; correct the name"),
        ({"metrics": [{"name": "A", "feeds": "B"}]}, "metrics.0.feeds: “B” is not in metrics"),
        ({"metrics": [{"name": "A", "feeds": "a"}]}, "metrics.0.feeds: a metric does not feed itself"),
        (
            {"metrics": [{"name": "A", "feeds": "B"}, {"name": "B", "feeds": "C"}, {"name": "C", "feeds": "b"}]},
            "metrics.1.feeds: “B” → “C” → “B”: they feed each other in a circle; take one out",
        ),
        (
            {"metrics": [{"name": "A", "feeds": "B", "financial": True}, {"name": "B"}]},
            "metrics.0.feeds: a chain ends with money",
        ),
        (
            {"metrics": [{"name": "A", "stage": "Claim", "segment": "Members"}]},
            "metrics.0.segment: a metric is of a stage or of customers; name one of them",
        ),
        ({"metrics": [{"name": "A", "direction": "left"}]}, "metrics.0.direction"),
        ({"metrics": [{"name": "A", "target_date": "soon"}]}, "metrics.0.target_date"),
        ({"tensions": [["Handling time", "Speed", ""]]}, "tensions.0.1: “Speed” is not in metrics"),
        ({"tensions": [["Handling time", "handling time"]]}, "tensions.0: names one metric twice; name two"),
        ({"tensions": [["Handling time"]]}, "tensions.0.1: Field required"),
        ({"pools": [{"name": "A"}]}, "pools.0.capacity_person_weeks_per_week: Field required"),
        ({"pools": [{"name": "A", "capacity_person_weeks_per_week": -1}]}, "pools.0.capacity_person_weeks_per_week"),
        ({"problems": [{"name": "A", "needs": ["luck"]}]}, "problems.0.needs.0"),
        ({"segments": [{"name": "A", "weight": 9}]}, "segments.0.weight"),
        ({"hand_offs": [{"before": "Join", "after": "Win"}]}, "hand_offs.0.after: “Win” is not in journey"),
        ({"hand_offs": [{"before": "Join", "after": "join"}]}, "hand_offs.0: goes from a stage to itself"),
        (
            {"hand_offs": [{"before": "Join", "after": "Claim", "giver": "Legal"}]},
            "hand_offs.0.giver: “Legal” is not in departments; correct the name or add it there",
        ),
    ],
)
def test_a_fault_is_told_at_its_place_with_what_to_do(fields: dict[str, Any], told: str) -> None:
    assert told in faults(**fields)


@pytest.mark.parametrize(
    ("leave", "told"),
    [
        (
            {"from": "2027-01-03", "to": "2027-01-01", "share": 0.5},
            "pools.0.leave.0: Value error, ends before it begins",
        ),
        ({"from": "2027-01-01", "to": "2027-01-03", "share": 50}, "pools.0.leave.0.share"),
    ],
)
def test_leave_that_cannot_be_is_told_at_its_place(leave: dict[str, Any], told: str) -> None:
    assert told in faults(pools=[{"name": "A", "capacity_person_weeks_per_week": 1, "leave": [leave]}])


def test_all_faults_are_told_together() -> None:
    told = faults(metrics=[{"name": "A", "stage": "Win"}], tensions=[["A", "B"]], hand_offs=[])

    assert "metrics.0.stage" in told
    assert "tensions.0.1" in told


@pytest.mark.parametrize("name", ["grocery", "hospital", "insurer", "saas", "telecom"])
def test_a_company_told_and_read_again_is_the_same(name: str) -> None:
    file = read_company((shared_data("companies") / name / "company.json").read_bytes())
    known = laid_over(EMPTY, file)

    again = laid_over(EMPTY, read_company(json.dumps(company_told(known)).encode()))

    assert again == known
    assert [len(each) for each in (known.metrics, known.pools, known.problems, known.tensions)] == [
        len(each) for each in (file.metrics, file.pools, file.problems, file.tensions)
    ]
    assert all(metric.owner for metric, part in zip(known.metrics, file.metrics, strict=True) if part.owner)
