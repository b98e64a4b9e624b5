"""The addresses for tests: the same as a workspace's where they are about all of them, and what happens to the app."""

from secrets import token_hex

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.clock import ClockMovedBack
from bot.sandbox.control import ClockOrder, clock_state
from bot.sandbox.errors import Json
from bot.sandbox.faults import FaultOrder
from bot.sandbox.provider import deeds
from bot.sandbox.provider.state import Provider, key_of
from bot.sandbox.road import NoAnswer
from bot.sandbox.server import Sandbox


async def list_workspaces(request: Request) -> Response:
    """GET /control/workspaces."""
    return JSONResponse({"workspaces": [_shown(site) for site in _provider(request).sites]})


def _shown(site: Sandbox) -> Json:
    workspace = site.workspace
    installation = workspace.standing.installation
    installed = installation and {
        "token": installation.token,
        "scopes": sorted(installation.scopes),
        "teams": sorted(installation.teams),
        "is_org_wide": installation.is_org_wide,
        "by": installation.by,
    }
    return {"id": key_of(workspace), "name": workspace.file.name, "url": site.url, "installation": installed}


async def uninstall(request: Request) -> Response:
    """POST /control/uninstall."""
    deeds.uninstall(_provider(request), deeds.Uninstall.model_validate_json(await request.body()))
    return JSONResponse({"ok": True})


async def revoke(request: Request) -> Response:
    """POST /control/revoke."""
    deeds.revoke(_provider(request), deeds.Revoke.model_validate_json(await request.body()))
    return JSONResponse({"ok": True})


async def set_presence(request: Request) -> Response:
    """POST /control/teams."""
    deeds.set_presence(_provider(request), deeds.Presence.model_validate_json(await request.body()))
    return JSONResponse({"ok": True})


async def verify(request: Request) -> Response:
    """POST /control/verify: whether the app answers at the address of its events."""
    try:
        return JSONResponse({"ok": await _provider(request).hooks.verify(token_hex(16))})
    except NoAnswer as error:
        return JSONResponse({"ok": False, "error": error.word})


async def list_calls(request: Request) -> Response:
    """GET /control/calls: those that belong to no workspace."""
    return JSONResponse({"calls": _provider(request).calls.since(int(request.query_params.get("since", 0)))})


async def order_fault(request: Request) -> Response:
    """POST /control/faults: of oauth.v2.access; other methods fail by the workspace's own."""
    order = FaultOrder.model_validate_json(await request.body())
    return JSONResponse({"id": _provider(request).faults.order(order).id})


async def clear_faults(request: Request) -> Response:
    """DELETE /control/faults."""
    _provider(request).faults.clear()
    return JSONResponse({"ok": True})


async def read_clock(request: Request) -> Response:
    """GET /control/clock: that of all workspaces."""
    return JSONResponse(clock_state(_provider(request).workspaces[0]))


async def move_clock(request: Request) -> Response:
    """POST /control/clock."""
    provider = _provider(request)
    first = provider.workspaces[0]
    try:
        provider.clock.move(ClockOrder.model_validate_json(await request.body()).offset(first))
    except ClockMovedBack as error:
        return JSONResponse({"ok": False, "error": str(error)}, 400)
    for workspace in provider.workspaces:
        workspace.screens.tell_all({"type": "clock", **clock_state(workspace)})
    return JSONResponse(clock_state(first))


def _provider(request: Request) -> Provider:
    provider: Provider = request.app.state.provider
    return provider


ROUTES = (
    Route("/control/workspaces", list_workspaces),
    Route("/control/uninstall", uninstall, methods=["POST"]),
    Route("/control/revoke", revoke, methods=["POST"]),
    Route("/control/teams", set_presence, methods=["POST"]),
    Route("/control/verify", verify, methods=["POST"]),
    Route("/control/calls", list_calls),
    Route("/control/faults", order_fault, methods=["POST"]),
    Route("/control/faults", clear_faults, methods=["DELETE"]),
    Route("/control/clock", read_clock, methods=["GET"]),
    Route("/control/clock", move_clock, methods=["POST"]),
)
