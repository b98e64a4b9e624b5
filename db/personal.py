"""What is kept about one person: found by foreign keys and in every text, so that no new table is left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    LargeBinary,
    Select,
    Table,
    Text,
    and_,
    cast,
    delete,
    false,
    func,
    or_,
    select,
    update,
)

from db.alerts import AlertRow
from db.check_ins import CheckInRow
from db.copies import Copies
from db.installation_rows import InstallationRow
from db.polls import InvitationRow
from db.postings import MessageRow
from db.preferences import PreferencesRow
from db.schedule_rows import OccurrenceRow, ScheduleRow
from db.scope import Scope
from db.tables import Row, Wording
from planning.data.naming import Marks
from planning.data.values import Trace
from planning.outbox.values import Address
from planning.schedules.values import ScheduleKind
from planning.workspace.values import Person

_LEFT_OUT = frozenset({"api_keys.digest"})
"""Fingerprints of secrets. What is binary, which are vectors and sealed tokens, and folded copies are left out too."""


@dataclass(frozen=True, slots=True)
class SqlPersonal:
    """What a workspace keeps about one person."""

    scope: Scope

    def traces(self, person: Person, *, texts: bool = False) -> Iterator[Trace]:
        """Each row that is tied to them; with `texts`, then those that only name them."""
        for table in _owned():
            yield from self._tied(table, person)
        if texts:
            for table in _owned():
                yield from self._naming(table, person)

    def own(self, person: Person) -> Mapping[str, int]:
        """How many rows are only theirs and would go, by what they are."""
        return {words: self._count(row, among) for words, (row, among) in self._theirs(person).items()}

    def erase(self, person: Person, *, named: bool = True) -> None:
        """Delete what is only theirs, and take their Slack id, and where `named` their name, out of all copies."""
        session, id = self.scope.session, person.id
        for row, among in self._theirs(person).values():
            session.execute(delete(row).where(among))
        mine = self.scope.owns(InvitationRow), InvitationRow.person_id == id
        session.execute(update(InvitationRow).where(*mine).values(answer=None))
        asked = self.scope.owns(CheckInRow), CheckInRow.person_id == id
        session.execute(update(CheckInRow).where(*asked).values(note=""))
        here = InstallationRow.workspace_id == self.scope.workspace
        installed = here, InstallationRow.installed_by == person.slack_id
        session.execute(update(InstallationRow).where(*installed).values(installed_by=""))
        Copies(self.scope, person, Marks.of(person, named=named)).scrub()
        session.expire_all()

    def _theirs(self, person: Person) -> dict[str, tuple[type[Row], ColumnElement[bool]]]:
        """What nobody else needs, in the order in which it can go."""
        address = str(Address.person(person.slack_id)) if person.slack_id else ""
        own_list = (ScheduleRow.kind == ScheduleKind.PERSONAL, ScheduleRow.subject == person.id)
        schedules = select(ScheduleRow.id).where(self.scope.owns(ScheduleRow), *own_list)
        owns = self.scope.owns
        told = or_(AlertRow.person_id == person.id, AlertRow.address == address)
        return {
            "messages to them": (MessageRow, and_(owns(MessageRow), MessageRow.address == address)),
            "alerts to them": (AlertRow, and_(owns(AlertRow), told)),
            "preferences": (PreferencesRow, and_(owns(PreferencesRow), PreferencesRow.person_id == person.id)),
            "times of their own list": (
                OccurrenceRow,
                and_(owns(OccurrenceRow), OccurrenceRow.schedule_id.in_(schedules)),
            ),
            "schedule of their own list": (ScheduleRow, and_(owns(ScheduleRow), *own_list)),
        }

    def _count(self, row: type[Row], among: ColumnElement[bool]) -> int:
        return self.scope.session.scalar(select(func.count()).select_from(row).where(among)) or 0

    def _tied(self, table: Table, person: Person) -> Iterator[Trace]:
        for found in self.scope.session.execute(self._shown(table).where(_ties(table, person))).mappings():
            yield Trace(table.name, _plain(found))

    def _naming(self, table: Table, person: Person) -> Iterator[Trace]:
        marks, texts = Marks.of(person), [column for column in _shown_of(table) if _holds_text(column)]
        likely = or_(false(), *(_contains(column, mark) for column in texts for mark in marks.likely))
        chosen = self._shown(table).where(likely, ~_ties(table, person))
        for found in self.scope.session.execute(chosen).mappings():
            if any(marks.found_in(found[column.name]) for column in texts):
                yield Trace(table.name, _plain(found), tied=False)

    def _shown(self, table: Table) -> Select[Any]:
        mine = table.c.workspace_id == self.scope.workspace
        return select(*_shown_of(table)).where(mine).order_by(*table.primary_key.columns)


def _owned() -> list[Table]:
    return [table for table in Row.metadata.sorted_tables if "workspace_id" in table.c]


def _shown_of(table: Table) -> list[Column[Any]]:
    hidden = ("workspace_id", "folded")
    named = [
        column for column in table.c if column.name not in hidden and f"{table.name}.{column.name}" not in _LEFT_OUT
    ]
    return [column for column in named if not isinstance(column.type, LargeBinary)]


def _ties(table: Table, person: Person) -> ColumnElement[bool]:
    """Whether a row says, by more than a text, that it is about the person."""
    keys = [key for key in table.foreign_key_constraints if key.referred_table.name == "people"]
    ties: list[ColumnElement[bool]] = [element.parent == person.id for key in keys for element in key.elements[1:]]
    if table.name == "people":
        ties.append(table.c.id == person.id)
    if table.name == "audit":
        ties.append(table.c.subject == f"person:{person.id}")
    if table.name == "schedules":
        ties.append(and_(table.c.kind == ScheduleKind.PERSONAL, table.c.subject == person.id))
    if person.slack_id and "address" in table.c:
        ties.append(table.c.address == str(Address.person(person.slack_id)))
    if person.slack_id and "installed_by" in table.c:
        ties.append(table.c.installed_by == person.slack_id)
    return func.coalesce(or_(false(), *ties), false())


def _holds_text(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON | Wording)


def _contains(column: Column[Any], mark: str) -> ColumnElement[bool]:
    return cast(column, Text).contains(mark, autoescape=True)


def _plain(found: Mapping[Any, Any]) -> dict[str, object]:
    """What stands in a row, as far as something does, for JSON: moments and days as text."""
    said = {str(name): value for name, value in found.items() if value not in (None, "")}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in said.items()}
