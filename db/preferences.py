"""When and of what people want to hear."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy.orm import Mapped, mapped_column

from db.scope import Scope
from db.tables import Owned, Row, within
from planning.alerts.preferences import Notice, Preferences
from planning.window import Window


class PreferencesRow(Owned, Row):
    """What one person wants; hours are text such as 09:00, days off pairs of days."""

    __tablename__ = "preferences"
    __table_args__ = (within("person_id", "people"),)

    person_id: Mapped[int] = mapped_column(primary_key=True)
    muted: Mapped[list[object]]
    begins: Mapped[str]
    ends: Mapped[str]
    weekdays: Mapped[list[object]]
    off: Mapped[list[object]]
    quiet_until: Mapped[date | None]
    morning: Mapped[bool] = mapped_column(server_default="0")
    """Read, as the next one, by replicas of the release before only; it is a schedule now."""
    listed_on: Mapped[date | None]

    def fill(self, wanted: Preferences) -> None:
        """Take over what the value says."""
        self.muted, self.weekdays = [*sorted(wanted.muted)], [*sorted(wanted.weekdays)]
        self.begins, self.ends = (f"{each:%H:%M}" for each in (wanted.begins, wanted.ends))
        self.off = [[str(window.start), str(window.end)] for window in wanted.off]
        self.quiet_until = wanted.quiet_until

    def value(self) -> Preferences:
        """The row as planning knows it."""
        return Preferences(
            person=self.person_id,
            muted=frozenset(Notice(str(notice)) for notice in self.muted),
            begins=time.fromisoformat(self.begins),
            ends=time.fromisoformat(self.ends),
            weekdays=frozenset(int(str(day)) for day in self.weekdays),
            off=tuple(_window(days) for days in self.off),
            quiet_until=self.quiet_until,
        )


@dataclass(frozen=True, slots=True)
class SqlPreferences:
    """What the people of a workspace want; who never said has the usual ones."""

    scope: Scope

    def all(self) -> dict[int, Preferences]:
        """Person id → what they want, of those who said."""
        rows = self.scope.session.scalars(self.scope.select(PreferencesRow).order_by(PreferencesRow.person_id))
        return {row.person_id: row.value() for row in rows}

    def of(self, person: int) -> Preferences:
        """What a person wants."""
        row = self._row(person)
        return Preferences(person) if row is None else row.value()

    def save(self, wanted: Preferences) -> None:
        """Write what the person wants now."""
        row = self._row(wanted.person) or PreferencesRow(workspace_id=self.scope.workspace, person_id=wanted.person)
        row.fill(wanted)
        self.scope.keep(row)

    def _row(self, person: int) -> PreferencesRow | None:
        return self.scope.session.get(PreferencesRow, (self.scope.workspace, person))


def _window(days: object) -> Window:
    start, end = map(str, days) if isinstance(days, list) else ("", "")
    return Window(date.fromisoformat(start), date.fromisoformat(end))
