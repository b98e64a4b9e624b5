"""The pages on which somebody allows an installation: where, as whom, with which scopes; or says no."""

from starlette.responses import Response

from bot.sandbox.provider.asking import Asked
from bot.sandbox.provider.pages import choice, field, hidden, page, tag, text
from bot.sandbox.provider.state import Provider, key_of
from bot.sandbox.provider.words import meaning
from bot.sandbox.state import Workspace
from bot.sandbox.workspace import Person

WHOLE = "whole"
PLACE, PERSON, SCOPE, DECISION, WORKSPACE = "place", "person", "allow", "decision", "workspace"


def choose_workspace(provider: Provider, asked: Asked) -> Response:
    """Where to install, of all workspaces that there are."""
    name = provider.manifest.display_information.name
    rows = [_workspace_link(each, asked) for each in provider.workspaces]
    return page(f"Where do you want to install {name}?", tag("ul", *rows, class_="places"))


def _workspace_link(workspace: Workspace, asked: Asked) -> str:
    key, file = key_of(workspace), workspace.file
    kind = f"Organisation of {len(file.teams)} workspaces" if file.enterprise else f"{file.team.domain}.slack.com"
    inside = text("strong", file.name) + text("span", kind)
    return tag("li", tag("a", inside, href=asked.address(workspace=key)))


def consent(provider: Provider, workspace: Workspace, asked: Asked) -> Response:
    """What the app asks for, and the two answers."""
    name, place = provider.manifest.display_information.name, workspace.file.name
    form = tag(
        "form",
        hidden({**asked.query, WORKSPACE: key_of(workspace)}),
        _where(provider, workspace),
        choice("You are", PERSON, [(each.id, each.real_name) for each in _administrators(workspace)]),
        text("h2", f"What {name} will be able to do"),
        _required(provider, asked),
        _optional(provider, workspace, asked),
        _answers(),
        method="post",
        action="/oauth/v2/authorize",
    )
    elsewhere = text("a", "Choose another workspace", href=asked.address())
    return page(f"{name} asks to be let into {place}", form, tag("p", elsewhere, class_="aside"))


def _administrators(workspace: Workspace) -> list[Person]:
    return [each for each in workspace.people if not (each.is_bot or each.deleted or each.is_restricted)]


def _where(provider: Provider, workspace: Workspace) -> str:
    file = workspace.file
    if file.enterprise is None:
        return hidden({PLACE: file.team.id})
    whole = [(WHOLE, f"The whole organisation: {file.enterprise.name}")]
    teams = [(team.id, f"One workspace only: {team.name}") for team in file.teams]
    return choice("Install it in", PLACE, [*(whole if provider.manifest.settings.org_deploy_enabled else []), *teams])


def _required(provider: Provider, asked: Asked) -> str:
    optional = provider.manifest.oauth_config.scopes.bot_optional
    return tag("ul", *[tag("li", _scope(each)) for each in asked.scopes if each not in optional], class_="scopes")


def _optional(provider: Provider, workspace: Workspace, asked: Asked) -> str:
    offered = [each for each in asked.scopes if each in provider.manifest.oauth_config.scopes.bot_optional]
    if not offered:
        return ""
    rows = [_tick(each, is_had=each in workspace.standing.scopes) for each in offered]
    return tag("fieldset", text("legend", "If you like, also"), *rows)


def _tick(scope: str, *, is_had: bool) -> str:
    had = text("span", "Allowed already; uninstall the app to take it back.", class_="had") if is_had else ""
    box = field(type="checkbox", name=SCOPE, value=scope, checked=True, disabled=is_had)
    return tag("label", box, tag("span", _scope(scope), had), class_="tick")


def _scope(scope: str) -> str:
    return text("span", meaning(scope)) + " " + text("code", scope)


def _answers() -> str:
    allow = text("button", "Allow", type="submit", name=DECISION, value="allow", class_="main")
    return tag("p", text("button", "Cancel", type="submit", name=DECISION, value="deny"), allow, class_="answers")
