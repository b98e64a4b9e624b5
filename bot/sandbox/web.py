"""The addresses that the app calls: the Web API, response addresses, uploads, Socket Mode."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.sandbox.api.arguments import Arguments
from bot.sandbox.api.methods import METHODS
from bot.sandbox.api.registry import Method, require_scope
from bot.sandbox.bodies import call_arguments, file_bytes
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.mishaps import answer_through_faults
from bot.sandbox.replying import reply
from bot.sandbox.state import Workspace


async def call_method(request: Request) -> Response:
    """POST /api/METHOD."""
    return await answer_call(request.app.state.workspace, request)


async def answer_call(workspace: Workspace, request: Request) -> Response:
    """Do what a method does in a workspace, and note it."""
    name = str(request.path_params["method"])
    try:
        arguments = await call_arguments(request)
    except SlackError as error:
        workspace.calls.note(workspace.clock.now(), name, {}, error.error)
        return JSONResponse(error.body())

    def act() -> Response:
        return JSONResponse(_outcome(workspace, name, arguments, request.headers), headers=_scopes(workspace))

    return await answer_through_faults(workspace, request, name, arguments, act)


def _outcome(workspace: Workspace, name: str, arguments: Json, headers: Mapping[str, str]) -> Json:
    now = workspace.clock.now()
    try:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        _admit(workspace, method, arguments, headers)
        answer = {"ok": True, **method.run(workspace, Arguments(arguments))}
    except SlackError as error:
        workspace.calls.note(now, name, arguments, error.error)
        return error.body()
    workspace.calls.note(now, name, arguments)
    return answer


def _admit(workspace: Workspace, method: Method, arguments: Json, headers: Mapping[str, str]) -> None:
    if method.caller == "anyone":
        return
    # An app-level token counts only in the header.
    token = token_of({} if method.caller == "app" else arguments, headers)
    if not token:
        raise SlackError("not_authed")
    if workspace.standing.kind(token) != method.caller:
        raise SlackError("not_allowed_token_type")
    require_scope(workspace, *method.scopes)


def token_of(arguments: Json, headers: Mapping[str, str]) -> str:
    """The token that a call came with, in its header or among its arguments; empty: none."""
    bearer = headers.get("authorization", "").removeprefix("Bearer ").strip()
    return bearer or str(arguments.get("token", ""))


def _scopes(workspace: Workspace) -> dict[str, str]:
    return {"x-oauth-scopes": ",".join(sorted(workspace.standing.scopes))}


async def answer_response_url(request: Request) -> Response:
    """POST /response/{key}."""
    workspace: Workspace = request.app.state.workspace
    key = str(request.path_params["key"])
    try:
        body = await call_arguments(request)
    except SlackError as error:
        return PlainTextResponse("invalid_payload", 400, {"x-slack-reason": error.error})

    def act() -> Response:
        return _replied(workspace, key, body)

    return await answer_through_faults(workspace, request, "response_url", body, act)


def _replied(workspace: Workspace, key: str, body: Json) -> Response:
    now = workspace.clock.now()
    try:
        address = workspace.response_urls.use(key)
    except SlackError as error:
        workspace.calls.note(now, "response_url", body, error.error)
        return PlainTextResponse(error.error, 404)
    try:
        reply(workspace, address.user, address.channel, body, address.message_ts)
    except SlackError as error:
        workspace.calls.note(now, "response_url", body, error.error)
        return PlainTextResponse(error.error, 400)
    workspace.calls.note(now, "response_url", body)
    return PlainTextResponse("ok")


async def receive_upload(request: Request) -> Response:
    """POST /upload/{key}."""
    workspace: Workspace = request.app.state.workspace
    content = file_bytes(request.headers.get("content-type", ""), await request.body())
    noted = {"length": len(content)}

    def act() -> Response:
        file = workspace.files.receive(str(request.path_params["key"]), content)
        workspace.calls.note(workspace.clock.now(), "upload", noted, None if file else "invalid_upload")
        return PlainTextResponse(f"OK - {len(content)}") if file else PlainTextResponse("invalid upload", 400)

    return await answer_through_faults(workspace, request, "upload", noted, act)


async def hold_connection(socket: WebSocket) -> None:
    """GET /link: one Socket Mode connection."""
    await socket.app.state.workspace.sockets.serve(socket)


ROUTES = (
    Route("/api/{method}", call_method, methods=["GET", "POST"]),
    Route("/response/{key}", answer_response_url, methods=["POST"]),
    Route("/upload/{key}", receive_upload, methods=["POST"]),
    WebSocketRoute("/link/", hold_connection),
)
