import json
from dataclasses import replace
from typing import Any

import pytest

from db.database import Database
from planning.findings.values import Kind, State
from planning.initiatives.values import Contact, Effect, Intent, Request, Status
from planning.metrics.values import Direction, Metric
from planning.problems.values import Part, Problem
from planning.register import Register, Registers
from planning.resources.values import Pool
from planning.transfer.company import read_company
from planning.transfer.exporting import Format, export_files
from planning.transfer.laying import laid_over
from planning.transfer.naming import known_in
from planning.transfer.settling import apply_company
from planning.workspace.values import Role
from tests.builders import NOW, draft, window
from tests.planning.transfer.given import Scattered, imported, issues, planned
from tests.planning.transfer.test_company_aims import AIMS

ODD = 'a; b|c \\ "d", é <@U1>'


def exported(register: Register, form: Format = Format.CSV) -> dict[str, str]:
    findings = [f for kind in Kind for f in register.findings.page(kind, NOW, 99, states=tuple(State)).items]
    return export_files(known_in(register), findings, register.audit.since(None), NOW, form)


def settle(register: Register, company: str) -> bool:
    known = known_in(register)
    return apply_company(register, known, laid_over(known, read_company(company.encode())), None, NOW)


def fill(register: Register) -> None:
    """A company with an imported initiative and two of Slack, one of which was given up for the other."""
    settle(register, json.dumps(AIMS))
    journeys, owner = register.journeys, register.people.add("Ola", slack_id="U0OLA", roles=frozenset({Role.STEWARD}))
    segment, touchpoint = journeys.add_segment(ODD), journeys.add_touchpoint("=SUM(A1)")
    metric, pool = register.metrics.add(Metric(0, f"{ODD}:up")), register.pools.add(Pool(0, ODD, 0.1))
    contact = Contact(segment.id, touchpoint.id, Intent.WIN, window())
    imported(register, "id,title,department,status,source,link\n1,Calls,Claims,paused,board,MKT-1\n")
    (row,) = Scattered().encode(["x"])
    department = register.departments.all()[0].id
    full = draft(
        title="=HYPERLINK(1)",
        problem="-1\nsecond line; and more",
        department=department,
        owner=owner.id,
        status=Status.IDEA,
        segments=(segment.id,),
        touchpoints=(touchpoint.id,),
        contacts=(contact, replace(contact, intent=Intent.BILL)),
        effects=(Effect(metric.id, Direction.DOWN), Effect(1, Direction.UP)),
        requests=(Request(pool.id, 2.5, window()), Request(pool.id, 6, window(days=3))),
        links=("https://a.example/?q=1;2",),
        serves=register.problems.add(Problem(0, ODD)).id,
        supplies=(Part.POLICY, Part.HAND_OFF),
        movable=window(days=99),
    )
    host = register.initiatives.add(full, row, NOW)
    joined = register.initiatives.add(draft(department=department), row, NOW)
    register.initiatives.save(replace(joined, joined=host.id))


@pytest.fixture
def filled(registers: Registers) -> Registers:
    with registers.writing() as register:
        fill(register)
    return registers


def test_importing_an_export_changes_nothing(filled: Registers) -> None:
    with filled.writing() as register:
        files = exported(register)

        assert not settle(register, files["company.json"])
        plan = planned(files["initiatives.csv"], known_in(register), source="another name")

    assert plan.counts() == {"new": 0, "changed": 0, "unchanged": 3, "rejected": 0}


def test_an_export_into_an_empty_workspace_gives_the_same_export_again(filled: Registers, database: Database) -> None:
    with filled.reading() as register:
        files = exported(register)
    other = database.registers(database.ensure_workspace("other", name="Other").id)
    with other.writing() as register:
        settle(register, files["company.json"])
        imported(register, files["initiatives.csv"])
    with other.reading() as register:
        again = exported(register)

    assert again["initiatives.csv"] == files["initiatives.csv"]
    assert again["company.json"] == files["company.json"]


def test_no_cell_of_an_export_is_a_formula(filled: Registers) -> None:
    with filled.reading() as register:
        text = exported(register)["initiatives.csv"]

    assert "'=HYPERLINK(1)" in text
    assert not [line for line in text.splitlines() for cell in line.split(",") if cell[:1] in ("=", "+", "-", "@")]


def test_kept_columns_come_back_also_under_names_of_ours(filled: Registers) -> None:
    with filled.reading() as register:
        header = exported(register)["initiatives.csv"].splitlines()[0]

    assert header.endswith(",joined,extra: source,link")


def test_findings_and_the_audit_log_are_written_as_values(filled: Registers) -> None:
    with filled.reading() as register:
        files = exported(register, Format.JSON)

    findings: list[dict[str, Any]] = json.loads(files["findings.json"])
    log = [json.loads(line) for line in files["audit.jsonl"].splitlines()]
    (calls, *_) = json.loads(files["initiatives.json"])
    assert findings[0]["reasons"]
    assert findings[0]["facts"][0]["kind"]
    assert "company.imported" in {entry["verb"] for entry in log}
    assert calls["extras"] == {"source": "board", "link": "MKT-1"}


def test_a_company_gets_back_what_concord_does_not_use_yet(filled: Registers) -> None:
    with filled.reading() as register:
        company = json.loads(exported(register)["company.json"])

    assert company["brand_values"] == ["Easy"]
    assert company["departments"][0]["lead"] == "Ada Berg"
    assert company["people"][-1] == {
        "name": "Ola",
        "department": None,
        "slack_id": "U0OLA",
        "zone": "UTC",
        "roles": ["steward"],
    }


def test_an_export_reads_without_anything_to_report(filled: Registers) -> None:
    with filled.reading() as register:
        assert issues(planned(exported(register)["initiatives.csv"], known_in(register))) == []


def test_what_was_read_of_a_company_is_told_as_it_was_read(filled: Registers) -> None:
    with filled.reading() as register:
        company = json.loads(exported(register)["company.json"])

    assert company["metrics"][0] == AIMS["metrics"][0] | {"stage": "Claim"}
    assert company["pools"][0]["leave"] == sorted(AIMS["pools"][0]["leave"], key=lambda leave: leave["from"])
    assert company["hand_offs"] == [AIMS["hand_offs"][0] | {"receiver": "Claims"}]
    assert company["problems"][0] == AIMS["problems"][0]
    assert company["segments"][0] == AIMS["segments"][0]
    (tension,) = company["tensions"]
    assert (set(tension[:2]), tension[2]) == ({"Handling time", "Paid in a week"}, "Haste makes waste.")


def test_what_an_initiative_asks_for_is_told_as_numbers_and_days(filled: Registers) -> None:
    with filled.reading() as register:
        (_, full, _) = json.loads(exported(register, Format.JSON)["initiatives.json"])

    assert full["metric_effects"] == [f"{ODD}:up:down", "Handling time:up"]
    assert full["requests"][1] == {"pool": ODD, "person_weeks": 6, "from": "2027-03-01", "to": "2027-03-03"}
    assert (full["serves_problem"], full["supplies"]) == (ODD, ["policy", "hand-off"])
    assert (full["movable_from"], full["movable_until"]) == ("2027-03-01", "2027-06-07")
