"""How each workspace that has Concord stands: whether Slack lets it in, what it may not do, and whether it keeps up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot.app import slack_client
from bot.checking.values import Check, Health
from bot.clock import Clock, system_clock
from bot.commands.opening import Fault, opened
from bot.delivery.outcomes import FAULTS, word_of
from bot.installing.vault import FernetVault
from bot.printing import counted
from bot.settings import Settings
from db.database import Database
from db.directory import Directory
from db.installations import Installations
from planning.errors import PlanningError
from planning.installations.scopes import missing
from planning.installations.values import CannotOpen, Installation
from planning.outbox.values import Delivery

MOST = 50
"""So many are looked at when none is named: each is a call to Slack."""
LATE = timedelta(minutes=5)
_TIME = "%Y-%m-%d %H:%M UTC"


def installation_checks(settings: Settings, workspace: str | None, clock: Clock = system_clock) -> Iterator[Check]:
    """Those that are live, or the one named. What keeps the register from being read is told by its own checks."""
    try:
        with opened(settings) as database:
            looks = Looks(settings, database, Installations(database.everywhere, FernetVault.of(settings.token_keys)))
            yield from looks.all(Directory(database.everywhere).all(), workspace, clock())
    except (SQLAlchemyError, Fault, CannotOpen):
        return


@dataclass(frozen=True, slots=True)
class Looks:
    """Looks at installations one by one."""

    settings: Settings
    database: Database
    installations: Installations

    def all(self, known: Sequence[Installation], workspace: str | None, now: datetime) -> Iterator[Check]:
        """How many there are, then each."""
        live = [one for one in known if one.is_live]
        found = f"{counted(len(live), 'workspace')} installed, {len(known) - len(live)} left"
        yield Check("Installations", Health.OK, found)
        chosen = [one for one in known if one.workspace == workspace or (workspace is None and one.is_live)]
        try:
            for one in chosen[:MOST]:
                yield from self._one(one, now) if one.is_live else _over(one)
        except FAULTS as error:
            found = f"{self.settings.slack_api_url} cannot be reached ({type(error).__name__})"
            yield Check("Slack", Health.MISSING, found, "Is the network up?")
        if len(chosen) > MOST:
            found = f"{len(chosen) - MOST:,} more were not looked at"
            yield Check("Installations", Health.ADVICE, found, "Name one: concord doctor --workspace ID")

    def _one(self, installation: Installation, now: datetime) -> Iterator[Check]:
        """Raises what FAULTS holds where Slack cannot be reached at all: the others need not be tried then."""
        name, workspace = f"{installation.name} ({installation.workspace})", installation.workspace
        try:
            granted = self._granted(installation)
        except CannotOpen as error:
            yield Check(name, Health.MISSING, "its token cannot be opened", str(error), workspace)
            return
        except SlackApiError as error:
            yield Check(name, Health.ADVICE, f"Slack refuses its token ({word_of(error)})", _INSTALL, workspace)
            return
        yield Check(name, Health.OK, f"Slack lets it in; {self._last(workspace)}", "", workspace)
        yield from _scopes(name, granted, workspace)
        yield from self._late(name, workspace, now)

    def _granted(self, installation: Installation) -> frozenset[str]:
        """What it may do by what Slack says now; raises where it lets nobody in."""
        known = self.installations.of(installation.slack_id)
        token = known.token if known else ""
        answer = slack_client(token, self.settings.slack_api_url, self.settings.slack_timeout_seconds).auth_test()
        headers = {name.lower(): value for name, value in answer.headers.items()}
        said = frozenset(filter(None, (scope.strip() for scope in headers.get("x-oauth-scopes", "").split(","))))
        return said or installation.scopes

    def _last(self, workspace: str) -> str:
        page = self.database.outbox(workspace).page(1, states=(Delivery.SENT,))
        arrived = next((message.ts for message in page.items if message.ts), None)
        if arrived is None:
            return "nothing was sent there yet"
        return f"the last message arrived {datetime.fromtimestamp(float(arrived), UTC):{_TIME}}"

    def _late(self, name: str, workspace: str, now: datetime) -> Iterator[Check]:
        """What should have come and did not."""
        try:
            with self.database.registers(workspace).reading() as register:
                due = [one.next_due_at for one in register.schedules.all() if not one.paused]
        except PlanningError:
            return
        late = [at for at in due if now - at > LATE]
        if late:
            found = f"{counted(len(late), 'schedule')} late, the oldest due {min(late):{_TIME}}"
            yield Check(name, Health.ADVICE, found, _BEHIND, workspace)


def _over(installation: Installation) -> Iterator[Check]:
    found = f"Concord is not installed there any more, since {installation.ended_at:{_TIME}}"
    name = f"{installation.name} ({installation.workspace})"
    yield Check(name, Health.ADVICE, found, _GONE, installation.workspace)


def _scopes(name: str, granted: frozenset[str], workspace: str) -> Iterator[Check]:
    lacking = missing(granted)
    if lacking:
        off = "; ".join(lacking.values())
        yield Check(name, Health.ADVICE, f"not given: {', '.join(lacking)}", f"So {off}. {_ALLOW}", workspace)


_INSTALL = "Its next request or message ends it here too. Who wants it back installs it again."
_GONE = "`concord workspaces` says when everything is deleted; until then, installing it again brings it back."
_BEHIND = "Is `concord serve` running? Its log and concord_due_oldest_seconds say more."
_ALLOW = "A Slack administrator can install it again and allow it."
