"""The WSGI app: what is not Slack's, too much or for nobody goes no further than here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import structlog
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest

from bot.addresses import EVENTS, INSTALL, REDIRECT
from bot.serving.signatures import SIGNATURE, TIMESTAMP, Signatures
from handlers.shapes import UNREADABLE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

BYTES_MAX = 1_000_000
"""Slack's longest are a tenth of that."""
PROBE_BYTES = 4096
"""Slack's look whether we speak TLS is short, and not always signed."""
STUMBLES = (ValueError, TypeError, AttributeError, KeyError, RecursionError)
"""What Bolt stumbles with when it looks for ids where nothing has a shape of Slack's."""
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
    ("Cache-Control", "no-store"),
)
"""For browsers: the address of a page may hold what an installation is made with."""

log = structlog.get_logger()


class Refused(Exception):
    """The request goes no further; the text says why."""

    def __init__(self, status: HTTPStatus, text: str) -> None:
        super().__init__(text)
        self.status = status


class Handler(SlackRequestHandler):
    """Bolt's adapter, which would stumble over a body that it cannot read."""

    def dispatch(self, request: WsgiHttpRequest) -> BoltResponse:
        """Have Bolt answer what it can read."""
        query, headers = request.query_string, request.get_headers()
        try:
            readable = BoltRequest(body=request.get_body(), query=query, headers=headers)
        except STUMBLES as error:
            log.warning("a request cannot be read", error=type(error).__name__)
            return BoltResponse(status=HTTPStatus.BAD_REQUEST, body=UNREADABLE)
        return self.app.dispatch(readable)


@dataclass(frozen=True, slots=True)
class Door:
    """Lets Slack's requests in to the app, and people to the pages by which they install it."""

    app: App
    signatures: Signatures
    on_read: Callable[[], object] = lambda: None
    """Hears when a request is there as a whole, before it is answered."""
    _inside: Handler = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_inside", Handler(self.app, EVENTS))

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        try:
            self._admit(environ)
        except Refused as refused:
            return _said(start_response, refused.status, str(refused))
        try:
            return self._inside(environ, _carefully(start_response))
        except Exception:  # whatever it is, its text is not for whoever asked
            log.exception("request failed", path=environ.get("PATH_INFO"))
            return _said(start_response, HTTPStatus.INTERNAL_SERVER_ERROR, "That did not work. Try again in a minute.")

    def _admit(self, environ: "WSGIEnvironment") -> None:
        """Leave in it what may be read; raises Refused."""
        match environ.get("REQUEST_METHOD"), environ.get("PATH_INFO"):
            case "POST", str(path) if path == EVENTS:
                self._admit_slack(environ, _body(environ))
            case "GET", str(path) if path in (INSTALL, REDIRECT):
                _put(environ, b"")
            case _:
                raise Refused(HTTPStatus.NOT_FOUND, "There is nothing here.")
        self.on_read()

    def _admit_slack(self, environ: "WSGIEnvironment", body: bytes) -> None:
        if not self.signatures.is_right(body, _headers(environ)):
            if _is_probe(body):
                raise Refused(HTTPStatus.OK, "")
            log.warning("a request that Slack did not sign was refused", bytes=len(body))
            raise Refused(HTTPStatus.UNAUTHORIZED, "This is not signed by Slack, or it is too old.")
        _put(environ, body)


def _body(environ: "WSGIEnvironment") -> bytes:
    """All of it; its length must be said, and be bearable."""
    said = str(environ.get("CONTENT_LENGTH") or "")
    if not (said.isascii() and said.isdecimal()) or "HTTP_TRANSFER_ENCODING" in environ:
        raise Refused(HTTPStatus.LENGTH_REQUIRED, "Say how long it is.")
    if len(said) > len(str(BYTES_MAX)) or int(said) > BYTES_MAX:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"It may have {BYTES_MAX} bytes.")
    body: bytes = environ["wsgi.input"].read(int(said))
    if len(body) < int(said):
        raise Refused(HTTPStatus.BAD_REQUEST, "It was cut off.")
    return body


def _put(environ: "WSGIEnvironment", body: bytes) -> None:
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body), str(len(body))


def _headers(environ: "WSGIEnvironment") -> Mapping[str, str]:
    return {name: str(environ.get(f"HTTP_{name.upper().replace('-', '_')}", "")) for name in (TIMESTAMP, SIGNATURE)}


def _is_probe(body: bytes) -> bool:
    """Whether it is Slack's `ssl_check`, which has nothing done."""
    return len(body) <= PROBE_BYTES and parse_qs(body.decode("latin-1")).get("ssl_check") == ["1"]


def _carefully(start_response: "StartResponse") -> "StartResponse":
    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
        return start_response(status, [*headers, *HEADERS], *rest)

    return start


def _said(start_response: "StartResponse", status: HTTPStatus, text: str) -> Iterable[bytes]:
    content = text.encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(content)))]
    start_response(f"{status.value} {status.phrase}", headers)
    return [content]
