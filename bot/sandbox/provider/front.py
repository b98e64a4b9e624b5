"""The provider's first page: every workspace, how the app stands in it, and what an administrator can do."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.sandbox.bodies import form_fields
from bot.sandbox.errors import Refused
from bot.sandbox.provider import deeds
from bot.sandbox.provider.pages import deed, page, tag, text
from bot.sandbox.provider.state import Provider, key_of
from bot.sandbox.provider.words import meaning
from bot.sandbox.server import Sandbox
from bot.sandbox.standing import Installation
from bot.sandbox.state import Workspace


async def show(request: Request) -> Response:
    """GET /."""
    provider: Provider = request.app.state.provider
    name, install_url = provider.manifest.display_information.name, provider.app.install_url
    start = text("a", f"Install {name}", href=install_url, class_="button main") if install_url else ""
    cards = [_card(site) for site in provider.sites]
    return page(f"Workspaces that can have {name}", tag("p", start), *cards)


def _card(site: Sandbox) -> str:
    workspace = site.workspace
    installation = workspace.standing.installation
    heading = tag("h2", text("a", workspace.file.name, href=site.url))
    state = _installed(workspace, installation) if installation else text("p", "The app is not installed.")
    return tag("section", heading, state, class_="card", id=key_of(workspace))


def _installed(workspace: Workspace, installation: Installation) -> str:
    by = workspace.people.require(installation.by).real_name
    where = "for the whole organisation" if installation.is_org_wide else _team_names(workspace, installation.teams)
    scopes = [tag("li", text("span", meaning(each)), " ", text("code", each)) for each in sorted(installation.scopes)]
    return "".join(
        [
            text("p", f"Installed by {by} {where}."),
            tag("details", text("summary", f"{len(scopes)} permissions"), tag("ul", *scopes, class_="scopes")),
            _teams(workspace, installation),
            _ways_out(key_of(workspace)),
        ]
    )


def _team_names(workspace: Workspace, teams: frozenset[str]) -> str:
    return "in " + ", ".join(team.name for team in workspace.file.teams if team.id in teams)


def _teams(workspace: Workspace, installation: Installation) -> str:
    if not installation.is_org_wide:
        return ""
    rows = []
    for team in workspace.file.teams:
        present = team.id in installation.teams
        order = {"workspace": key_of(workspace), "team": team.id, "present": str(not present).lower()}
        label = f"Take it away from {team.name}" if present else f"Add it to {team.name}"
        said = f"{team.name} has the app." if present else f"{team.name} does not have the app yet."
        rows.append(tag("li", text("span", said), deed("/do/teams", label, order)))
    return tag("ul", *rows, class_="teams")


def _ways_out(key: str) -> str:
    first = {"workspace": key, "first": "app_uninstalled"}
    tokens_first = {"workspace": key, "first": "tokens_revoked"}
    return tag(
        "div",
        deed("/do/uninstall", "Uninstall", first, grave=True),
        deed("/do/uninstall", "Uninstall, told of the token first", tokens_first, grave=True),
        deed("/do/revoke", "Revoke its token only", {"workspace": key}, grave=True),
        class_="ways-out",
    )


def _doing(do: Callable[[Provider, dict[str, str]], None]) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        form = dict(await form_fields(request))
        try:
            do(request.app.state.provider, form)
        except Refused as error:
            return page("That was not possible", text("p", str(error)), text("a", "Back", href="/"), status=400)
        return RedirectResponse("/", 303)

    return endpoint


ROUTES = (
    Route("/", show),
    Route(
        "/do/uninstall",
        _doing(lambda provider, form: deeds.uninstall(provider, deeds.Uninstall.model_validate(form))),
        methods=["POST"],
    ),
    Route(
        "/do/revoke",
        _doing(lambda provider, form: deeds.revoke(provider, deeds.Revoke.model_validate(form))),
        methods=["POST"],
    ),
    Route(
        "/do/teams",
        _doing(lambda provider, form: deeds.set_presence(provider, deeds.Presence.model_validate(form))),
        methods=["POST"],
    ),
)
