"""Where an answer goes: a private reply where Slack takes one, otherwise a modal."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient

from handlers.commands import reply
from handlers.views.loading import loading_modal, told_modal
from handlers.views.text import Message

OPENED = "opened_view"
"""Key in a request's body: the modal that is about to be filled, so that an error can be said in it."""


def hold_place(client: WebClient, body: dict[str, Any], title: str) -> str:
    """The id of a modal to be filled: the one where the button stands, or a new one opened at once."""
    view = body.get("view") or {}
    if view.get("type") != "modal":
        view = client.views_open(trigger_id=body["trigger_id"], view=loading_modal(title))["view"]
    body[OPENED] = str(view["id"])
    return str(view["id"])


def answer(
    client: WebClient,
    body: Mapping[str, Any],
    respond: Respond,
    message: Message,
    title: str = "Concord",
    *,
    replace: bool = False,
) -> None:
    """Say it where the button stands: in its modal, over the Home tab, or privately (`replace`: in its place)."""
    view = body.get("view") or {}
    if view.get("type") == "modal":
        client.views_update(view_id=view["id"], view=told_modal(title, message.blocks))
    elif view:
        client.views_open(trigger_id=body["trigger_id"], view=told_modal(title, message.blocks))
    else:
        private = bool(body.get("container", {}).get("is_ephemeral"))
        reply(respond, message, replace=replace and private)


def is_private(body: Mapping[str, Any]) -> bool:
    """Whether the button stands in a private copy, a modal or the Home tab, which the outbox does not draw again."""
    return bool(body.get("view") or body.get("container", {}).get("is_ephemeral"))
