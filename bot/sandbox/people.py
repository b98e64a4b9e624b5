"""Who is in the workspace."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sandbox.errors import Json, SlackError
from bot.sandbox.manifest import Manifest
from bot.sandbox.workspace import Person, Team, WorkspaceFile

COLOURS = ("2f7d32", "c0392b", "2e8b94", "7a5a1f", "c9507f", "9b3b45", "684b6c", "2b6836", "5a4592", "b5652a")


def bot_person(file: WorkspaceFile, manifest: Manifest) -> Person:
    """The app's bot user as a person."""
    name = manifest.features.bot_user.display_name
    return Person(id=file.app.bot_user_id, name=name.lower().replace(" ", "_"), real_name=name, is_bot=True)


class People:
    """Everyone in the workspace, the bot user included."""

    def __init__(self, people: Iterable[Person], file: WorkspaceFile) -> None:
        self._by_id = {person.id: person for person in people}
        self._teams = {team.id: team for team in file.teams}
        self._first, self._enterprise = file.team, file.enterprise

    def __iter__(self) -> Iterator[Person]:
        return iter(self._by_id.values())

    def find(self, user_id: str) -> Person | None:
        """The person with that id, if there is one."""
        return self._by_id.get(user_id)

    def replace(self, person: Person) -> Person:
        """Know the person with that id as this from now on."""
        self._by_id[person.id] = person
        return person

    def require(self, user_id: str, error: str = "user_not_found") -> Person:
        """The person with that id, or Slack's word for nobody."""
        person = self._by_id.get(user_id)
        if person is None:
            raise SlackError(error)
        return person

    def team(self, user_id: str) -> Team:
        """The team that a person is in; the bot user is counted to the first."""
        person = self._by_id.get(user_id)
        return self._teams[person.team] if person and person.team else self._first

    def by_email(self, email: str) -> Person | None:
        """The person with that address."""
        return next((person for person in self if person.email and person.email.lower() == email.lower()), None)

    def by_handle(self, handle: str) -> Person | None:
        """The person with that @name."""
        return next((person for person in self if person.name == handle), None)

    def colour(self, user_id: str) -> str:
        """A colour for the person's picture, always the same one."""
        return COLOURS[list(self._by_id).index(user_id) % len(COLOURS)]

    def user_object(self, person: Person, *, now: float, with_email: bool) -> Json:
        """The person as users.info shows them."""
        zone = {"tz": person.tz, "tz_label": person.tz, "tz_offset": _offset_seconds(person.tz, now)}
        return {
            "id": person.id,
            "team_id": self.team(person.id).id,
            "name": person.name,
            "real_name": person.real_name,
            "deleted": person.deleted,
            "color": self.colour(person.id),
            **({} if person.deleted else zone),
            "profile": _profile(person, with_email),
            **self._in_organisation(person),
            "is_bot": person.is_bot,
            "is_app_user": False,
            "is_restricted": person.is_restricted,
            "is_ultra_restricted": False,
            "updated": int(now),
        }

    def _in_organisation(self, person: Person) -> Json:
        if self._enterprise is None:
            return {}
        names = {"enterprise_id": self._enterprise.id, "enterprise_name": self._enterprise.name}
        return {"enterprise_user": {"id": person.id, **names, "teams": [self.team(person.id).id]}}


def _profile(person: Person, with_email: bool) -> Json:
    profile = {"title": person.title, "real_name": person.real_name, "display_name": person.name}
    return {**profile, "email": person.email} if with_email and person.email else profile


def _offset_seconds(zone: str, now: float) -> int:
    offset = datetime.fromtimestamp(now, ZoneInfo(zone)).utcoffset()
    return int(offset.total_seconds()) if offset else 0
