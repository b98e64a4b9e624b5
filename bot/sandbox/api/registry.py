"""A method's name, what it needs, and what it does."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.sandbox.api.arguments import Arguments
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.state import Workspace

Run = Callable[[Workspace, Arguments], Json]


class MethodTakenError(Exception):
    """Two methods of one name: one of them would never be called; rename or drop one."""


@dataclass(frozen=True)
class Method:
    """One method of the Web API; any of its scopes is enough."""

    name: str
    run: Run
    scopes: tuple[str, ...] = ()
    caller: Literal["bot", "app", "anyone"] = "bot"


def registry(*families: Iterable[Method]) -> Mapping[str, Method]:
    """All methods by name; a name can be taken once."""
    known: dict[str, Method] = {}
    for method in (method for family in families for method in family):
        if method.name in known:
            raise MethodTakenError(method.name)
        known[method.name] = method
    return known


def require_scope(workspace: Workspace, *any_of: str) -> None:
    """Refuse unless the bot token has one of these scopes."""
    granted = workspace.standing.scopes
    if any_of and not granted.intersection(any_of):
        raise SlackError("missing_scope", needed=",".join(any_of), provided=",".join(sorted(granted)))
