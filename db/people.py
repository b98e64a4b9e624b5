"""People."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from db.scope import Scope
from db.tables import Numbered, Row, folded, within
from planning.workspace.values import Person, Role


class PersonRow(Numbered, Row):
    """Somebody who takes part."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("workspace_id", "slack_id"), within("department_id", "departments"))

    name: Mapped[str]
    folded: Mapped[str]
    slack_id: Mapped[str | None]
    department_id: Mapped[int | None]
    zone: Mapped[str]
    roles: Mapped[list[object]]
    left_at: Mapped[datetime | None]

    def fill(self, person: Person) -> None:
        """Take over what the value says."""
        self.name, self.folded = person.name, folded(person.name)
        self.slack_id, self.department_id, self.zone = person.slack_id, person.department, person.zone
        self.roles, self.left_at = [*sorted(person.roles)], person.left_at

    def value(self) -> Person:
        """The row as planning knows it."""
        roles = frozenset(Role(str(role)) for role in self.roles)
        return Person(self.id, self.name, self.slack_id, self.department_id, self.zone, roles, self.left_at)


@dataclass(frozen=True, slots=True)
class SqlPeople:
    """The people of a workspace, in the order in which they came."""

    scope: Scope

    def all(self) -> list[Person]:
        """Everybody."""
        return [PersonRow.value(row) for row in self.scope.plain(PersonRow, PersonRow.id)]

    def by_id(self, id: int) -> Person:
        """The person with a number."""
        return self._row(id).value()

    def by_slack(self, slack_id: str) -> Person | None:
        """The person behind a Slack id, if known."""
        row = self.scope.session.scalar(self.scope.select(PersonRow).where(PersonRow.slack_id == slack_id))
        return None if row is None else row.value()

    def add(
        self,
        name: str,
        *,
        slack_id: str | None = None,
        department: int | None = None,
        zone: str = "UTC",
        roles: frozenset[Role] = frozenset(),
    ) -> Person:
        """A new person."""
        person = Person(self.scope.number(PersonRow), name, slack_id, department, zone, roles)
        row = PersonRow(workspace_id=self.scope.workspace, id=person.id)
        row.fill(person)
        self.scope.keep(row)
        return person

    def save(self, person: Person) -> None:
        """Write the person as they are now."""
        row = self._row(person.id)
        row.fill(person)
        self.scope.keep(row)

    def _row(self, id: int) -> PersonRow:
        return self.scope.one(PersonRow, id, "I do not know this person.")
