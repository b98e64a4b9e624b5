"""`concord manifest`."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.commands.opening import Fault
from bot.manifest import OPTIONAL_SCOPES, SCOPES, events, manifest
from bot.printing import Screen
from bot.settings import is_bare
from planning.installations.scopes import OFF

_NEW = "\nPaste this at https://api.slack.com/apps?new_app=1 (“From a manifest”, “JSON”). It asks for:"
_HOW = {
    (False, False): "It is for one workspace and `concord run`, by Socket Mode.",
    (False, True): (
        "It is for one workspace and `concord run`, by Socket Mode, with the step for Workflow Builder. Slack wants "
        "such an app ready for organisations and a paid plan, and distributes it to no other company."
    ),
    (True, False): (
        "It is for `concord serve`, by OAuth, for any number of workspaces and organisations. To let other companies "
        "in, open “Manage Distribution” on the app's page."
    ),
    (True, True): (
        "It is for `concord serve`, with the step for Workflow Builder, for your own company alone: an app with a step "
        "cannot be distributed, nor installed for an organisation by its link. Its administrators install it."
    ),
}


def run_manifest(url: str | None, *, internal: bool, reasons: bool, as_json: bool) -> None:
    """The manifest on stdout; for people, what it is for and the reason for each scope on stderr. Or the reasons."""
    screen, address = Screen(), None if url is None else _checked(url)
    if reasons:
        _tell_reasons(screen, address, internal=internal, as_json=as_json)
        return
    screen.json(manifest(address, internal=internal))
    if not as_json and screen.err.is_terminal:
        screen.aside(f"\n{_HOW[bool(address), internal]}\n{_NEW}")
        for scope, reason in SCOPES.items():
            screen.aside(f"  {scope}: {reason}")
        screen.aside("and, if your administrator agrees, for:")
        for scope, reason in OPTIONAL_SCOPES.items():
            screen.aside(f"  {scope}: {reason}")


def reasons_table() -> str:
    """Every scope with its reason and what is off without it, as the README has it."""
    return "\n".join(["| scope | what for | without it |", "|---|---|---|", *_rows()])


def _rows() -> Iterator[str]:
    for scope, reason in {**SCOPES, **OPTIONAL_SCOPES}.items():
        optional = " (optional)" if scope in OPTIONAL_SCOPES else ""
        yield f"| `{scope}`{optional} | {reason} | {OFF[scope]} |"


def _tell_reasons(screen: Screen, url: str | None, *, internal: bool, as_json: bool) -> None:
    heard = events(url, internal=internal)
    if as_json:
        told = {**SCOPES, **OPTIONAL_SCOPES}
        scopes = {one: {"for": told[one], "without": OFF[one], "optional": one in OPTIONAL_SCOPES} for one in told}
        screen.json({"scopes": scopes, "events": heard})
        return
    screen.line(reasons_table())
    screen.line("\n| event | what for |\n|---|---|")
    for event, reason in heard.items():
        screen.line(f"| `{event}` | {reason} |")


def _checked(url: str) -> str:
    """https://HOST alone, as Slack takes it."""
    if not is_bare(url) or urlsplit(url).scheme != "https":
        raise Fault("Give the address of `concord serve` as https://HOST, without a path.", 2)
    return url.rstrip("/")
