"""Whole pages of the provider, as HTML; all text in them is escaped here."""

from collections.abc import Iterable, Mapping
from html import escape

from starlette.responses import HTMLResponse

from bot.sandbox.watching import PAGE_HEADERS

# Without any referrer a browser would not say either where a form comes from, and the guard has to know.
_HEADERS = {**PAGE_HEADERS, "Referrer-Policy": "same-origin"}
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/palette.css">
<link rel="stylesheet" href="/static/provider.css">
</head>
<body>
<p class="note">Local workspaces for trying the app. Nothing here reaches Slack.</p>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def page(title: str, *parts: str, status: int = 200) -> HTMLResponse:
    """A page with a heading and parts that are HTML already."""
    text = _PAGE.format(title=escape(title), body="\n".join(parts))
    return HTMLResponse(text, status, _HEADERS)


def tag(name: str, /, *inside: str, **attributes: str | bool | None) -> str:
    """An element around HTML; attributes are escaped, and one that Python has a word for ends in an underscore."""
    said = "".join(_attribute(key, value) for key, value in attributes.items())
    return f"<{name}{said}>{''.join(inside)}</{name}>"


def text(name: str, words: str, /, **attributes: str | bool | None) -> str:
    """An element around plain words."""
    return tag(name, escape(words), **attributes)


def field(**attributes: str | bool | None) -> str:
    """An input element."""
    return f"<input{''.join(_attribute(key, value) for key, value in attributes.items())}>"


def hidden(values: Mapping[str, str]) -> str:
    """Fields that go along with a form unseen."""
    return "".join(field(type="hidden", name=name, value=value) for name, value in values.items())


def choice(label: str, name: str, options: Iterable[tuple[str, str]]) -> str:
    """A menu with its label."""
    offered = [text("option", words, value=value) for value, words in options]
    return tag("label", text("span", label), tag("select", *offered, name=name), class_="choice")


def deed(action: str, label: str, values: Mapping[str, str], *, grave: bool = False) -> str:
    """A button that does one thing."""
    button = text("button", label, type="submit", class_="grave" if grave else None)
    return tag("form", hidden(values), button, method="post", action=action)


def _attribute(key: str, value: str | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(value)}"'
