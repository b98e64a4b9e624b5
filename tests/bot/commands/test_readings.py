from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db.database import open_database
from tests.bot.commandline import Concord, told

FILE = (
    "service,question,quarter,mean,answers,remark\n"
    "Visa,Easy?,2023 Q1,4.1,310,\n"
    "Visa,Easy?,2023 Q2,,0,\n"
    "Visa,Fair?,2023 Q1,4.3,310,<b>[red]\n"
)
WISH = ("--map", "metric={service}: {question}", "--new-metrics")


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    """Survey results, one of them without a mean."""
    path = tmp_path / "scores.csv"
    path.write_text(FILE)
    return path


def test_readings_are_shown_before_they_are_taken(filled: Concord, scores: Path) -> None:
    result = filled("readings", scores, *WISH)

    assert result.exit_code == 0, result.output
    for said in (
        "metric         ← {service}: {question}",
        "not used: remark",
        "2 metrics will be made: Visa: Easy?, Visa: Fair?",
        "2023-03-31  4.1, 310 respondents  Visa: Easy?",
        "line 3: mean says no value; fill it in",
        "In all: 2 added, 0 amended, 0 same, 1 rejected.",
        "Nothing was written. Say --write to take them in.",
    ):
        assert said in result.stdout


def test_readings_are_taken_once(filled: Concord, scores: Path) -> None:
    first = told(filled("readings", scores, *WISH, "--write", "--json"))
    again = told(filled("readings", scores, *WISH, "--write", "--json"))

    assert (first["written"], first["counts"]["added"], first["made"]) == (True, 2, ["Visa: Easy?", "Visa: Fair?"])
    assert (again["written"], again["counts"]["same"], again["made"]) == (False, 2, [])


@pytest.mark.parametrize("zone", ["Etc/GMT-14", "Etc/GMT+12"], ids=["far east", "far west"])
def test_the_last_day_of_a_reading_is_that_of_the_workspace(filled: Concord, tmp_path: Path, zone: str) -> None:
    database = open_database(f"sqlite:///{tmp_path}/concord.db")
    with database.workspace(None).writing() as register:
        register.workspaces.save(replace(register.workspaces.current(), zone=zone))
    today = datetime.now(ZoneInfo(zone)).date()
    (tmp_path / "now.csv").write_text(f"metric,on,value\nA,{today},1\nA,{today + timedelta(days=1)},1\n")

    result = told(filled("readings", tmp_path / "now.csv", "--new-metrics", "--json"))

    database.close()
    assert (result["counts"]["added"], result["counts"]["rejected"]) == (1, 1)


def test_names_that_are_no_metrics_are_told(filled: Concord, scores: Path) -> None:
    result = filled("readings", scores, "--write")

    assert "not known: Easy?, Fair?" in result.stdout
    assert "There is nothing to write" in result.stdout


def test_a_fault_is_told_without_a_traceback(filled: Concord, scores: Path) -> None:
    for arguments, said in (
        (["readings", scores, "--map", "value=median"], "There is no column “median” for value"),
        (["readings", "nowhere.csv"], "nowhere.csv"),
    ):
        result = filled(*arguments)
        assert (result.exit_code, said in result.stderr) == (1, True), result.output
        assert "Traceback" not in result.output


def test_a_folder_brings_its_readings_and_gives_them_back(filled: Concord, scores: Path, tmp_path: Path) -> None:
    told(filled("readings", scores, *WISH, "--write", "--json"))
    filled("export", "--to", "out", "--json")
    database = ("--database-url", f"sqlite:///{tmp_path}/other.db")

    first = told(filled(*database, "import", "out", "--yes", "--json"))
    again = filled(*database, "import", "out", "--yes")

    assert first["readings"]["counts"]["added"] == 2
    assert "There is nothing to write" in again.stdout
    assert "Visa: Fair?,2023-03-31,4.3,310,1," in (tmp_path / "out" / "readings.csv").read_text()
