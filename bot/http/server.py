"""An HTTP server of a running bot, in a thread of its own."""

import asyncio
import socket
from threading import Thread

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.clock import Clock
from bot.http.readings import ReadingsCalls
from db.database import Database

READINGS = "/api/readings"
PATIENCE_S = 30
"""For a caller to say what is wanted, for the body to arrive, and between two calls."""
_END_S = 3
"""For what is under way when it is told to stop."""


class Hasty(H11Protocol):
    """Hangs up on callers who say nothing, or too slowly: each would hold one of the few files of the process."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # uvicorn gives no other
        """Begin to count."""
        super().connection_made(transport)
        self.loop.call_later(self.config.timeout_keep_alive, self._hang_up)

    def _hang_up(self) -> None:
        if self.cycle is None:
            self.transport.close()


class HttpServer:
    """Listens from `start` to `stop`; raises OSError, with what to do, where it cannot."""

    def __init__(
        self, app: Starlette, host: str, port: int, *, patience_s: int = PATIENCE_S, setting: str = "CONCORD_HTTP_PORT"
    ) -> None:
        self._listener = _listening(host, port, setting)
        config = uvicorn.Config(
            app,
            http=Hasty,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=patience_s,
            timeout_graceful_shutdown=_END_S,
        )
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, args=([self._listener],), name="http", daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._listener.getsockname()[1]
        return port

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer what is under way, then no more."""
        self._server.should_exit = True
        self._thread.join()
        self._listener.close()


def readings_app(database: Database, clock: Clock, patience_s: int = PATIENCE_S) -> Starlette:
    """What programs of the company ask for."""
    calls = ReadingsCalls(database, clock, patience_s)
    return Starlette(routes=[Route(READINGS, calls.answer, methods=["POST"])])


def _listening(host: str, port: int, setting: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        message = f"{host}:{port} cannot be listened on ({error.strerror}); set {setting} to a free port"
        raise OSError(message) from error
