"""The real portfolios and the companies, each read in twice."""

from pathlib import Path

import pytest

from bot.importing import Outcome, bring_in, read_path
from db.registers import SqlRegisters
from planning.transfer.naming import known_in
from tests.builders import NOW, TODAY
from tests.planning.transfer.given import Scattered
from tests.shared_data import shared_data

PORTFOLIOS = {
    "A1_us_cx_executive_order_commitments.csv": (36, 2),
    "A2_us_performance_goals_fy22_23.csv": (460, 0),
    "A3_uk_gmpp_2021.csv": (184, 0),
    "A6_us_ai_use_cases_2023.csv": (710, 5),
    "A6_us_ai_use_cases_2024.csv": (2133, 13),
    "A7_au_digital_projects_2024.csv": (91, 0),
}
"""File → its rows, and the lines of which there is something to tell."""
COMPANIES = {"grocery": 0, "hospital": 0, "insurer": 0, "saas": 19, "telecom": 0}


def twice(registers: SqlRegisters, path: Path) -> tuple[Outcome, Outcome]:
    incoming = read_path(path, TODAY)
    return bring_in(registers, incoming, Scattered(), NOW), bring_in(registers, incoming, Scattered(), NOW)


@pytest.mark.parametrize("name", PORTFOLIOS)
def test_a_real_portfolio_goes_in_and_the_second_time_changes_nothing(registers: SqlRegisters, name: str) -> None:
    rows, reported = PORTFOLIOS[name]

    first, second = twice(registers, shared_data(name))

    assert first.result.counts == {"new": rows, "changed": 0, "unchanged": 0, "rejected": 0}
    assert second.result.counts == {"new": 0, "changed": 0, "unchanged": rows, "rejected": 0}
    assert first.plan.reported == reported
    assert None not in {status for word, status in first.plan.statuses.items() if word not in ("Unavailable", "Exempt")}


def test_goals_that_share_a_title_stay_apart(registers: SqlRegisters) -> None:
    twice(registers, shared_data("A2_us_performance_goals_fy22_23.csv"))

    with registers.reading() as register:
        initiatives = register.initiatives.all()
    titles = {initiative.draft.title for initiative in initiatives}
    assert len(titles) < len(initiatives) == len({initiative.source_id for initiative in initiatives})


@pytest.mark.parametrize("name", COMPANIES)
def test_a_company_goes_in_whole_and_the_second_time_changes_nothing(registers: SqlRegisters, name: str) -> None:
    first, second = twice(registers, shared_data(f"companies/{name}"))

    with registers.reading() as register:
        known = known_in(register)
    assert (first.result.counts["new"], first.plan.reported) == (90, COMPANIES[name])
    assert (second.result.counts["unchanged"], second.company_changed) == (90, False)
    assert len(known.departments) == len([person for person in known.people if person.roles]) == 10
    assert any(initiative.draft.contacts for initiative in known.initiatives.values())
