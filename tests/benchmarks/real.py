"""The texts of the real and the invented portfolios beside this checkout."""

import csv
import sys
from pathlib import Path

from planning.similarity import text_of
from tests.shared_data import FOLDER

LONGEST = 600
"""Letters of a text: as much as a person writes in the form."""
_FILES = (
    "A1_us_cx_executive_order_commitments.csv",
    "A2_us_performance_goals_fy22_23.csv",
    "A3_uk_gmpp_2021.csv",
    "A6_us_ai_use_cases_2023.csv",
    "A7_au_digital_projects_2024.csv",
    *(f"companies/{name}/initiatives.csv" for name in ("insurer", "telecom", "grocery", "saas", "hospital")),
)


def real_texts() -> list[list[str]]:
    """The texts of each portfolio; ends the program, saying so, where they are not there."""
    if not FOLDER.is_dir():
        sys.exit("The real portfolios are not beside this checkout, and the speed is measured on their likes.")
    return [[_text(row) for row in _rows(FOLDER / name)] for name in _FILES]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def _text(row: dict[str, str]) -> str:
    return text_of(row["title"], row.get("description") or row.get("problem") or "")[:LONGEST]
