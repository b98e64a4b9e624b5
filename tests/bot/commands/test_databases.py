import sqlite3
from contextlib import closing
from pathlib import Path

from tests.bot.commandline import Concord, told


def test_the_tables_are_made_and_their_version_is_told(concord: Concord) -> None:
    assert told(concord("db", "current", "--json"))["revision"] is None
    revision = told(concord("db", "upgrade", "--json"))["revision"]

    assert revision
    assert revision in concord("db", "current").stdout


def test_a_backup_is_whole_while_somebody_writes(filled: Concord, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "concord.db")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE initiatives SET title = 'half done'")
        result = filled("db", "backup", "copies/monday.db")

    assert result.exit_code == 0, result.output
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["monday.db"]
    assert told(filled("--database-url", "sqlite:///copies/monday.db", "overlaps", "--json"))["total"] == 1


def test_an_older_backup_is_never_overwritten(filled: Concord, tmp_path: Path) -> None:
    (tmp_path / "old.db").write_text("precious")

    assert filled("db", "backup", "old.db").exit_code == 1
    assert (tmp_path / "old.db").read_text() == "precious"


def test_postgresql_is_left_to_its_own_tool(concord: Concord) -> None:
    result = concord("--database-url", "postgresql://nobody@localhost/none", "db", "backup", "x")

    assert (result.exit_code, "pg_dump" in result.stderr) == (1, True)
