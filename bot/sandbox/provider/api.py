"""The one API address: whose token it is says which workspace is meant."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.bodies import call_arguments
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.mishaps import answer_through_faults
from bot.sandbox.provider.access import exchange
from bot.sandbox.provider.state import Provider
from bot.sandbox.web import answer_call, token_of

OAUTH = "oauth.v2.access"


async def call_method(request: Request) -> Response:
    """POST /api/METHOD."""
    provider: Provider = request.app.state.provider
    name = str(request.path_params["method"])
    try:
        arguments = await call_arguments(request)
    except SlackError as error:
        return _refused(provider, name, {}, error)
    if name == OAUTH:
        return await answer_through_faults(
            provider, request, name, arguments, lambda: _let_in(provider, request, arguments)
        )
    token = token_of(arguments, request.headers)
    workspace = provider.with_token(token)
    if workspace is None:
        return _refused(provider, name, arguments, SlackError("invalid_auth" if token else "not_authed"))
    return await answer_call(workspace, request)


def _let_in(provider: Provider, request: Request, arguments: Json) -> Response:
    try:
        answer = exchange(provider, arguments, request.headers)
    except SlackError as error:
        return _refused(provider, OAUTH, arguments, error)
    provider.calls.note(provider.clock.now(), OAUTH, _without_code(arguments))
    return JSONResponse({"ok": True, **answer})


def _refused(provider: Provider, name: str, arguments: Json, error: SlackError) -> Response:
    provider.calls.note(provider.clock.now(), name, _without_code(arguments), error.error)
    return JSONResponse(error.body())


def _without_code(arguments: Json) -> Json:
    return {key: value for key, value in arguments.items() if key != "code"}


ROUTES = (Route("/api/{method}", call_method, methods=["GET", "POST"]),)
