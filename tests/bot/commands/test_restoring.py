"""A backup taken while somebody writes is whole, and comes back with `concord db restore`."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.bot.commandline import Concord, told
from tests.bot.sandbox.world import until

WRITER = """
import sqlite3, sys
register = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
register.execute("CREATE TABLE parents (id INTEGER PRIMARY KEY)")
register.execute("CREATE TABLE written (n INTEGER PRIMARY KEY, parent INTEGER REFERENCES parents (id))")
for n in range(1, 1_000_000):
    register.execute("BEGIN IMMEDIATE")
    register.execute("INSERT INTO parents VALUES (?)", (n,))
    register.execute("INSERT INTO written VALUES (?, ?)", (n, n))
    register.execute("COMMIT")
"""


@contextmanager
def somebody_writes(register: Path) -> Iterator[None]:
    """A process that writes one row after the other, until it is killed."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(register)]) as writer:
        try:
            until(lambda: written(register) > 500, seconds=30)
            yield
        finally:
            writer.kill()


def written(file: Path) -> int:
    with closing(sqlite3.connect(file, timeout=30)) as reader:
        try:
            count: int = reader.execute("SELECT count(*) FROM written").fetchone()[0]
        except sqlite3.OperationalError:
            return 0
        return count


def titles(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as reader:
        return {title for (title,) in reader.execute("SELECT title FROM initiatives")}


def change(file: Path, title: str) -> None:
    with closing(sqlite3.connect(file)) as writer:
        writer.execute("UPDATE initiatives SET title = ?", (title,))
        writer.commit()


def test_a_backup_taken_while_thousands_are_written_is_of_one_moment(filled: Concord, tmp_path: Path) -> None:
    register = tmp_path / "concord.db"
    with somebody_writes(register):
        before = written(register)
        result = filled("db", "backup", "copy.db")
        assert result.exit_code == 0, result.output
        until(lambda: written(register) > before + 2000, seconds=60)

    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
        count, last = copy.execute("SELECT count(*), max(n) FROM written").fetchone()
        assert before <= count == last < written(register)
        assert copy.execute("SELECT count(*) FROM parents").fetchone() == (count,)


def test_a_backup_comes_back_and_the_other_register_is_kept(filled: Concord, tmp_path: Path) -> None:
    register = tmp_path / "concord.db"
    before = titles(register)
    filled("db", "backup", "copy.db")
    change(register, "Everything lost")

    result = told(filled("db", "restore", "copy.db", "--json"))

    assert titles(register) == before
    assert titles(Path(result["before"])) == {"Everything lost"}
    assert told(filled("overlaps", "--json"))["total"] == 1


def test_what_was_written_ahead_of_the_old_register_is_not_played_into_the_new_one(
    filled: Concord, tmp_path: Path
) -> None:
    register = tmp_path / "concord.db"
    before = titles(register)
    filled("db", "backup", "copy.db")
    crashed(register)
    assert (tmp_path / "concord.db-wal").stat().st_size

    assert filled("db", "restore", "copy.db").exit_code == 0
    assert titles(register) == before
    assert not (tmp_path / "concord.db-wal").exists()


def crashed(register: Path) -> None:
    """A process changes every title, and dies before that is anywhere but in the log beside the register."""
    program = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA journal_mode = WAL'); "
        "c.execute(\"UPDATE initiatives SET title = 'half'\"); c.commit(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, str(register)], check=True)


def test_a_register_in_use_is_left_alone(filled: Concord, tmp_path: Path) -> None:
    register = tmp_path / "concord.db"
    filled("db", "backup", "copy.db")
    change(register, "At work")
    with closing(sqlite3.connect(register)) as bot:
        bot.execute("PRAGMA journal_mode = WAL")
        bot.execute("SELECT count(*) FROM initiatives").fetchone()
        refused = filled("db", "restore", "copy.db")

    assert (refused.exit_code, "Stop Concord" in refused.stderr) == (1, True)
    assert titles(register) == {"At work"}


@pytest.mark.parametrize("content", [b"precious", b"SQLite format 3\x00 and no more"], ids=["text", "torn"])
def test_what_is_no_register_is_not_restored(filled: Concord, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other.db").write_bytes(content)

    assert filled("db", "restore", "other.db").exit_code == 1
    assert titles(tmp_path / "concord.db")


def test_a_database_of_something_else_is_not_restored(filled: Concord, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE songs (id)")

    refused = filled("db", "restore", "other.db")

    assert (refused.exit_code, "something else" in refused.stderr) == (1, True)


def test_a_damaged_register_makes_room_for_its_backup(filled: Concord, tmp_path: Path) -> None:
    filled("db", "backup", "copy.db")
    (tmp_path / "concord.db").write_bytes(b"\x00garbage" * 1000)

    assert filled("db", "restore", "copy.db").exit_code == 0
    assert told(filled("overlaps", "--json"))["total"] == 1
