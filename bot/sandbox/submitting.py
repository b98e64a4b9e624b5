"""Sending and closing a modal, and what the app's answer does to it."""

from typing import Any

from bot.sandbox import payloads
from bot.sandbox.blocks.check import checked_view
from bot.sandbox.errors import Json, Refused, SlackError
from bot.sandbox.forms import Values, form_faults, form_values, interactive_elements
from bot.sandbox.interactions import interact, note_refused
from bot.sandbox.pictures import may_show
from bot.sandbox.road import NoAnswer
from bot.sandbox.showing import show_stack
from bot.sandbox.state import Workspace
from bot.sandbox.views import View

TROUBLE = "We had some trouble connecting. Try again?"
ANSWERING = ("conversations_select", "channels_select")


async def submit(workspace: Workspace, view: View, typed: Values) -> dict[str, str]:
    """Send a form; what is wrong with it by block id, nothing when it was taken."""
    view.values = form_values(view.blocks, typed)
    faults = form_faults(view.blocks, view.values)
    if faults:
        return faults
    payload = {
        **payloads.triggered(workspace, "view_submission", view.user),
        "view": view.view_object(workspace.frame(view.user)),
        "response_urls": _response_urls(workspace, view),
    }
    try:
        answer = await interact(workspace, payload)
    except NoAnswer as error:
        raise Refused(TROUBLE) from error
    try:
        return _apply(workspace, view, answer)
    except SlackError as error:
        note_refused(workspace, "view_submission", answer, error)
        raise Refused(TROUBLE) from error


def _apply(workspace: Workspace, view: View, answer: Json) -> dict[str, str]:
    action = answer.get("response_action")
    if action == "errors":
        return _known_errors(view, answer.get("errors"))
    if action == "update":
        workspace.views.update(view, _body(workspace, answer))
    elif action == "push":
        workspace.views.push(view.user, _body(workspace, answer))
    elif action == "clear":
        workspace.views.stacks[view.user].clear()
    elif action is None:
        workspace.views.close(view)
    else:
        raise SlackError("invalid_response_action")
    show_stack(workspace, view.user)
    return {}


def _known_errors(view: View, errors: Any) -> dict[str, str]:
    fields = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not fields.issuperset(errors):
        raise SlackError("invalid_errors", "[ERROR] errors must name input blocks by block_id")
    return {str(block_id): str(words) for block_id, words in errors.items()}


def _body(workspace: Workspace, answer: Json) -> Json:
    return checked_view(answer.get("view"), "modal", workspace.ids, may_show(workspace))


def _response_urls(workspace: Workspace, view: View) -> list[Json]:
    found = []
    for placed in interactive_elements(view.blocks):
        if placed.element["type"] in ANSWERING and placed.element.get("response_url_enabled"):
            state = view.values[placed.block_id][placed.action_id]
            channel = state.get("selected_conversation") or state.get("selected_channel")
            if channel:
                address = payloads.response_url(workspace, workspace.response_urls.give(view.user, channel))
                place = {"block_id": placed.block_id, "action_id": placed.action_id}
                found.append({**place, "channel_id": channel, "response_url": address})
    return found


def close(workspace: Workspace, view: View, *, whole_stack: bool) -> None:
    """Close a modal, or all of them, and tell the app where it asked for that."""
    clears = whole_stack or bool(view.body.get("clear_on_close"))
    stack = workspace.views.stacks[view.user]
    told = stack[0] if clears and stack else view
    if clears:
        stack.clear()
    else:
        workspace.views.close(view)
    show_stack(workspace, view.user)
    if told.body.get("notify_on_close"):
        workspace.background.start(_tell_closed(workspace, told, is_cleared=clears))


async def _tell_closed(workspace: Workspace, view: View, *, is_cleared: bool) -> None:
    payload = {
        **payloads.interactive(workspace, "view_closed", view.user),
        "view": view.view_object(workspace.frame(view.user)),
        "is_cleared": is_cleared,
    }
    try:
        await workspace.road.deliver("interactive", payload)
    except NoAnswer as error:
        workspace.calls.note(workspace.clock.now(), "ack.view_closed", {"view_id": view.id}, error.word)
