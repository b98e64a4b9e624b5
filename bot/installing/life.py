"""How an installation begins, and how it ends: what Slack says late, twice or out of order changes nothing.

An end that is older than the installation belongs to an earlier one. Slack's clock is not ours and tells whole seconds,
so where that is in doubt Slack is asked whether the token is still good, and believed.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.delivery.outcomes import FAULTS, NO_TOKEN, word_of
from bot.scheduling.due_times import next_due
from db.database import Database
from db.directory import Directory
from db.installations import Installations, OwnInstallation
from handlers.context import meet
from planning.errors import PlanningError
from planning.installations.leaving import join, leave, note_access
from planning.installations.notices import AccessNotice, EndNotice
from planning.installations.values import CannotOpen, Installation
from planning.register import Registers

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Life:
    """Writes what becomes of installations; `client_of` makes a client of a token."""

    database: Database
    installations: Installations
    now: Clock
    client_of: Callable[[str], WebClient]
    kept: timedelta
    """How long what a workspace has is kept after it has left."""

    @property
    def directory(self) -> Directory:
        """Who has Concord."""
        return Directory(self.database.everywhere)

    def begin(self, new: Installation) -> Installation:
        """Concord is installed there, newly or again; its workspace is there with what every workspace has."""
        workspace = self.directory.workspace_for(new.slack_id, new.name, self.now())
        registers = self.database.registers(workspace)
        actor = self._installer(registers, new)
        with registers.writing() as register:
            installation = OwnInstallation.of(register, self.installations.vault).keep(new)
            join(register, installation, actor, self.now(), next_due)
        log.info("installed", workspace=workspace, tenant=new.slack_id, scopes=sorted(new.scopes))
        return installation

    def end(self, notice: EndNotice) -> bool:
        """Concord may do nothing there any more; whether that is news."""
        known, is_meant = self._meant(notice)
        if known is None or not known.is_live:
            return False
        if not (is_meant and _is_certain(notice, known)) and self._is_good(known.slack_id):
            log.info("installation stays", tenant=known.slack_id, told=str(notice.ending))
            return False
        with self.database.registers(known.workspace).writing() as register:
            own = OwnInstallation.of(register, self.installations.vault)
            ended = own.end(known.revision, notice.ending, self.now())
            if ended:
                leave(register, notice.ending, self.now(), self.kept)
        log.info("installation ended", tenant=known.slack_id, how=str(notice.ending), news=ended)
        return ended

    def access(self, notice: AccessNotice) -> None:
        """Teams of an organisation got Concord, or lost it."""
        known = self.directory.of(notice.enterprise_id)
        if known is None or not known.is_live:
            return
        with self.database.registers(known.workspace).writing() as register:
            note_access(register, notice, self.now())

    def _meant(self, notice: EndNotice) -> tuple[Installation | None, bool]:
        """The installation that is over; that of the organisation where the team has none, but then it is not sure."""
        tenant = notice.enterprise_id if notice.is_organisation else notice.team_id
        known = self.directory.of(tenant) if tenant else None
        if known is None and notice.enterprise_id:
            return self.directory.of(notice.enterprise_id), False
        return known, True

    def _is_good(self, slack_id: str) -> bool:
        """Whether Slack still takes the token, as far as can be known."""
        try:
            installation = self.installations.of(slack_id)
            if installation is not None:
                self.client_of(installation.token).auth_test()
        except SlackApiError as error:
            return word_of(error) not in NO_TOKEN
        except (CannotOpen, *FAULTS) as error:
            log.warning("token not tried", tenant=slack_id, why=type(error).__name__)
        return True

    def _installer(self, registers: Registers, new: Installation) -> int | None:
        """Who installed it is made known, as anybody is who uses Concord for the first time."""
        with suppress(PlanningError, *FAULTS):
            return meet(self.client_of(new.token), registers, new.installed_by, new.slack_id).id
        return None


def _is_certain(notice: EndNotice, known: Installation) -> bool:
    """Whether it is this installation that ended, and not an earlier one or only somebody's own token."""
    return notice.at > known.installed_at and (notice.bots is None or known.bot_user_id in notice.bots)
