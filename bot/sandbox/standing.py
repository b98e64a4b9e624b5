"""How the app stands in this workspace: installed or not, with which token, scopes and teams."""

from dataclasses import dataclass

from bot.sandbox.errors import SlackError

REVOKED = "token_revoked"
UNINSTALLED = "account_inactive"
EXPIRED = "token_expired"


@dataclass(frozen=True)
class Installation:
    """What a workspace or an organisation let the app do."""

    token: str
    scopes: frozenset[str]
    teams: frozenset[str]
    """Where the app is present; one team, or those of an organisation that it was added to."""
    is_org_wide: bool = False
    by: str = ""


class Standing:
    """The installation that is in force, and the tokens that were."""

    def __init__(self, app_token: str, installation: Installation | None = None) -> None:
        self.installation = installation
        self._app_token = app_token
        self._over: dict[str, str] = {}
        self._lent: set[str] = set()

    @property
    def scopes(self) -> frozenset[str]:
        """What the bot token may do now."""
        return self.installation.scopes if self.installation else frozenset()

    def covers(self, team_id: str) -> bool:
        """Whether the app is present in a team."""
        return self.installation is not None and team_id in self.installation.teams

    def knows(self, token: str) -> bool:
        """Whether the token was ever good here."""
        return token in self._over or token == self._app_token or token == self._token or token in self._lent

    def kind(self, token: str) -> str:
        """What a token is for: `bot` or `app`; Slack's word for one that is no good."""
        if not self.knows(token):
            raise SlackError("invalid_auth")
        if token in self._over:
            raise SlackError(self._over[token])
        return "app" if token == self._app_token else "bot"

    def install(self, installation: Installation) -> None:
        """Let the app in, or change what it may do."""
        if self._token != installation.token:
            self.end(UNINSTALLED)
        self.installation = installation

    def end(self, word: str) -> None:
        """Shut the app out; whoever comes with its token hears why."""
        if self.installation is not None:
            self._over |= dict.fromkeys((self.installation.token, *self._lent), word)
            self._lent.clear()
        self.installation = None

    def lend(self, token: str) -> None:
        """Give the app another token for a while; it may what the installation may."""
        self._lent.add(token)

    def take_back(self, token: str) -> None:
        """A token that was lent is good no more."""
        self._lent.discard(token)
        self._over[token] = EXPIRED

    @property
    def _token(self) -> str | None:
        return self.installation.token if self.installation else None
