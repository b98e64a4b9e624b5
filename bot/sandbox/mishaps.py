"""Running a call through the failures that were ordered for it."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.calls import Calls
from bot.sandbox.clock import Clock
from bot.sandbox.errors import Json
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.pictures import PROCESSING, is_processed
from bot.sandbox.wire import Wire, first_of


class Weathered(Protocol):
    """Whatever notes its calls and can be told to fail."""

    @property
    def clock(self) -> Clock:
        """When things happen."""
        ...

    @property
    def calls(self) -> Calls:
        """What was asked."""
        ...

    @property
    def faults(self) -> Faults:
        """What shall go wrong."""
        ...

    @property
    def wire(self) -> Wire:
        """The connections that can be cut."""
        ...


async def answer_through_faults(
    workspace: Weathered, request: Request, method: str, arguments: Json, act: Callable[[], Response]
) -> Response:
    """Do what was asked and answer, unless a failure comes before or after."""
    if method == PROCESSING and not is_processed(workspace.faults):
        return act()
    fault = workspace.faults.strike(method)
    if fault is None:
        return act()
    failed = await _before(workspace, request, fault)
    if failed is not None:
        workspace.calls.note(workspace.clock.now(), method, arguments, _error_word(fault))
        return failed
    response = act()
    await _after(workspace, request, fault)
    return response


async def _before(workspace: Weathered, request: Request, fault: Fault) -> Response | None:
    order = fault.order
    if order.kind == "drop_before":
        await workspace.wire.cut(request)
        return Response(status_code=502)
    if order.kind == "hold_before" and not await _hold(request, fault):
        return Response(status_code=502)
    if order.kind == "slow":
        await asyncio.sleep(order.seconds)
    return _refusal(fault)


def _refusal(fault: Fault) -> Response | None:
    body = {"ok": False, "error": _error_word(fault)}
    if fault.order.kind == "ratelimited":
        return JSONResponse(body, 429, {"Retry-After": str(fault.order.retry_after)})
    if fault.order.kind == "server_error":
        return JSONResponse(body, 503)
    return JSONResponse(body) if fault.order.kind == "error" else None


async def _after(workspace: Weathered, request: Request, fault: Fault) -> None:
    if fault.order.kind == "drop_after":
        await workspace.wire.cut(request)
    elif fault.order.kind == "hold_after":
        await _hold(request, fault)


async def _hold(request: Request, fault: Fault) -> bool:
    fault.holding += 1
    try:
        return await first_of(request, fault.released)
    finally:
        fault.holding -= 1


def _error_word(fault: Fault) -> str:
    words = {"error": fault.order.error, "server_error": "service_unavailable"}
    return words.get(fault.order.kind, fault.order.kind)
