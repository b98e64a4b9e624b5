"""/oauth/v2/authorize: the app sends a browser here, and the person's answer sends it back."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.sandbox.bodies import form_fields
from bot.sandbox.provider.asking import Asked, BadRequest
from bot.sandbox.provider.codes import Allowed
from bot.sandbox.provider.consent import (
    DECISION,
    PERSON,
    PLACE,
    SCOPE,
    WHOLE,
    WORKSPACE,
    choose_workspace,
    consent,
)
from bot.sandbox.provider.pages import page, text
from bot.sandbox.provider.state import Provider, key_of
from bot.sandbox.state import Workspace

PATH = "/oauth/v2/authorize"
Form = Mapping[str, str]


async def ask(request: Request) -> Response:
    """GET: which workspace, then whether."""
    provider: Provider = request.app.state.provider
    try:
        asked = Asked.read(provider, request.query_params)
    except BadRequest as error:
        return _refused(error)
    named = request.query_params.get(WORKSPACE) or request.query_params.get("team", "")
    workspace = provider.find(named)
    if workspace is None and len(provider.workspaces) > 1:
        return choose_workspace(provider, asked)
    return consent(provider, workspace or provider.workspaces[0], asked)


async def decide(request: Request) -> Response:
    """POST: allowed or denied."""
    provider: Provider = request.app.state.provider
    fields = await form_fields(request)
    ticked = frozenset(value for name, value in fields if name == SCOPE)
    try:
        asked = Asked.read(provider, dict(fields))
        said = _answer(provider, asked, dict(fields), ticked)
    except BadRequest as error:
        return _refused(error)
    return RedirectResponse(asked.back(**said), 303, {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


def _answer(provider: Provider, asked: Asked, form: Form, ticked: frozenset[str]) -> dict[str, str]:
    if form.get(DECISION) != "allow":
        return {"error": "access_denied"}
    workspace = provider.find(form.get(WORKSPACE, ""))
    if workspace is None:
        raise BadRequest("That workspace is not there any more.")
    return {"code": provider.codes.give(_allowed(provider, workspace, asked, form, ticked))}


def _allowed(provider: Provider, workspace: Workspace, asked: Asked, form: Form, ticked: frozenset[str]) -> Allowed:
    place, person = form.get(PLACE, ""), form.get(PERSON, "")
    may_be_whole = workspace.file.enterprise is not None and provider.manifest.settings.org_deploy_enabled
    if not (place == WHOLE and may_be_whole) and provider.team(workspace, place) is None:
        raise BadRequest("The app cannot be installed there.")
    if workspace.people.find(person) is None:
        raise BadRequest("There is nobody like that in this workspace.")
    optional = provider.manifest.oauth_config.scopes.bot_optional
    scopes = frozenset(each for each in asked.scopes if each not in optional or each in ticked)
    team = None if place == WHOLE else place
    return Allowed(key_of(workspace), team, scopes, person, asked.query.get("redirect_uri", ""))


def _refused(error: BadRequest) -> Response:
    hint = text("p", "This is for the makers of the app to mend; nothing was installed.")
    return page("Something went wrong when authorizing this app", text("p", str(error)), hint, status=400)


ROUTES = (Route(PATH, ask, methods=["GET"]), Route(PATH, decide, methods=["POST"]))
