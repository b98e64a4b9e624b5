"""oauth.v2.access: a code becomes an installation and its token."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from secrets import compare_digest, token_hex

from bot.sandbox.errors import Json, SlackError
from bot.sandbox.provider.codes import Allowed
from bot.sandbox.provider.state import Provider
from bot.sandbox.standing import Installation
from bot.sandbox.state import Workspace


def exchange(provider: Provider, arguments: Json, headers: Mapping[str, str]) -> Json:
    """Let the app in as was allowed."""
    _check_app(provider, arguments, headers)
    if arguments.get("grant_type", "authorization_code") != "authorization_code":
        raise SlackError("invalid_grant_type")
    allowed = provider.codes.spend(str(arguments.get("code", "")), str(arguments.get("redirect_uri", "")))
    workspace = provider.find(allowed.workspace)
    if workspace is None:
        raise SlackError("invalid_code")
    installation = _installed(workspace, allowed)
    workspace.standing.install(installation)
    workspace.screens.tell_all({"type": "conversation"})
    return _answer(provider, workspace, installation)


def _check_app(provider: Provider, arguments: Json, headers: Mapping[str, str]) -> None:
    client_id, secret = _credentials(headers) or (arguments.get("client_id"), arguments.get("client_secret"))
    if client_id != provider.app.client_id:
        raise SlackError("invalid_client_id")
    if not compare_digest(str(secret or "").encode(), provider.app.client_secret.encode()):
        raise SlackError("bad_client_secret")


def _credentials(headers: Mapping[str, str]) -> tuple[str, str] | None:
    scheme, _, rest = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, secret = b64decode(rest, validate=True).decode().partition(":")
    except (Base64Error, UnicodeDecodeError):
        raise SlackError("invalid_client_id") from None
    return client_id, secret


def _installed(workspace: Workspace, allowed: Allowed) -> Installation:
    """Scopes only ever add up; the token stays while the app stays where it is."""
    old = workspace.standing.installation
    is_org_wide = allowed.team is None
    stays = old is not None and old.is_org_wide is is_org_wide and (is_org_wide or allowed.team in old.teams)
    if old is not None and stays:
        return Installation(old.token, old.scopes | allowed.scopes, old.teams, is_org_wide, allowed.person)
    # Of a whole organisation the app is in no team at first: its administrators add it, one by one.
    teams = frozenset({allowed.team} if allowed.team else ())
    return Installation(f"xoxb-{token_hex(24)}", allowed.scopes, teams, is_org_wide, allowed.person)


def _answer(provider: Provider, workspace: Workspace, installation: Installation) -> Json:
    enterprise = workspace.file.enterprise
    team = None if installation.is_org_wide else provider.team(workspace, min(installation.teams))
    return {
        "app_id": provider.app.id,
        "authed_user": {"id": installation.by},
        "scope": ",".join(sorted(installation.scopes)),
        "token_type": "bot",
        "access_token": installation.token,
        "bot_user_id": workspace.bot_user,
        "team": {"id": team.id, "name": team.name} if team else None,
        "enterprise": {"id": enterprise.id, "name": enterprise.name} if enterprise else None,
        "is_enterprise_install": installation.is_org_wide,
    }
