"""auth, api, apps, team, bots, usergroups: who is calling, and how to connect."""

from collections.abc import Sequence

from bot.sandbox.api.arguments import Arguments
from bot.sandbox.api.registry import Method
from bot.sandbox.api.teams import asked_team
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.leaving import end
from bot.sandbox.standing import REVOKED
from bot.sandbox.state import Workspace


def auth_test(workspace: Workspace, arguments: Arguments) -> Json:
    """Whose token it is."""
    file, installation = workspace.file, workspace.standing.installation
    is_org_wide = installation is not None and installation.is_org_wide
    whole = file.enterprise if is_org_wide else None
    return {
        "url": f"{workspace.url}/",
        "team": whole.name if whole else file.team.name,
        "user": workspace.people.require(workspace.bot_user).name,
        "team_id": whole.id if whole else asked_team(workspace, arguments),
        "user_id": file.app.bot_user_id,
        "bot_id": file.app.bot_id,
        "app_id": file.app.id,
        **({"enterprise_id": file.enterprise.id} if file.enterprise else {}),
        "is_enterprise_install": is_org_wide,
    }


def revoke(workspace: Workspace, arguments: Arguments) -> Json:
    """Give the token back; the app has no other, so it is uninstalled."""
    if arguments.flag("test"):
        return {"revoked": False}
    end(workspace, ("tokens_revoked", "app_uninstalled"), REVOKED)
    return {"revoked": True}


def api_test(_workspace: Workspace, arguments: Arguments) -> Json:
    """Give back what was sent."""
    if "error" in arguments:
        raise SlackError(arguments.text("error"), args=arguments.values)
    return {"args": arguments.values}


def open_connection(workspace: Workspace, _arguments: Arguments) -> Json:
    """An address for one Socket Mode connection."""
    if workspace.sockets.is_refusing:
        raise SlackError("service_unavailable")
    if not workspace.manifest.settings.socket_mode_enabled:
        raise SlackError("access_denied", "[ERROR] Socket Mode is not enabled in the manifest")
    address = workspace.url.replace("http", "ws", 1)
    ticket = workspace.sockets.ticket()
    return {"url": f"{address}/link/?ticket={ticket}&app_id={workspace.file.app.id}"}


def team_info(workspace: Workspace, arguments: Arguments) -> Json:
    """The workspace, or a team of the organisation."""
    asked = asked_team(workspace, arguments, "team")
    team = next(each for each in workspace.file.teams if each.id == asked)
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}}


def bots_info(workspace: Workspace, arguments: Arguments) -> Json:
    """The app as a bot."""
    app = workspace.file.app
    if arguments.text("bot", app.bot_id) != app.bot_id:
        raise SlackError("bot_not_found")
    name = workspace.manifest.features.bot_user.display_name
    return {"bot": {"id": app.bot_id, "app_id": app.id, "user_id": app.bot_user_id, "name": name, "deleted": False}}


def usergroups_list(workspace: Workspace, arguments: Arguments) -> Json:
    """No groups of people are kept here."""
    asked_team(workspace, arguments)
    return {"usergroups": []}


METHODS: Sequence[Method] = (
    Method("api.test", api_test, caller="anyone"),
    Method("auth.test", auth_test),
    Method("auth.revoke", revoke),
    Method("apps.connections.open", open_connection, caller="app"),
    Method("team.info", team_info, ("team:read",)),
    Method("bots.info", bots_info, ("users:read",)),
    Method("usergroups.list", usergroups_list, ("usergroups:read",)),
)
