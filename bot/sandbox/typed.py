"""What a person typed, as Slack keeps it: escaped, with names turned into ids."""

import re

from bot.sandbox.conversations import Kind
from bot.sandbox.state import Workspace

NAME = re.compile(r"(?<![\w@#])([@#])([a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?)")
ADDRESS = re.compile(r"(?<![\w<|])https?://[^\s<>]*[^\s<>.,;:!?)]")
SPECIAL = re.compile(r"(?<![\w@])@(here|channel|everyone)\b")


def as_kept(workspace: Workspace, text: str) -> str:
    """A typed message as it is stored."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    linked = ADDRESS.sub(lambda found: f"<{found[0]}>", escaped)
    return NAME.sub(lambda found: _token(workspace, found, labelled=False), SPECIAL.sub(r"<!\1>", linked))


def with_ids(workspace: Workspace, text: str) -> str:
    """The text of a command whose app asks for escaped names."""
    return NAME.sub(lambda found: _token(workspace, found, labelled=True), text)


def _token(workspace: Workspace, found: re.Match[str], *, labelled: bool) -> str:
    sign, name = found[1], found[2]
    if sign == "@":
        person = workspace.people.by_handle(name)
        found_id = person.id if person else None
    else:
        channel = workspace.conversations.by_name(name)
        found_id = channel.id if channel and channel.kind is Kind.CHANNEL else None
    if found_id is None:
        return found[0]
    return f"<{sign}{found_id}|{name}>" if labelled else f"<{sign}{found_id}>"
