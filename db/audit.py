"""The audit log: triggers of the database refuse to change or delete its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Index, insert, or_
from sqlalchemy.orm import Mapped

from db.scope import Scope
from db.tables import Numbered, Row, within
from planning.audit.values import Entry, Sought
from planning.register import Page

_AT_ONCE = 500


class AuditRow(Numbered, Row):
    """One thing done."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "workspace_id", "at", "id"), within("actor_id", "people"))

    at: Mapped[datetime]
    verb: Mapped[str]
    subject: Mapped[str]
    actor_id: Mapped[int | None]
    details: Mapped[dict[str, object]]

    def value(self) -> Entry:
        """The row as planning knows it."""
        return Entry(self.at, self.verb, self.subject, self.actor_id, self.details)


@dataclass(frozen=True, slots=True)
class SqlAudit:
    """The audit log of a workspace."""

    scope: Scope

    def add(self, entry: Entry) -> None:
        """Write what was done."""
        self.add_all([entry])

    def add_all(self, entries: Sequence[Entry]) -> None:
        """Write many things done, in this order."""
        ids = self.scope.numbers(AuditRow, len(entries)) if entries else ()
        rows = [
            {
                "workspace_id": self.scope.workspace,
                "id": id,
                "at": entry.at,
                "verb": entry.verb,
                "subject": entry.subject,
                "actor_id": entry.actor,
                "details": entry.details,
            }
            for id, entry in zip(ids, entries, strict=True)
        ]
        if rows:
            self.scope.session.execute(insert(AuditRow), rows)

    def last(self, names: Sequence[str]) -> Entry | None:
        """The newest one whose verb or subject is one of these."""
        named = or_(AuditRow.verb.in_(names), AuditRow.subject.in_(names))
        newest = self.scope.select(AuditRow).where(named).order_by(AuditRow.at.desc(), AuditRow.id.desc()).limit(1)
        row = self.scope.session.scalar(newest)
        return None if row is None else row.value()

    def since(self, since: datetime | None) -> Iterator[Entry]:
        """What was done after a moment, or ever, in order of time."""
        entries = self.scope.select(AuditRow).order_by(AuditRow.at, AuditRow.id)
        chosen = entries if since is None else entries.where(AuditRow.at > since)
        for row in self.scope.session.scalars(chosen.execution_options(yield_per=_AT_ONCE)):
            yield row.value()

    def page(self, sought: Sought, limit: int, offset: int = 0) -> Page[Entry]:
        """Those that are looked for, the newest first."""
        found = self.scope.select(AuditRow).where(*_fitting(sought))
        newest = found.order_by(AuditRow.at.desc(), AuditRow.id.desc()).limit(limit).offset(offset)
        entries = tuple(row.value() for row in self.scope.session.scalars(newest))
        return Page(entries, self.scope.total(found), offset)


def _fitting(sought: Sought) -> Iterator[ColumnElement[bool]]:
    if sought.verb:
        yield or_(AuditRow.verb == sought.verb, AuditRow.verb.startswith(f"{sought.verb}.", autoescape=True))
    if sought.subject:
        yield AuditRow.subject == sought.subject
    if sought.person is not None:
        yield or_(AuditRow.actor_id == sought.person, AuditRow.subject == f"person:{sought.person}")
