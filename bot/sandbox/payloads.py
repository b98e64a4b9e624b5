"""What the app is sent when a person does something, in Slack's shapes."""

from bot.sandbox.conversations import Conversation
from bot.sandbox.errors import Json
from bot.sandbox.messages import Message
from bot.sandbox.state import Workspace
from bot.sandbox.views import View
from bot.sandbox.workspace import Team

VERIFICATION = "local-workspace"


def interactive(workspace: Workspace, kind: str, user_id: str, channel: str | None = None) -> Json:
    """The fields that every interactive payload has; what is done outside a channel is of no team, org-wide."""
    person = workspace.people.require(user_id)
    team = _team_of(workspace, user_id, channel)
    is_org_wide = _is_org_wide(workspace)
    return {
        "type": kind,
        "token": VERIFICATION,
        "api_app_id": workspace.file.app.id,
        "team": None if is_org_wide and channel is None else _team_part(workspace, team),
        "enterprise": _enterprise_part(workspace),
        "is_enterprise_install": is_org_wide,
        "user": {
            "id": person.id,
            "username": person.name,
            "name": person.name,
            "team_id": workspace.people.team(user_id).id,
        },
    }


def triggered(workspace: Workspace, kind: str, user_id: str, channel: str | None = None) -> Json:
    """The same, with the right to open a modal."""
    trigger_id = workspace.triggers.give(user_id, channel)
    return {**interactive(workspace, kind, user_id, channel), "trigger_id": trigger_id}


def slash(workspace: Workspace, user_id: str, conversation: Conversation, command: str, text: str) -> Json:
    """A slash command; all its values are strings."""
    key = workspace.response_urls.give(user_id, conversation.id)
    team, enterprise = _team_of(workspace, user_id, conversation.id), workspace.file.enterprise
    return {
        "token": VERIFICATION,
        "team_id": team.id,
        "team_domain": team.domain,
        **({"enterprise_id": enterprise.id, "enterprise_name": enterprise.name} if enterprise else {}),
        "channel_id": conversation.id,
        "channel_name": channel_name(conversation),
        "user_id": user_id,
        "user_name": workspace.people.require(user_id).name,
        "command": command,
        "text": text,
        "api_app_id": workspace.file.app.id,
        "is_enterprise_install": str(_is_org_wide(workspace)).lower(),
        "response_url": response_url(workspace, key),
        "trigger_id": workspace.triggers.give(user_id, conversation.id),
    }


def on_message(conversation: Conversation, message: Message) -> Json:
    """The fields that say on which message a button was pressed."""
    is_ephemeral = message.seen_only_by is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": conversation.id,
        "is_ephemeral": is_ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    shown = {} if is_ephemeral else {"message": message.message_object()}
    return {"container": container, "channel": channel_part(conversation), **shown}


def on_view(workspace: Workspace, view: View) -> Json:
    """The fields that say in which view something was done."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view.view_object(workspace.frame(view.user))}


def event_callback(workspace: Workspace, event: Json, team: Team) -> Json:
    """An event of a team in its envelope; sent again it is the same, its event_id included."""
    organisation = workspace.file.enterprise
    enterprise_id = organisation.id if organisation else None
    is_org_wide = _is_org_wide(workspace)
    authorization = {
        "enterprise_id": enterprise_id,
        "team_id": None if is_org_wide else team.id,
        "user_id": workspace.bot_user,
        "is_bot": True,
        "is_enterprise_install": is_org_wide,
    }
    return {
        **plain_callback(workspace, event),
        "team_id": team.id,
        **({"enterprise_id": enterprise_id} if enterprise_id else {}),
        "context_team_id": team.id,
        "context_enterprise_id": enterprise_id,
        "event_context": workspace.ids.next("EC"),
        "is_ext_shared_channel": False,
        "authorizations": [authorization],
    }


def plain_callback(workspace: Workspace, event: Json) -> Json:
    """The least that every event's envelope says."""
    return {
        "token": VERIFICATION,
        "api_app_id": workspace.file.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{workspace.file.team.id[1:]}{workspace.ids.next('E')}",
        "event_time": int(workspace.clock.now()),
    }


def _is_org_wide(workspace: Workspace) -> bool:
    installation = workspace.standing.installation
    return installation is not None and installation.is_org_wide


def _team_of(workspace: Workspace, user_id: str, channel: str | None) -> Team:
    place = workspace.conversations.find(channel) if channel else None
    teams = {team.id: team for team in workspace.file.teams}
    return teams[place.team] if place and place.team else workspace.people.team(user_id)


def _team_part(workspace: Workspace, team: Team) -> Json:
    enterprise = workspace.file.enterprise
    organisation = {"enterprise_id": enterprise.id, "enterprise_name": enterprise.name} if enterprise else {}
    return {"id": team.id, "domain": team.domain, **organisation}


def _enterprise_part(workspace: Workspace) -> Json | None:
    enterprise = workspace.file.enterprise
    return {"id": enterprise.id, "name": enterprise.name} if enterprise else None


def channel_part(conversation: Conversation) -> Json:
    """Which conversation, as interactive payloads name it."""
    return {"id": conversation.id, "name": channel_name(conversation)}


def channel_name(conversation: Conversation) -> str:
    """The name an app is told; direct messages have none of their own."""
    return {"im": "directmessage", "private": "privategroup"}.get(conversation.kind, conversation.name)


def response_url(workspace: Workspace, key: str) -> str:
    """The address that an app may answer at."""
    return f"{workspace.url}/response/{key}"
