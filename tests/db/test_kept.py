import re
from collections import Counter
from pathlib import Path

from db.registers import TABLES
from handlers.views.data_terms import GOES, LABELS
from planning.data.values import TERMS, Kept

README = Path(__file__).parents[2] / "README.md"
SECTION = README.read_text().partition("## What Concord keeps\n")[2].partition("\n## ")[0]
ROWS = [line.split("|") for line in SECTION.splitlines() if line.startswith("| ")][1:]


def test_the_readme_says_of_each_table_once_what_is_kept_in_it_and_for_how_long() -> None:
    named = Counter(name for *_, tables, _ in ROWS for name in re.findall(r"`(\w+)`", tables))

    assert named == Counter(table.name for table in TABLES.sorted_tables)


def test_the_readme_tells_the_usual_terms() -> None:
    told = {name: term for _, _, _, term, tables, _ in ROWS for name in re.findall(r"`(\w+)`", tables)}
    tables = {Kept.MESSAGES: "outbox", Kept.DUE_TIMES: "occurrences", Kept.CHECK_INS: "check_ins"}

    assert tables.keys() == TERMS.keys() == LABELS.keys() == GOES.keys()
    assert all(f"{TERMS[kept].usual} days" in told[table] for kept, table in tables.items())
