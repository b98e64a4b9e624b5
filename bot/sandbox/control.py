"""The addresses for tests and the demo: the call log, failures, the clock. Slack has none of these."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, model_validator
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import workflows
from bot.sandbox.clock import ClockMovedBack
from bot.sandbox.conversations import Conversation
from bot.sandbox.errors import Json
from bot.sandbox.faults import FaultOrder, Weather, WeatherOrder
from bot.sandbox.state import Workspace


class Body(BaseModel):
    """A request's body; a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ClockOrder(Body):
    """How far to move the clock: to a distance, by a distance, or to a moment."""

    offset_s: float | None = None
    advance_s: float | None = None
    to: AwareDatetime | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "ClockOrder":
        if sum(each is not None for each in (self.offset_s, self.advance_s, self.to)) != 1:
            raise ValueError("give one of offset_s, advance_s, to")
        return self

    def offset(self, workspace: Workspace) -> float:
        """How far ahead the clock shall be."""
        if self.to is not None:
            return workspace.clock.offset + self.to.timestamp() - workspace.clock.now()
        return workspace.clock.offset + self.advance_s if self.advance_s is not None else self.offset_s or 0.0


class SocketOrder(Body):
    """What to do with the app's connections."""

    action: Literal["disconnect", "refuse", "accept"]
    reason: Literal["warning", "refresh_requested", "link_disabled"] = "refresh_requested"
    only: int | None = None
    """So many of those to disconnect, the oldest first; all when not given."""


class Switch(Body):
    """On or off."""

    on: bool


async def list_calls(request: Request) -> Response:
    """GET /control/calls."""
    since = int(request.query_params.get("since", 0))
    return JSONResponse({"calls": _workspace(request).calls.since(since)})


async def order_fault(request: Request) -> Response:
    """POST /control/faults."""
    order = FaultOrder.model_validate_json(await request.body())
    return JSONResponse({"id": _workspace(request).faults.order(order).id})


async def list_faults(request: Request) -> Response:
    """GET /control/faults."""
    return JSONResponse({"faults": _workspace(request).faults.summaries()})


async def clear_faults(request: Request) -> Response:
    """DELETE /control/faults."""
    _workspace(request).faults.clear()
    return JSONResponse({"ok": True})


async def release_fault(request: Request) -> Response:
    """POST /control/faults/{id}/release."""
    is_known = _workspace(request).faults.release(str(request.path_params["id"]))
    return JSONResponse({"ok": is_known}, 200 if is_known else 404)


async def order_weather(request: Request) -> Response:
    """POST /control/weather."""
    _workspace(request).faults.weather = Weather(WeatherOrder.model_validate_json(await request.body()))
    return JSONResponse({"ok": True})


async def read_weather(request: Request) -> Response:
    """GET /control/weather: how often each kind has struck."""
    return JSONResponse({"struck": _workspace(request).faults.weather.struck})


async def read_clock(request: Request) -> Response:
    """GET /control/clock."""
    return JSONResponse(clock_state(_workspace(request)))


async def move_clock(request: Request) -> Response:
    """POST /control/clock."""
    workspace = _workspace(request)
    try:
        workspace.clock.move(ClockOrder.model_validate_json(await request.body()).offset(workspace))
    except ClockMovedBack as error:
        return JSONResponse({"ok": False, "error": str(error)}, 400)
    workspace.screens.tell_all({"type": "clock", **clock_state(workspace)})
    return JSONResponse(clock_state(workspace))


def clock_state(workspace: Workspace) -> Json:
    """What the clock says."""
    return {"now": workspace.clock.now(), "offset_s": workspace.clock.offset}


async def list_messages(request: Request) -> Response:
    """GET /control/messages."""
    workspace = _workspace(request)
    conversation = _asked_for(workspace, request)
    if conversation is None:
        return JSONResponse({"error": "channel_not_found"}, 404)
    stored = workspace.messages.stored(conversation.id)
    return JSONResponse({"messages": [each.message_object(with_metadata=True) for each in stored]})


def _asked_for(workspace: Workspace, request: Request) -> Conversation | None:
    query = request.query_params
    found = workspace.conversations.find(query.get("channel", ""))
    return found or workspace.conversations.by_name(query.get("name", ""))


async def list_conversations(request: Request) -> Response:
    """GET /control/conversations."""
    shown = [
        {"id": each.id, "kind": each.kind, "name": each.name, "members": each.members}
        for each in _workspace(request).conversations
    ]
    return JSONResponse({"conversations": shown})


async def order_sockets(request: Request) -> Response:
    """POST /control/socket."""
    order = SocketOrder.model_validate_json(await request.body())
    workspace = _workspace(request)
    if order.action == "disconnect":
        workspace.background.start(workspace.sockets.disconnect(order.reason, order.only))
    elif order.action == "refuse":
        await workspace.sockets.refuse()
    else:
        workspace.sockets.accept()
    return JSONResponse({"ok": True, "connections": len(workspace.sockets.connections)})


async def start_again(request: Request) -> Response:
    """POST /control/reset: everything as the workspace file says, and an app that has to connect again."""
    workspace = _workspace(request)
    request.app.state.workspace = workspace.again()
    await workspace.end()
    workspace.screens.tell_all({"type": "conversation"})
    return JSONResponse({"ok": True})


async def switch_duplicates(request: Request) -> Response:
    """POST /control/duplicate_events."""
    _workspace(request).sends_events_twice = Switch.model_validate_json(await request.body()).on
    return JSONResponse({"ok": True})


def _workspace(request: Request) -> Workspace:
    workspace: Workspace = request.app.state.workspace
    return workspace


ROUTES = (
    Route("/control/calls", list_calls),
    Route("/control/faults", order_fault, methods=["POST"]),
    Route("/control/faults", list_faults, methods=["GET"]),
    Route("/control/faults", clear_faults, methods=["DELETE"]),
    Route("/control/faults/{id}/release", release_fault, methods=["POST"]),
    Route("/control/weather", order_weather, methods=["POST"]),
    Route("/control/weather", read_weather, methods=["GET"]),
    Route("/control/clock", read_clock, methods=["GET"]),
    Route("/control/clock", move_clock, methods=["POST"]),
    Route("/control/messages", list_messages),
    Route("/control/conversations", list_conversations),
    Route("/control/socket", order_sockets, methods=["POST"]),
    Route("/control/reset", start_again, methods=["POST"]),
    Route("/control/duplicate_events", switch_duplicates, methods=["POST"]),
    *workflows.ROUTES,
)
