import json
from pathlib import Path

import pytest

from tests.bot.commandline import Concord, told

COMPANY = {
    "name": "Harbour Insurance",
    "departments": [{"name": "Claims"}, {"name": "Sales"}],
    "journey": [{"name": "Join"}],
    "pools": [{"name": "Testing", "capacity_person_weeks_per_week": 1}],
}
ROWS = (
    "id,title,department,status,start,end,stages,requests,movable_from,movable_until\n"
    "1,Letters,Claims,planned,2090-03-06,2090-03-19,Join,Testing|2|2090-03-06|2090-03-19,{one},{other}\n"
    "2,Calls,Sales,planned,2090-03-06,2090-03-19,Join,Testing|2|2090-03-06|2090-03-19,2090-03-06,2090-03-19\n"
)


def company(concord: Concord, folder: Path, *movable: str) -> None:
    """Two initiatives that ask for twice of what there is, of which the first may be moved within these days."""
    (folder / "company").mkdir()
    (folder / "company" / "company.json").write_text(json.dumps(COMPANY))
    one, other = movable
    (folder / "company" / "initiatives.csv").write_text(ROWS.format(one=one, other=other))
    assert concord("import", "company", "--yes").exit_code == 0


@pytest.mark.parametrize("scope", [("--pool", "test"), ("--stage", "Join"), ("--quarter", "2090-Q1"), ("--overlap",)])
def test_what_would_change_is_printed(concord: Concord, tmp_path: Path, scope: tuple[str, ...]) -> None:
    company(concord, tmp_path, "2090-03-06", "2090-04-30")

    overlap = told(concord("overlaps", "--rule", "resource_contention", "--json"))["items"][0]["id"]

    result = concord("propose", *scope, *([overlap] if scope == ("--overlap",) else []))

    assert result.exit_code == 0
    assert "CX-1 “Letters” (Claims) begins 2 weeks later: 20 March – 2 April 2090." in result.stdout
    assert "2 overloaded weeks → 0" in result.stdout


def test_what_cannot_be_done_ends_with_1_and_says_what_is_short(concord: Concord, tmp_path: Path) -> None:
    company(concord, tmp_path, "2090-03-06", "2090-03-19")

    result = concord("propose", "--pool", "Testing")
    values = json.loads(concord("propose", "--pool", "Testing", "--json").stdout)

    assert result.exit_code == 1
    assert "Testing: 2 person-weeks too few" in result.stdout
    assert (values["possible"], values["lacks"][0]["amount"]) == (False, 2)
    assert "Testing: 2 person-weeks too few" in values["lacks"][0]["sentence"]


def test_nothing_wrong_is_said_to_be_nothing(filled: Concord) -> None:
    assert "Nothing has to move" in filled("propose").stdout


def test_one_thing_is_named_at_a_time_and_it_must_be_there(filled: Concord) -> None:
    assert "name one of --stage" in filled("propose", "--stage", "x", "--pool", "y").stderr
    assert "No pool is called “y”" in filled("propose", "--pool", "y").stderr
