"""The address for tests by which a person moves or is switched off: Slack tells the app with `user_change`."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.control import Body
from bot.sandbox.events import emit
from bot.sandbox.state import Workspace
from bot.sandbox.workspace import Zone


class Move(Body):
    """Where somebody is by now, and whether the account is still there; what is not given stays."""

    tz: Zone | None = None
    deleted: bool | None = None


async def move_person(request: Request) -> Response:
    """POST /control/people/{id}."""
    workspace: Workspace = request.app.state.workspace
    order = Move.model_validate_json(await request.body())
    person = workspace.people.find(str(request.path_params["id"]))
    if person is None:
        return JSONResponse({"ok": False, "error": "user_not_found"}, 404)
    moved = workspace.people.replace(person.model_copy(update=order.model_dump(exclude_none=True)))
    stamp = workspace.clock.stamp()
    user = workspace.people.user_object(moved, now=workspace.clock.now(), with_email=False)
    emit(
        workspace,
        "user_change",
        {"type": "user_change", "user": user, "cache_ts": int(float(stamp)), "event_ts": stamp},
    )
    return JSONResponse({"ok": True, "tz": moved.tz})


ROUTES = (Route("/control/people/{id}", move_person, methods=["POST"]),)
