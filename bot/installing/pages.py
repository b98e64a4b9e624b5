"""What the browser shows at the end of an installation: words and links, no scripts, nothing from elsewhere."""

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from uuid import uuid4

import structlog
from slack_bolt import BoltResponse

from handlers.ids import COMMAND
from planning.installations.scopes import missing
from planning.installations.values import Installation

log = structlog.get_logger()
_STYLE = (
    "body{margin:0;background:#f4f5f7;color:#1d1c1d;font:17px/1.5 system-ui,sans-serif}"
    "main{box-sizing:border-box;max-width:36rem;margin:12vh auto 2rem;padding:2rem;background:#fff;border-radius:12px;"
    "border-top:6px solid #1f3a5f}"
    "h1{margin:0 0 1rem;font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}"
    "a.button{display:inline-block;padding:.6rem 1.1rem;border-radius:6px;background:#1f3a5f;color:#fff;"
    "font-weight:600;text-decoration:none}"
    "code{font-size:.9em;overflow-wrap:anywhere}li{margin:.3rem 0}"
)
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Type": ["text/html; charset=utf-8"],
    "Content-Security-Policy": [_POLICY],
    "Referrer-Policy": ["no-referrer"],
    "X-Content-Type-Options": ["nosniff"],
    "Cache-Control": ["no-store"],
}
_CODE = re.compile(r"[a-z_]{1,80}")
"""How Slack writes a reason; anything else is somebody else's text in a link to us, and is not repeated."""
_BEGIN = (
    f"<p>Type <code>{COMMAND}</code> in Slack to begin. Where nobody looks after the settings yet, "
    f"<code>{COMMAND} setup</code> offers it.</p>"
)
_BEGIN_AGAIN = "Begin again"
_STALE = (
    "An installation counts once, and is finished within ten minutes in the browser in which it began. "
    "If it was finished before, Concord is installed, and there is nothing more to do."
)


def installed(installation: Installation, install_url: str, cookie: str) -> BoltResponse:
    """It is installed; what is off for want of a permission, and the way back into Slack."""
    off = [
        f"<li><code>{escape(scope)}</code>: {escape(what)}</li>" for scope, what in missing(installation.scopes).items()
    ]
    body = [*_first_steps(installation)]
    if off:
        again = _link(install_url, "Install it again")
        body += [
            "<p>Not all permissions were given, so this is off:</p>",
            f"<ul>{''.join(off)}</ul>",
            f"<p>{again} and allow them to switch it on.</p>",
        ]
    return _page(200, f"Concord is installed in {installation.name}", body, cookie)


def failed(reason: str, status: int, install_url: str, cookie: str) -> BoltResponse:
    """Nothing was installed, why, and how to begin again."""
    title, why = _why(reason)
    return _page(status, title, [f"<p>{why}</p>", _button(install_url, _BEGIN_AGAIN)], cookie)


def crowded() -> BoltResponse:
    """Too many begin at once."""
    return _page(429, "Too many people install Concord now", ["<p>Nothing was begun. Try again in a minute.</p>"])


def faulty() -> BoltResponse:
    """A fault of ours, with a word by which who runs Concord finds it in the log."""
    code = uuid4().hex[:8]
    log.error("page of a fault shown", code=code)
    why = f"Try again in a minute. If it stays, quote <code>{code}</code> to who runs Concord."
    return _page(500, "Something went wrong on our side", [f"<p>{why}</p>"])


def _first_steps(installation: Installation) -> Sequence[str]:
    if installation.is_organisation:
        organisation, app = escape(str(installation.enterprise_id)), escape(installation.app_id)
        manage = f"https://app.slack.com/manage/{organisation}/integrations/profile/{app}/workspaces/add"
        return (
            "<p>It is in no workspace of the organisation yet. Choose where people may use it:</p>",
            f"<p>{_button(manage, 'Add it to workspaces')}</p>",
        )
    home = f"https://slack.com/app_redirect?app={escape(installation.app_id)}&team={escape(str(installation.team_id))}"
    return (_BEGIN, f"<p>{_button(home, 'Open Concord in Slack')}</p>")


def _why(reason: str) -> tuple[str, str]:
    match reason:
        case "access_denied":
            return "Nothing was installed", "The installation was cancelled in Slack."
        case "invalid_browser" | "invalid_state":
            return "This installation cannot be finished here", _STALE
        case "missing_code" | "invalid_code":
            return "Slack did not confirm the installation", "Nothing was installed. Slack may have been busy."
    said = f"Slack says: <code>{escape(reason)}</code>. " if _CODE.fullmatch(reason) else ""
    return "Nothing was installed", f"{said}A Slack administrator may have to approve it."


def _page(status: int, title: str, body: Sequence[str], cookie: str | None = None) -> BoltResponse:
    head = f"<meta charset=utf-8><title>{escape(title)}</title><meta name=viewport content='width=device-width'>"
    text = f"<!doctype html><html lang=en><head>{head}<style>{_STYLE}</style></head>"
    text += f"<body><main><h1>{escape(title)}</h1>{''.join(body)}</main></body></html>"
    headers: dict[str, str | Sequence[str]] = {**_HEADERS, **({"Set-Cookie": [cookie]} if cookie else {})}
    return BoltResponse(status=status, body=text, headers=headers)


def _button(url: str, words: str) -> str:
    return f'<a class="button" href="{escape(url)}">{escape(words)}</a>'


def _link(url: str, words: str) -> str:
    return f'<a href="{escape(url)}">{escape(words)}</a>'
