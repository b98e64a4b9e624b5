"""The app's manifests: what Concord asks of Slack, and why. One for each way in, with the workflow step or without."""

from typing import Any

from bot import addresses
from handlers.ids import COMMAND, Shortcut, Step

SCOPES: dict[str, str] = {
    "commands": f"the {COMMAND} command and the shortcuts",
    "chat:write": "posts alerts and digests, and edits them in place",
    "im:write": "opens a direct message with the person whom an alert concerns",
    "mpim:write": "opens one conversation of the leads and owners who plan together",
    "channels:read": "sees the name of a public channel that you chose, and whether outsiders are in it",
    "groups:read": "the same for a private channel that it was invited to",
    "users:read": "people's names and time zones, and whose account is switched off",
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
"""Without these, a message that may or may not have arrived waits for a steward's click; nothing else reads history.

What is off without each scope stands in `planning/installations/scopes.py`.
"""

EVENTS: dict[str, str] = {
    "app_home_opened": "draws the Home tab",
    "user_change": "a person’s list comes at their hours in the time zone where they are by now; who leaves is noticed",
}
"""What Slack tells the bot of → what Concord does with it."""

HTTP_EVENTS: dict[str, str] = {
    "app_uninstalled": "stops at once, and begins the days after which everything is deleted",
    "tokens_revoked": "the same, whichever of the two comes first",
    "team_access_granted": "notes which teams of an organisation have it",
    "team_access_revoked": "the same",
}
"""What it is told of besides, where it is installed by OAuth."""

STEP_EVENTS: dict[str, str] = {"function_executed": "runs its step in Workflow Builder"}
"""What it is told of besides, with the step."""


def manifest(url: str | None = None, *, internal: bool = False) -> dict[str, Any]:
    """The manifest, as api.slack.com takes it for a new app.

    With the address of `concord serve` it is for OAuth and HTTP, otherwise for one workspace and Socket Mode. An
    internal one has the step for Workflow Builder; Slack distributes no such app, and wants it ready for organisations.
    """
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Concord",
            "description": "See every customer project, find overlaps and gaps, plan together",
            "background_color": "#1F3A5F",
        },
        "features": _features(url),
        "oauth_config": _oauth(url),
        "settings": _settings(url, internal=internal),
        **({"functions": {str(Step.REGISTER): _step()}} if internal else {}),
    }


def events(url: str | None, *, internal: bool) -> dict[str, str]:
    """The events that a manifest asks for, each with its reason."""
    return {**EVENTS, **(HTTP_EVENTS if url else {}), **(STEP_EVENTS if internal else {})}


def _oauth(url: str | None) -> dict[str, Any]:
    scopes = {"bot": [*SCOPES, *OPTIONAL_SCOPES], "bot_optional": [*OPTIONAL_SCOPES]}
    return {**({"redirect_urls": [f"{url}{addresses.REDIRECT}"]} if url else {}), "scopes": scopes}


def _settings(url: str | None, *, internal: bool) -> dict[str, Any]:
    asked = [*events(url, internal=internal)]
    menus = {"message_menu_options_url": f"{url}{addresses.EVENTS}"} if url else {}
    return {
        "event_subscriptions": {**_to(url, "request_url"), "bot_events": asked},
        "interactivity": {"is_enabled": True, **_to(url, "request_url"), **menus},
        "org_deploy_enabled": bool(url) or internal,
        "socket_mode_enabled": not url,
        "token_rotation_enabled": False,
        **({"function_runtime": "remote"} if internal else {}),
    }


def _to(url: str | None, field: str) -> dict[str, str]:
    """Where Slack sends something; with Socket Mode there is no such address."""
    return {field: f"{url}{addresses.EVENTS}"} if url else {}


def _features(url: str | None) -> dict[str, Any]:
    return {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Concord", "always_online": True},
        "slash_commands": [
            {
                "command": COMMAND,
                "description": "Register and find customer projects, see overlaps and gaps",
                "usage_hint": "new | mine | find words | overlaps | gaps | help",
                "should_escape": False,
                **_to(url, "url"),
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


def _step() -> dict[str, Any]:
    texts = {"type": "string"}
    return {
        "title": "Register an initiative",
        "description": "Registers a customer project for its owner and tells those whom it concerns",
        "input_parameters": {
            "properties": {
                "title": {**texts, "title": "Title", "description": "A few words"},
                "problem": {**texts, "title": "Customer problem", "description": "What it changes for customers"},
                "owner": {"type": "slack#/types/user_id", "title": "Owner", "description": "Who answers for it"},
                "stages": {**texts, "title": "Stages", "description": "Names of stages with commas between"},
            },
            "required": ["title", "owner"],
        },
        "output_parameters": {
            "properties": {
                "initiative_id": {**texts, "title": "Number", "description": "Such as 12"},
                "reference": {**texts, "title": "Reference", "description": "Such as CX-12, for /cx show"},
                "link": {**texts, "title": "Link", "description": "Opens Concord in Slack"},
            },
            "required": ["initiative_id", "reference", "link"],
        },
    }
