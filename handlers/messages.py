"""What a message says, as people see it: Slack keeps it escaped, with ids in the place of names."""

import re
from collections.abc import Mapping
from html import unescape

_TOKEN = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_MAIL = "mailto:"


def as_seen(text: str, names: Mapping[str, str]) -> str:
    """The text of a message with names, labels and addresses instead of tokens; `names` are by Slack id."""
    parts, end = [], 0
    for token in _TOKEN.finditer(text):
        parts += [
            _unescaped(text[end : token.start()]),
            _said(_unescaped(token[1]), _unescaped(token[2] or ""), names),
        ]
        end = token.end()
    return "".join([*parts, _unescaped(text[end:])])


def _said(body: str, label: str, names: Mapping[str, str]) -> str:
    match body[0]:
        case "@":
            return f"@{names.get(body[1:]) or label or 'somebody'}"
        case "#":
            name = label or names.get(body[1:], "").removeprefix("#")
            return f"#{name}" if name else "a channel"
        case "!":
            return label or f"@{body[1:].split('^')[0]}"
    return label or body.removeprefix(_MAIL)


def _unescaped(text: str) -> str:
    """Slack escapes three characters only; other entities are as somebody typed them."""
    return re.sub("&(?:amp|lt|gt);", lambda entity: unescape(entity[0]), text)
