"""What the app is sent when a person does something, in Slack's shapes."""

from bot.sandbox.conversations import Conversation
from bot.sandbox.errors import Json
from bot.sandbox.messages import Message
from bot.sandbox.state import Workspace
from bot.sandbox.views import View

VERIFICATION = "local-workspace"


def interactive(workspace: Workspace, kind: str, user_id: str) -> Json:
    """The fields that every interactive payload has."""
    file = workspace.file
    person = workspace.people.require(user_id)
    user = {"id": person.id, "username": person.name, "name": person.name, "team_id": file.team.id}
    return {
        "type": kind,
        "token": VERIFICATION,
        "api_app_id": file.app.id,
        "team": {"id": file.team.id, "domain": file.team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": user,
    }


def triggered(workspace: Workspace, kind: str, user_id: str, channel: str | None = None) -> Json:
    """The same, with the right to open a modal."""
    trigger_id = workspace.triggers.give(user_id, channel)
    return {**interactive(workspace, kind, user_id), "trigger_id": trigger_id}


def slash(workspace: Workspace, user_id: str, conversation: Conversation, command: str, text: str) -> Json:
    """A slash command; all its values are strings."""
    file = workspace.file
    key = workspace.response_urls.give(user_id, conversation.id)
    return {
        "token": VERIFICATION,
        "team_id": file.team.id,
        "team_domain": file.team.domain,
        "channel_id": conversation.id,
        "channel_name": channel_name(conversation),
        "user_id": user_id,
        "user_name": workspace.people.require(user_id).name,
        "command": command,
        "text": text,
        "api_app_id": file.app.id,
        "is_enterprise_install": "false",
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
    return {"container": {"type": "view", "view_id": view.id}, "view": view.view_object(workspace.file)}


def event_callback(workspace: Workspace, event: Json) -> Json:
    """An event in its envelope; sent again it is the same, its event_id included."""
    file = workspace.file
    authorization = {"enterprise_id": None, "team_id": file.team.id, "user_id": file.app.bot_user_id, "is_bot": True}
    return {
        "token": VERIFICATION,
        "team_id": file.team.id,
        "context_team_id": file.team.id,
        "context_enterprise_id": None,
        "api_app_id": file.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": workspace.ids.next("Ev"),
        "event_time": int(workspace.clock.now()),
        "event_context": workspace.ids.next("EC"),
        "is_ext_shared_channel": False,
        "authorizations": [{**authorization, "is_enterprise_install": False}],
    }


def channel_part(conversation: Conversation) -> Json:
    """Which conversation, as interactive payloads name it."""
    return {"id": conversation.id, "name": channel_name(conversation)}


def channel_name(conversation: Conversation) -> str:
    """The name an app is told; direct messages have none of their own."""
    return {"im": "directmessage", "private": "privategroup"}.get(conversation.kind, conversation.name)


def response_url(workspace: Workspace, key: str) -> str:
    """The address that an app may answer at."""
    return f"{workspace.url}/response/{key}"
