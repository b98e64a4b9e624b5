"""Installing by OAuth, with Bolt's flow: our stores, our pages, and nothing that was secret in a log."""

import re
from collections.abc import Callable
from datetime import datetime
from logging import Logger, getLogger
from typing import Any
from urllib.parse import urlencode

import structlog
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation as SlackInstallation
from slack_sdk.oauth.installation_store import InstallationStore

from bot.addresses import INSTALL, REDIRECT
from bot.clock import Clock
from bot.delivery.outcomes import FAULTS, word_of
from bot.installing.pages import crowded, failed, faulty, installed
from bot.installing.states import StateCookie, StateStore
from bot.installing.turnstile import Turnstile
from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.settings import Settings
from planning.installations.values import Installation

_TEAM = re.compile(r"[TE][A-Z0-9]{1,30}")
_WORD = re.compile(r"[a-z_]{1,80}")
ROTATES = "its tokens expire (token rotation is on)"

log = structlog.get_logger()
Begin = Callable[[Installation], object]
"""Keeps what was installed, and has the workspace ready."""


class Store(InstallationStore):
    """Bolt's store of installations; only the bot's own token is ever kept."""

    def __init__(self, begin: Begin, now: Clock) -> None:
        self._begin, self._now = begin, now

    def save(self, installation: SlackInstallation) -> None:
        """Concord is installed there."""
        self._begin(_ours(installation, self._now()))


class Flow(OAuthFlow):
    """Bolt's flow, which answers every fault with a page, and tells the log of refusals without quoting them."""

    def __init__(self, *, client: WebClient, logger: Logger, settings: OAuthSettings) -> None:
        super().__init__(client=client, logger=logger, settings=settings)
        self.turnstile = Turnstile()

    def handle_installation(self, request: BoltRequest) -> BoltResponse:
        """Send the browser to Slack, with a state that only it and we know."""
        if not self.turnstile.admits():
            log.warning("installation not begun: too many in a minute")
            return crowded()
        try:
            state = self.issue_new_state(request)
        except Exception:
            log.exception("installation not begun")
            return faulty()
        cookie = self.settings.state_utils.build_set_cookie_for_new_state(state)
        where = self.build_authorize_url(state, request)
        return BoltResponse(
            status=302, body="", headers={"Location": [where], "Set-Cookie": [cookie], "Cache-Control": ["no-store"]}
        )

    def handle_callback(self, request: BoltRequest) -> BoltResponse:
        """Finish the installation that this browser began."""
        try:
            return super().handle_callback(request)
        except Exception:
            log.exception("installation not finished")
            return faulty()

    def build_authorize_url(self, state: str, request: BoltRequest) -> str:
        """Where Slack asks whether Concord may be installed; for a team, where one is named."""
        asked = {"client_id": self.client_id, "scope": ",".join(self.settings.scopes or ()), "state": state}
        team = next((team for team in request.query.get("team", ()) if _TEAM.fullmatch(team)), None)
        more = {"redirect_uri": str(self.redirect_uri), **({"team": team} if team else {})}
        return f"{self.settings.authorization_url}?{urlencode({**asked, **more})}"

    def run_installation(self, code: str) -> SlackInstallation | None:
        """What Slack gives for the code; None where it gives nothing that can be used."""
        secrets = {"client_id": self.client_id, "client_secret": self.settings.client_secret}
        try:
            answer = self.client.oauth_v2_access(code=code, redirect_uri=self.redirect_uri, **secrets)
            who = self.client.auth_test(token=str(answer["access_token"]))
        except FAULTS as error:
            why = word_of(error) if isinstance(error, SlackApiError) else type(error).__name__
            log.warning("installation not confirmed by Slack", why=why)
            return None
        if answer.get("expires_in"):
            log.error("installation refused", why=ROTATES)
            return None
        return _of_slack(answer.data, str(who["bot_id"]))


def oauth_flow(settings: Settings, client: WebClient, states: StateStore, begin: Begin, now: Clock) -> Flow:
    """The flow for the pages by which it is installed; `client` has no token."""
    install = f"{settings.public_url}{INSTALL}"
    secret = settings.slack_client_secret
    return Flow(
        client=client,
        logger=getLogger("slack_bolt"),
        settings=_settings(
            client_id=settings.slack_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            scopes=[*SCOPES, *OPTIONAL_SCOPES],
            redirect_uri=f"{settings.public_url}{REDIRECT}",
            install_path=INSTALL,
            redirect_uri_path=REDIRECT,
            authorization_url=settings.slack_authorize_url,
            installation_store=Store(begin, now),
            installation_store_bot_only=True,
            state_store=states,
            callback_options=CallbackOptions(_succeeded(install, now), _failed(install)),
        ),
    )


def _settings(**given: Any) -> OAuthSettings:
    settings = OAuthSettings(**given)
    settings.state_utils = StateCookie(cookie_name=settings.state_cookie_name)
    return settings


def _succeeded(install: str, now: Clock) -> Callable[[SuccessArgs], BoltResponse]:
    def succeeded(arguments: SuccessArgs) -> BoltResponse:
        forget = arguments.settings.state_utils.build_set_cookie_for_deletion()
        return installed(_ours(arguments.installation, now()), install, forget)

    return succeeded


def _failed(install: str) -> Callable[[FailureArgs], BoltResponse]:
    def refused(arguments: FailureArgs) -> BoltResponse:
        log.info("not installed", why=arguments.reason if _WORD.fullmatch(arguments.reason) else "no word of Slack's")
        forget = arguments.settings.state_utils.build_set_cookie_for_deletion()
        return failed(arguments.reason, arguments.suggested_status_code, install, forget)

    return refused


def _of_slack(answer: Any, bot_id: str) -> SlackInstallation | None:
    """What the answer says, as Bolt passes it on; None where it says of nothing where it is installed."""
    whole, team, enterprise = bool(answer.get("is_enterprise_install")), answer.get("team"), answer.get("enterprise")
    if not ((enterprise if whole else team) or {}).get("id"):
        log.error("installation refused", why="Slack did not say where it is")
        return None
    return SlackInstallation(
        app_id=answer.get("app_id"),
        enterprise_id=(enterprise or {}).get("id"),
        enterprise_name=(enterprise or {}).get("name"),
        team_id=None if whole else team["id"],
        team_name=None if whole else team.get("name"),
        bot_token=answer["access_token"],
        bot_id=bot_id,
        bot_user_id=answer.get("bot_user_id"),
        bot_scopes=answer.get("scope"),
        user_id=(answer.get("authed_user") or {}).get("id", ""),
        is_enterprise_install=whole,
    )


def _ours(given: SlackInstallation, now: datetime) -> Installation:
    whole = bool(given.is_enterprise_install)
    slack_id = str(given.enterprise_id if whole else given.team_id)
    return Installation(
        slack_id=slack_id,
        workspace="",
        name=str((given.enterprise_name if whole else given.team_name) or slack_id),
        app_id=str(given.app_id),
        bot_id=str(given.bot_id),
        bot_user_id=str(given.bot_user_id),
        token=str(given.bot_token),
        scopes=frozenset(given.bot_scopes or ()),
        installed_by=given.user_id,
        installed_at=now,
        enterprise_id=given.enterprise_id,
        team_id=None if whole else given.team_id,
    )
