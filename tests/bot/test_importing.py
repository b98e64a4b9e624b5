import csv
from pathlib import Path

import pytest

from bot.commands.exports import exported
from bot.importing import bring_in, import_folder, read_path
from db.database import Database
from db.registers import SqlRegisters
from planning.outbox.values import MessageKind
from planning.transfer.values import TransferFault
from planning.workspace.values import Role
from tests.builders import NOW, TODAY
from tests.planning.transfer.given import Scattered
from tests.scheduled import nightly_pass
from tests.shared_data import shared_data

LISTS = ("metric_effects", "requests", "contacts", "serves_problem", "supplies")


class Interrupted(Exception):
    """Somebody pulls the plug."""


def tracker(folder: Path, rows: int = 3) -> Path:
    path = folder / "tracker.csv"
    path.write_text("id,title,department\n" + "".join(f"{n},Project {n},Claims\n" for n in range(rows)))
    return path


def alike(folder: Path) -> Path:
    """Two departments that do the same work."""
    path = folder / "alike.csv"
    rows = "".join(f"{n},Shorter calls,People wait,{name}\n" for n, name in enumerate(("Marketing", "Service"), 1))
    path.write_text("id,title,problem,department\n" + rows)
    return path


def said(text: str, id: str) -> dict[str, list[set[str]]]:
    """Id → what is in each cell that holds a list."""
    rows = csv.DictReader(text.splitlines(keepends=True))
    return {row[id]: [{part.strip() for part in row[column].split(";")} for column in LISTS] for row in rows}


def test_an_import_that_is_stopped_while_writing_leaves_nothing(registers: SqlRegisters, tmp_path: Path) -> None:
    def pull(what: str, _done: int, _total: int) -> None:
        if what == "Writing":
            raise Interrupted

    with pytest.raises(Interrupted):
        bring_in(registers, read_path(tracker(tmp_path), TODAY), Scattered(), NOW, pull)

    with registers.reading() as register:
        assert (register.initiatives.all(), register.departments.all()) == ([], [])


def test_progress_is_told_to_the_end(registers: SqlRegisters, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    bring_in(registers, read_path(tracker(tmp_path, 300), TODAY), Scattered(), NOW, lambda *each: told.append(each))

    assert ("Reading the texts", 300, 300) in told
    assert told[-1] == ("Writing", 300, 300)


def test_a_folder_without_its_files_is_told(tmp_path: Path) -> None:
    tracker(tmp_path).rename(tmp_path / "initiatives.csv")

    with pytest.raises(TransferFault, match=r"company\.json"):
        read_path(tmp_path, TODAY)


def test_a_company_is_read_whole_and_twice_changes_nothing(registers: SqlRegisters) -> None:
    folder = shared_data("companies/insurer")

    first = import_folder(registers, folder, Scattered(), NOW)
    second = import_folder(registers, folder, Scattered(), NOW)

    with registers.reading() as register:
        leads = [person for person in register.people.all() if Role.LEAD in person.roles]
        workspace, journey = register.workspaces.current(), register.journeys.current()
        verbs = [entry.verb for entry in register.audit.since(None)]
    assert (first.result.counts["new"], first.company_changed, first.plan.issues) == (90, True, ())
    assert (second.result.counts["unchanged"], second.company_changed) == (90, False)
    assert (workspace.name, workspace.zone, len(leads), len(journey.stages)) == (
        "Harbour Mutual",
        "Europe/London",
        10,
        9,
    )
    assert set(workspace.extras) == {"industry", "brand_values", "description"}
    assert (verbs.count("company.imported"), verbs.count("import.done"), verbs.count("finding.closed")) == (1, 1, 0)


def test_whoever_would_be_told_of_overlaps_is_told_once_in_a_summary(
    database: Database, company: SqlRegisters, tmp_path: Path
) -> None:
    incoming = read_path(alike(tmp_path), TODAY)

    foreseen = bring_in(company, incoming, Scattered(), NOW, keep=False).told
    assert not database.outbox(company.workspace).page(50).items
    done = bring_in(company, incoming, Scattered(), NOW).told
    with company.writing() as register:
        nightly_pass(register, NOW)

    sent = [one.posting for one in database.outbox(company.workspace).page(50).items]
    assert {str(alert.address) for alert in foreseen} == {"person:U0ADA", "person:U0BO"}
    assert (done, {posting.address for posting in sent}) == (foreseen, {alert.address for alert in foreseen})
    assert {posting.kind for posting in sent} == {MessageKind.ALERTS}


@pytest.mark.parametrize("name", ["grocery", "hospital", "insurer", "saas", "telecom"])
def test_a_company_that_is_exported_and_read_into_another_register_is_the_same(
    database: Database, tmp_path: Path, name: str
) -> None:
    here, there = (database.registers(database.ensure_workspace(each, name=each).id) for each in ("here", "there"))
    first = import_folder(here, shared_data("companies") / name, Scattered(), NOW)
    with here.reading() as register:
        files = exported(register, NOW)
    for file in ("company.json", "initiatives.csv"):
        (tmp_path / file).write_text(files[file])

    second = import_folder(there, tmp_path, Scattered(), NOW)
    again = import_folder(here, tmp_path, Scattered(), NOW)

    with there.reading() as register:
        copies = exported(register, NOW)
    assert {issue.column for issue in first.plan.issues} <= {"link"}
    assert second.plan.issues == ()
    assert said(files["initiatives.csv"], "source_id") == said(
        (shared_data("companies") / name / "initiatives.csv").read_text(), "id"
    )
    assert (copies["company.json"], copies["initiatives.csv"]) == (files["company.json"], files["initiatives.csv"])
    assert (again.result.counts["unchanged"], again.company_changed) == (90, False)
