"""Slack clients of workspaces, for what works without being asked: delivery and jobs."""

from dataclasses import dataclass

from slack_sdk import WebClient

from bot.app import slack_client
from bot.delivery.pace import TIMEOUT_S
from bot.installing.known import Known
from planning.installations.values import NotInstalled

GONE = "Concord is not installed in this workspace any more, so nothing is sent there."


@dataclass(frozen=True, slots=True)
class Clients:
    """Gives each workspace the client of its installation."""

    known: Known
    base_url: str
    timeout: float = TIMEOUT_S

    def of(self, workspace: str) -> WebClient:
        """The client of the workspace with an id of ours; raises NotInstalled where Concord may do nothing there."""
        installation = self.known.live_in(workspace)
        if installation is None:
            raise NotInstalled(GONE)
        return slack_client(installation.token, self.base_url, self.timeout)
