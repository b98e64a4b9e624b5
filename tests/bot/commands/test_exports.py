from pathlib import Path

from tests.bot.commandline import Concord, told

RECORDS = ["check_ins.csv", "findings.json", "audit.jsonl"]
FILES = ["initiatives.csv", "company.json", "readings.csv", "amended_readings.csv", *RECORDS]


def test_everything_is_written_and_importing_it_changes_nothing(filled: Concord, tmp_path: Path) -> None:
    assert told(filled("export", "--to", "out", "--json"))["files"] == FILES

    again = filled("import", "out")

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(FILES)
    assert "There is nothing to write" in again.stdout


def test_an_export_into_an_empty_register_gives_the_same_export_again(filled: Concord, tmp_path: Path) -> None:
    filled("export", "--to", "first")
    other = ("--database-url", "sqlite:///other.db")

    assert filled(*other, "import", "first", "--yes").exit_code == 0
    filled(*other, "export", "--to", "second")

    for name in FILES[:2]:
        assert (tmp_path / "second" / name).read_text() == (tmp_path / "first" / name).read_text()


def test_initiatives_may_be_written_as_json(filled: Concord, tmp_path: Path) -> None:
    filled("export", "--format", "json", "--to", "out")

    assert '"title": "Shorter calls"' in (tmp_path / "out" / "initiatives.json").read_text()
