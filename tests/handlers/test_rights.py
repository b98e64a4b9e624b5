"""Every entry against every standing: who may is served; who may not is told whom to ask, and nothing changes.

Whether somebody may is decided without the database, so that one kind of it is enough here.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL

from db.database import Database
from db.engine import open_engine
from handlers.ids import Action, Step
from handlers.listening import COMMANDS
from planning.workspace.rights import Who
from tests.builders import ENCODER
from tests.handlers.entries import ENTRIES, Rights
from tests.handlers.standing import MEMBERS, STRANGERS, WAYS, Entry, Trial, all_that_can_be_done, office
from tests.tenancy.visiting import Json

Bodies = dict[Entry, list[Json]]
Fresh = Callable[[], Database]
OWN_DEPARTMENTS = ("action", Action.SCHEDULE_ADD)
"""Says not for which department: for the first that lacks a digest and is the person’s."""


@pytest.fixture(scope="module")
def fresh(sqlite_template: Path) -> Iterator[Fresh]:
    """Databases without workspaces."""
    opened: list[Database] = []
    numbers = count()

    def another() -> Database:
        path = sqlite_template.with_name(f"rights-{next(numbers)}.db")
        shutil.copyfile(sqlite_template, path)
        opened.append(Database(open_engine(URL.create("sqlite", database=str(path))), ENCODER))
        return opened[-1]

    yield another
    for database in opened:
        database.close()


@pytest.fixture(scope="module")
def bodies(fresh: Fresh) -> Bodies:
    """What can be sent to each entry."""
    return all_that_can_be_done(fresh())


def rights_of(entry: Entry) -> Rights:
    kind, id = entry
    return next(rights for known, rights in ENTRIES[kind].items() if re.fullmatch(rf"{known}(_\d+)?", id))


def test_every_way_in_has_its_right_and_there_is_no_right_without_a_way_in(fresh: Fresh) -> None:
    listed = {(kind, id) for kind, ids in ENTRIES.items() for id in ids if kind != "command"}
    listened = {(kind, id.removesuffix(r"(_\d+)?")) for kind, id in office(fresh()).app.entries if kind != "command"}

    assert listed - {("function", Step.REGISTER)} == listened
    assert {*ENTRIES["command"]} == {"help", *(one.name for one in COMMANDS)}


def test_every_way_in_is_tried(bodies: Bodies) -> None:
    ways = {(kind, id) for kind in WAYS for id in ENTRIES[kind]}

    assert {(kind, re.sub(r"_\d+$", "", id)) for kind, id in bodies} >= ways - {("options", "value")}


@pytest.mark.parametrize("name", MEMBERS)
def test_members_get_what_their_rights_are(fresh: Fresh, bodies: Bodies, name: str) -> None:
    refused = []
    for standing in MEMBERS[name]:
        trial = Trial.of(fresh(), standing)
        barred = {entry: each for entry, each in bodies.items() if not standing.may(rights_of(entry))}
        if Who.LEAD in standing.who:
            barred.pop(OWN_DEPARTMENTS, None)
        before = trial.rows()

        assert [entry for entry, each in barred.items() if not trial.refused(each[0])] == []
        assert trial.rows() == before
        due = {entry: each for entry, each in bodies.items() if standing.must(rights_of(entry))}
        refused.append({entry for entry, each in due.items() if all([*map(trial.refused, each)])})

    assert set.intersection(*refused) == set()


@pytest.mark.parametrize("name", STRANGERS)
def test_who_does_not_belong_here_gets_nothing_at_all(fresh: Fresh, bodies: Bodies, name: str) -> None:
    standing = STRANGERS[name]
    trial = Trial.of(fresh(), standing)
    before = trial.rows()

    served = [entry for entry, each in bodies.items() if standing.refusal not in trial.told(each[0])]

    assert [entry for entry in served if entry[0] != "options"] == []
    assert trial.rows() == before
