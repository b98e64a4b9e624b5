"""With which token a request of Slack's is answered. Slack is not asked: what is remembered holds until it changes."""

from typing import Any

import structlog
from slack_bolt import BoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize

from bot.addresses import INSTALL
from bot.installing.known import Known
from handlers.context import tenant_of
from planning.errors import NotAllowed
from planning.installations.values import CannotOpen, Installation, NotInstalled

NOT_INSTALLED = (
    "Concord is not installed in this workspace, or not any more, so nothing was done. "
    "A Slack administrator can install it"
)
SEALED = (
    "Concord cannot open its token for this workspace, so nothing was done. Tell who runs Concord: the log says why."
)

log = structlog.get_logger()


def not_installed(public_url: str | None) -> str:
    """What people read who use Concord where it is not installed."""
    return f"{NOT_INSTALLED}: {public_url}{INSTALL}" if public_url else f"{NOT_INSTALLED}."


class Admission(Authorize):
    """Bolt's `authorize`: refuses with our words where Bolt would tell the log of a fault, and a form nothing."""

    def __init__(self, authorize: "Authorizer", words: str) -> None:
        self._authorize, self._words = authorize, words

    def __call__(self, *, context: BoltContext, **asked: Any) -> AuthorizeResult:
        """What the request may be answered with; raises NotInstalled."""
        found = self._authorize(context=context, **asked)
        if found is None:
            raise NotInstalled(self._words)
        return found


class Authorizer(Authorize):
    """Knows the installation of each request."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def __call__(self, *, context: BoltContext, **_asked: Any) -> AuthorizeResult | None:
        """What the request may be answered with; None where Concord is not installed."""
        try:
            installation = self._known.live(tenant_of(context))
        except NotAllowed:
            return None
        except CannotOpen as error:
            log.error("a token cannot be opened", why=str(error))
            raise NotAllowed(SEALED) from None
        return None if installation is None else _result(installation, context)


def _result(installation: Installation, context: BoltContext) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=installation.enterprise_id,
        team_id=installation.team_id or context.team_id,
        bot_id=installation.bot_id,
        bot_user_id=installation.bot_user_id,
        bot_token=installation.token,
        bot_scopes=sorted(installation.scopes),
        user_id=context.user_id,
    )
