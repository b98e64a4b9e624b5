"""Keeps other sites in the same browser out: only this page and local programs get in."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost"})
OUTSIDE = frozenset({"cross-site", "same-site"})
REFUSED_CODE = 4403


class Guard:
    """Refuses requests under another host name (a rebound one) or from another origin."""

    def __init__(self, app: ASGIApp, entrances: frozenset[str] = frozenset({"/"})) -> None:
        self._app = app
        self._entrances = entrances

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] not in ("http", "websocket") or self._is_ours(scope["path"], Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(REFUSED_CODE)(scope, receive, send)
        else:
            refusal = PlainTextResponse("This local workspace answers its own page and local programs only.", 403)
            await refusal(scope, receive, send)

    def _is_ours(self, path: str, headers: Headers) -> bool:
        host = headers.get("host", "")
        if host.partition(":")[0] not in LOCAL_NAMES:
            return False
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            return False
        # A link from elsewhere may lead to a page itself, never to what it can do.
        return path in self._entrances or headers.get("sec-fetch-site") not in OUTSIDE
