from pathlib import Path

from db.database import open_database
from planning.workspace.values import Role
from tests.bot.commandline import Concord, told


def test_an_import_shows_what_it_will_do_and_what_it_did(concord: Concord, file: Path) -> None:
    result = concord("import", file, "--yes")

    assert result.exit_code == 0
    for said in (
        "title          ← title",
        "active       ← “active”, “On Track”",
        "2 departments: Claims, Sales",
        "<b>[red]Letters[/red]",
        "line 5: has no title; give it one",
        "line 4: end “Ongoing” means no date",
        "Imported: 3 new, 0 changed, 0 unchanged, 1 rejected.",
        "1 overlap",
    ):
        assert said in result.stdout


def test_the_same_file_again_has_nothing_to_write_and_asks_nothing(filled: Concord, file: Path) -> None:
    result = filled("import", file)

    assert result.exit_code == 0
    assert "There is nothing to write" in result.stdout


def test_nothing_is_written_without_a_yes_when_nobody_can_be_asked(concord: Concord, file: Path) -> None:
    result = concord("import", file)

    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert not list(file.parent.glob("*.db"))


def test_a_dry_run_writes_nothing(concord: Concord, file: Path) -> None:
    assert "this was a dry run" in concord("import", file, "--dry-run").stdout
    assert told(concord("import", file, "--dry-run", "--json"))["counts"]["new"] == 3
    assert not list(file.parent.glob("*.db"))


def test_whoever_would_be_told_of_overlaps_is_counted_before_and_after(filled: Concord, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{next(tmp_path.glob('*.db'))}", encoder="")
    with database.workspace(None).writing() as register:
        sales = next(one for one in register.departments.all() if one.name == "Sales")
        register.people.add("Bo", slack_id="U0BO", department=sales.id, roles=frozenset({Role.LEAD}))
    database.close()
    more = tmp_path / "more.csv"
    more.write_text("id,title,problem,department\n9,Letters,Nobody understands them,Claims\n")
    more.write_text(more.read_text() + "8,Letters,Nobody understands them,Sales\n")

    before = filled("import", more, "--dry-run").stdout
    after = told(filled("import", more, "--yes", "--json"))["told"]

    assert "One summary each, in working hours, tells 1 person of " in before
    assert (after["people"], after["channels"]) == (1, 0)
    assert f"tells 1 person of {after['overlaps']} overlap" in before


def test_programs_get_counts_mapping_and_every_issue(concord: Concord, file: Path) -> None:
    answer = told(concord("import", file, "--yes", "--json"))

    assert (answer["written"], answer["counts"]["new"], answer["found"]["overlaps"]) == (True, 3, 1)
    assert answer["mapping"]["problem"] == "problem"
    assert [issue["line"] for issue in answer["issues"]] == [4, 5]


def test_columns_may_be_named(concord: Concord, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Was;Wer\nAnrufe;Kundendienst\n")

    told(concord("import", path, "--map", "title=Was", "--map", "department=Wer", "--yes", "--json"))

    assert "“Anrufe” (Kundendienst)" in concord("gaps").stdout


def test_a_fault_is_told_in_one_paragraph_without_a_traceback(concord: Concord, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(b"title\nBr\xc3\xbccke \xff\n")

    for arguments, code, said in (
        (["import", path], 1, "Line 2, byte 9 (0xff) is not UTF-8"),
        (["import", "nowhere.csv"], 1, "There is no file nowhere.csv"),
        (["import", path, "--map", "title"], 2, "FIELD=COLUMN"),
        (["import"], 2, "Missing argument"),
    ):
        result = concord(*arguments)
        assert (result.exit_code, said in result.stderr) == (code, True), result.output
        assert "Traceback" not in result.output
