"""What the provider knows: the app, its workspaces, and the codes it gave out."""

from collections.abc import Sequence

from bot.sandbox.calls import Calls
from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.hooks import Hooks
from bot.sandbox.ids import Ids
from bot.sandbox.manifest import Manifest
from bot.sandbox.provider.codes import Codes
from bot.sandbox.provider.file import ProvidedApp
from bot.sandbox.server import Sandbox
from bot.sandbox.state import Pace, Workspace
from bot.sandbox.wire import Wire
from bot.sandbox.workspace import Team


def key_of(workspace: Workspace) -> str:
    """What the provider calls it: the id of the organisation, or of the one team."""
    file = workspace.file
    return file.enterprise.id if file.enterprise else file.team.id


class Provider:
    """Several workspaces behind one API address."""

    def __init__(self, app: ProvidedApp, sites: Sequence[Sandbox], url: str, clock: Clock, pace: Pace) -> None:
        self.app, self.sites, self.url, self.clock = app, sites, url, clock
        self.manifest = Manifest.model_validate(app.manifest)
        self.codes = Codes(clock)
        self.calls = Calls()
        self.faults = Faults(Ids())
        self.wire = Wire()
        self.hooks = Hooks(self.manifest, app.signing_secret, pace.ack_seconds, lambda _: None)

    @property
    def workspaces(self) -> list[Workspace]:
        """All of them, in the order of the file."""
        return [site.workspace for site in self.sites]

    def with_token(self, token: str) -> Workspace | None:
        """The workspace that a token was given out in, whether it is still good or not."""
        return next((each for each in self.workspaces if each.standing.knows(token)), None)

    def find(self, key: str) -> Workspace | None:
        """The workspace or organisation of that id, or the one that a team of that id is in."""
        return next((each for each in self.workspaces if key in {key_of(each), *_team_ids(each)}), None)

    def team(self, workspace: Workspace, team_id: str) -> Team | None:
        """A team of a workspace."""
        return next((team for team in workspace.file.teams if team.id == team_id), None)


def _team_ids(workspace: Workspace) -> set[str]:
    return {team.id for team in workspace.file.teams}
