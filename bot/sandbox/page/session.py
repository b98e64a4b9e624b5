"""What the page needs to draw the workspace around one person."""

from bot.sandbox.conversations import Conversation, Kind
from bot.sandbox.errors import Json
from bot.sandbox.state import Workspace
from bot.sandbox.workspace import Person


def session(workspace: Workspace, user: str) -> Json:
    """Team, app, people, conversations, commands and shortcuts, as one person sees them."""
    features, served = workspace.manifest.features, workspace.serves(user)
    team = workspace.people.team(user)
    return {
        "team": {"id": team.id, "name": workspace.file.name, "domain": team.domain},
        "app": _app(workspace),
        "people": _people(workspace),
        "conversations": [_conversation(workspace, user, each) for each in workspace.conversations.visible_to(user)],
        "channels": _public_channels(workspace),
        "commands": [each.model_dump(exclude={"should_escape", "url"}) for each in features.slash_commands if served],
        "shortcuts": [each.model_dump() for each in features.shortcuts if served],
        "clock": {"now": workspace.clock.now(), "offset_s": workspace.clock.offset},
        "installed": served,
        "front": workspace.shared.front if workspace.shared else None,
        "connected": workspace.road.is_connected,
    }


def _public_channels(workspace: Workspace) -> list[Json]:
    """Those whose names everybody may read, members or not."""
    return [{"id": each.id, "name": each.name} for each in workspace.conversations if each.kind is Kind.CHANNEL]


def _app(workspace: Workspace) -> Json:
    home = workspace.manifest.features.app_home
    return {
        "id": workspace.file.app.id,
        "name": workspace.manifest.features.bot_user.display_name,
        "description": workspace.manifest.display_information.description,
        "bot_user_id": workspace.bot_user,
        "has_home": home.home_tab_enabled,
        "has_messages": home.messages_tab_enabled,
        "is_read_only": home.messages_tab_read_only_enabled,
    }


def _people(workspace: Workspace) -> list[Json]:
    return [
        {
            "id": person.id,
            "name": person.name,
            "real_name": person.real_name,
            "title": _title(workspace, person),
            "tz": person.tz,
            "is_bot": person.is_bot,
            "deleted": person.deleted,
            "color": f"#{workspace.people.colour(person.id)}",
        }
        for person in workspace.people
    ]


def _title(workspace: Workspace, person: Person) -> str:
    team = workspace.people.team(person.id).name if workspace.file.enterprise else ""
    return " · ".join(part for part in (person.title, team) if part)


def _conversation(workspace: Workspace, user: str, conversation: Conversation) -> Json:
    stored = workspace.messages.stored(conversation.id)
    return {
        "id": conversation.id,
        "kind": conversation.kind,
        "name": _name(workspace, user, conversation),
        "topic": conversation.topic,
        "members": conversation.members,
        "is_archived": conversation.is_archived,
        "unread": workspace.messages.unread(conversation.id, user, conversation.read.get(user, "0")),
        "last_ts": stored[-1].ts if stored else "",
    }


def _name(workspace: Workspace, user: str, conversation: Conversation) -> str:
    if conversation.kind is Kind.IM:
        return workspace.people.require(conversation.other(user)).real_name
    if conversation.kind is Kind.MPIM:
        others = (member for member in conversation.members if member != user)
        return ", ".join(workspace.people.require(member).real_name for member in others)
    return conversation.name
