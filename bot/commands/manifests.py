"""`concord manifest`."""

from bot.manifest import OPTIONAL_SCOPES, SCOPES, manifest
from bot.printing import Screen


def run_manifest(*, explain: bool) -> None:
    """The manifest on stdout; for people, the reason for each scope on stderr."""
    screen = Screen()
    screen.json(manifest())
    if explain and screen.err.is_terminal:
        screen.aside("\nPaste this at https://api.slack.com/apps?new_app=1 (“From a manifest”, “JSON”). It asks for:")
        for scope, reason in SCOPES.items():
            screen.aside(f"  {scope}: {reason}")
        screen.aside("and, if your administrator agrees, for:")
        for scope, reason in OPTIONAL_SCOPES.items():
            screen.aside(f"  {scope}: {reason}")
