"""The app's manifest for Socket Mode: what Concord asks of Slack, and why."""

from typing import Any

from handlers.ids import COMMAND, Shortcut

SCOPES: dict[str, str] = {
    "commands": f"the {COMMAND} command and the shortcuts",
    "chat:write": "posts alerts and digests, and edits them in place",
    "im:write": "opens a direct message with the person whom an alert concerns",
    "mpim:write": "opens one conversation of the leads and owners who plan together",
    "channels:read": "sees the name of a public channel that you chose, and whether outsiders are in it",
    "groups:read": "the same for a private channel that it was invited to",
    "users:read": "people's names and time zones",
    "files:write": "uploads pictures, deletes old ones, and shares invitations and documents where people plan",
    "files:read": "sees when Slack has processed a file, so that no picture is posted too early",
}
"""Scope of the bot token → what Concord does with it."""

OPTIONAL_SCOPES: dict[str, str] = {
    "channels:history": "finds out whether a digest arrived in a public channel when its connection broke",
    "groups:history": "the same in a private channel",
    "im:history": "the same in its own direct messages",
    "mpim:history": "the same in the conversations of those who plan together",
}
"""Without these, a message that may or may not have arrived waits for a steward's click; nothing else reads history."""

EVENTS: dict[str, str] = {
    "app_home_opened": "draws the Home tab",
    "user_change": "a person’s list comes at their hours in the time zone where they are by now",
}
"""What Slack tells the bot of → what Concord does with it."""


def manifest() -> dict[str, Any]:
    """The manifest, as api.slack.com takes it for a new app."""
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Concord",
            "description": "See every customer project, find overlaps and gaps, plan together",
            "background_color": "#1F3A5F",
        },
        "features": _features(),
        "oauth_config": {"scopes": {"bot": [*SCOPES, *OPTIONAL_SCOPES], "bot_optional": [*OPTIONAL_SCOPES]}},
        "settings": {
            "event_subscriptions": {"bot_events": [*EVENTS]},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def _features() -> dict[str, Any]:
    return {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Concord", "always_online": True},
        "slash_commands": [
            {
                "command": COMMAND,
                "description": "Register and find customer projects, see overlaps and gaps",
                "usage_hint": "new | mine | find words | overlaps | gaps | help",
                "should_escape": False,
            }
        ],
        "shortcuts": [
            {
                "name": "Register an initiative",
                "type": "global",
                "callback_id": str(Shortcut.REGISTER),
                "description": "Register a customer project and see what it overlaps with",
            },
            {
                "name": "Make an initiative",
                "type": "message",
                "callback_id": str(Shortcut.FROM_MESSAGE),
                "description": "Begin a registration with this message and its link",
            },
        ],
    }
