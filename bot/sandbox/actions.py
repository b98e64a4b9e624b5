"""Buttons, menus and pickers: a press becomes block_actions, a search block_suggestion."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.blocks.composition import offered
from bot.sandbox.blocks.options import checked_options
from bot.sandbox.conversations import Conversation
from bot.sandbox.errors import Json, Refused, SlackError
from bot.sandbox.forms import STATEFUL, Placed, Values, find_element, form_values
from bot.sandbox.interactions import LATE, interact, note_refused, require_app
from bot.sandbox.messages import Message
from bot.sandbox.road import NoAnswer
from bot.sandbox.state import Workspace
from bot.sandbox.views import View

GONE = "That button is not there any more. Look at what is shown now."


@dataclass(frozen=True)
class OnMessage:
    """A message whose blocks a person uses."""

    conversation: Conversation
    message: Message

    @property
    def channel(self) -> str | None:
        """Where it stands."""
        return self.conversation.id

    @property
    def blocks(self) -> list[Json]:
        """What can be used."""
        return self.message.blocks or []


@dataclass(frozen=True)
class OnView:
    """A modal or Home whose blocks a person uses."""

    view: View

    @property
    def channel(self) -> str | None:
        """A view stands in no conversation."""
        return None

    @property
    def blocks(self) -> list[Json]:
        """What can be used."""
        return self.view.blocks


Surface = OnMessage | OnView


async def press(workspace: Workspace, user: str, surface: Surface, action: Json, typed: Values) -> None:
    """Send what a person pressed or chose; what they typed elsewhere goes along."""
    placed = _placed(surface, str(action.get("block_id")), str(action.get("action_id")))
    part = _action_part(placed, action, workspace.clock.stamp())
    values = form_values(surface.blocks, _with_choice(typed, placed, part))
    payload = {
        **payloads.triggered(workspace, "block_actions", user, surface.channel),
        "actions": [part],
        **_scene(workspace, user, surface, values),
    }
    try:
        await interact(workspace, payload)
    except NoAnswer as error:
        raise Refused(f"The app {LATE[error.word]}") from error


def _scene(workspace: Workspace, user: str, surface: Surface, values: Values) -> Json:
    if isinstance(surface, OnView):
        surface.view.values = values
        return payloads.on_view(workspace, surface.view)
    message = surface.message
    key = workspace.response_urls.give(user, surface.conversation.id, message.ts)
    return {
        **payloads.on_message(surface.conversation, message),
        "state": {"values": values},
        "response_url": payloads.response_url(workspace, key),
    }


async def suggest(workspace: Workspace, user: str, surface: Surface, block_id: str, action_id: str, query: str) -> Json:
    """Ask the app for the options of a menu that match what is typed."""
    require_app(workspace, user)
    placed = _placed(surface, block_id, action_id)
    payload = {
        **payloads.interactive(workspace, "block_suggestion", user, surface.channel),
        "action_id": placed.action_id,
        "block_id": placed.block_id,
        "value": query,
        **_place(workspace, surface),
    }
    try:
        answer = await workspace.road.deliver("interactive", payload)
        return checked_options(answer)
    except NoAnswer as error:
        raise Refused(f"The app {LATE[error.word]}") from error
    except SlackError as error:
        note_refused(workspace, "block_suggestion", answer, error)
        raise Refused(f"The app sent options that cannot be shown ({error.error}).") from error


def _place(workspace: Workspace, surface: Surface) -> Json:
    if isinstance(surface, OnView):
        return payloads.on_view(workspace, surface.view)
    return payloads.on_message(surface.conversation, surface.message)


def _placed(surface: Surface, block_id: str, action_id: str) -> Placed:
    placed = find_element(surface.blocks, block_id, action_id)
    if placed is None:
        raise Refused(GONE)
    return placed


def _action_part(placed: Placed, action: Json, stamp: str) -> Json:
    element = placed.element
    part = {"type": element["type"], "action_id": placed.action_id, "block_id": placed.block_id, "action_ts": stamp}
    if element["type"] == "button":
        return {**part, **{name: element[name] for name in ("text", "value", "style") if name in element}}
    key = "selected_option" if element["type"] == "overflow" else STATEFUL[element["type"]][0]
    chosen = action.get(key)
    if not _is_offered(element, chosen):
        raise Refused(GONE)
    return {**part, key: chosen}


def _is_offered(element: Json, chosen: Any) -> bool:
    known = [option["value"] for option in offered(element)]
    return not known or all(value in known for value in _values(chosen))


def _values(chosen: Any) -> Iterator[Any]:
    options = chosen if isinstance(chosen, list) else [chosen]
    return (option.get("value") for option in options if isinstance(option, dict))


def _with_choice(typed: Values, placed: Placed, part: Json) -> Values:
    if placed.element["type"] not in STATEFUL:
        return typed
    key = STATEFUL[placed.element["type"]][0]
    chosen = {"type": part["type"], key: part[key]}
    return {**typed, placed.block_id: {**typed.get(placed.block_id, {}), placed.action_id: chosen}}
