import json
from dataclasses import replace
from typing import Any

import pytest

from planning.transfer.company import read_company
from planning.transfer.laying import laid_over
from planning.transfer.naming import Known
from planning.transfer.values import TransferFault
from planning.workspace.values import Channel, Department, Person, Role
from tests.planning.transfer.given import EMPTY

FILE: dict[str, Any] = {
    "name": "Harbour Mutual",
    "timezone": "Europe/London",
    "brand_values": ["Easy"],
    "departments": [
        {"name": "Claims", "lead": "Ada Berg", "channel": "#claims", "people": ["Ada Berg", "Bo Lind"]},
        {"name": "Sales", "lead": None, "channel": None, "people": []},
    ],
    "journey": [
        {"name": "Join", "definition": "Signing up.", "weight": 4, "owner": None},
        {"name": "Claim", "weight": 5, "owner": "Claims"},
    ],
    "segments": [{"name": "Young", "parent": "Members"}, {"name": "Members", "parent": None}],
    "touchpoints": ["Letter"],
}


def after(known: Known = EMPTY, **fields: Any) -> Known:
    return laid_over(known, read_company(json.dumps(FILE | fields).encode()))


def test_a_companys_file_is_read_whole() -> None:
    known = after()

    assert (known.workspace.name, known.workspace.zone) == ("Harbour Mutual", "Europe/London")
    assert known.workspace.extras == {"brand_values": ["Easy"]}
    assert [(d.name, d.channel) for d in known.departments] == [("Claims", Channel("claims")), ("Sales", None)]
    claims, ada = known.departments[0].id, known.people[0]
    assert [(p.name, p.leads(claims), p.zone) for p in known.people] == [
        ("Ada Berg", True, "Europe/London"),
        ("Bo Lind", False, "Europe/London"),
    ]
    assert [(s.name, s.position, s.weight, s.owner) for s in known.journey.stages] == [
        ("Join", 0, 4, None),
        ("Claim", 1, 5, ada.id),
    ]
    members, young = known.journey.segments
    assert (members.name, young.name, young.parent) == ("Members", "Young", members.id)
    assert [touchpoint.name for touchpoint in known.journey.touchpoints] == ["Letter"]


def test_laying_it_over_twice_changes_nothing() -> None:
    assert after(after()) == after()


def test_nobody_becomes_a_lead_for_what_they_call_themselves_in_slack() -> None:
    known = replace(
        EMPTY,
        departments=(Department(1, "Claims"),),
        people=(Person(1, "Ada Berg", "U0FAKE", 1), Person(2, "Bo Lind", "U0BO", 1)),
    )

    people = after(known).people

    assert [(p.slack_id, p.roles) for p in people] == [
        ("U0FAKE", frozenset()),
        ("U0BO", frozenset()),
        (None, frozenset({Role.LEAD})),
    ]


def test_a_channel_that_was_chosen_in_slack_stays() -> None:
    chosen = Channel("claims-team", "C0CLAIMS")
    known = replace(EMPTY, departments=(Department(1, "Claims", chosen),))

    assert after(known).departments[0].channel == chosen


def test_people_are_met_by_their_slack_id_first() -> None:
    known = replace(EMPTY, people=(Person(1, "Ada", "U0ADA"),))

    told = [{"name": "Ada Berg", "department": "Claims", "slack_id": "U0ADA", "roles": ["steward"]}]
    people = after(known, people=told).people

    assert (people[0].department, people[0].roles) == (-1, frozenset({Role.STEWARD}))


def test_segments_that_are_part_of_each_other_end_somewhere() -> None:
    circle = [{"name": "A", "parent": "B"}, {"name": "B", "parent": "A"}]

    assert {segment.name for segment in after(segments=circle).journey.segments} == {"A", "B"}


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"name": ""}, "name"),
        ({"journey": [{"name": "Join", "weight": 9}]}, "journey.0.weight"),
        ({"departments": [{}]}, "departments.0.name"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_place(fields: dict[str, Any], place: str) -> None:
    with pytest.raises(TransferFault, match=place):
        after(**fields)


def test_what_is_no_json_is_told() -> None:
    with pytest.raises(TransferFault, match=r"company\.json cannot be read"):
        read_company(b"{")
