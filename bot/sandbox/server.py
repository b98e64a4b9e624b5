"""Starting and stopping the workspace: one process, loopback only."""

import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from types import FrameType

import uvicorn
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox import control, relocating, watching, web
from bot.sandbox.errors import Refused
from bot.sandbox.guard import Guard
from bot.sandbox.page import routes
from bot.sandbox.state import Pace, Workspace
from bot.sandbox.workspace import WorkspaceFile

HOST = "127.0.0.1"
PATIENCE_SECONDS = 1
MAX_FRAME_BYTES = 2**20


@dataclass(frozen=True)
class Sandbox:
    """A running workspace and where it is."""

    url: str
    app: Starlette

    @property
    def workspace(self) -> Workspace:
        """What it knows now."""
        workspace: Workspace = self.app.state.workspace
        return workspace

    @property
    def api_url(self) -> str:
        """The base address for a Slack client."""
        return f"{self.url}/api/"


def build(file: WorkspaceFile, url: str = f"http://{HOST}:8765", pace: Pace | None = None) -> Starlette:
    """The whole workspace as one ASGI application."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await app.state.workspace.end()

    app = Starlette(
        routes=[*web.ROUTES, *routes.ROUTES, *control.ROUTES, *relocating.ROUTES, *watching.ROUTES],
        middleware=[Middleware(Guard)],
        exception_handlers={Refused: _say_refused, ValidationError: _say_malformed},
        lifespan=lifespan,
    )
    app.state.workspace = Workspace(file, url, pace or Pace())
    return app


async def _say_refused(request: Request, error: Exception) -> Response:
    status = 404 if request.method == "GET" else 200
    return JSONResponse({"ok": False, "error": "refused", "notice": str(error)}, status)


async def _say_malformed(_request: Request, error: Exception) -> Response:
    notice = "The request does not have the expected form."
    return JSONResponse({"ok": False, "error": "malformed", "notice": notice, "detail": str(error)}, 400)


def _prepared(file: WorkspaceFile, listener: socket.socket, pace: Pace) -> tuple[Sandbox, uvicorn.Config]:
    url = f"http://{HOST}:{listener.getsockname()[1]}"
    app = build(file, url, pace)
    config = uvicorn.Config(
        app,
        http="h11",
        ws="websockets-sansio",
        log_level="warning",
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=PATIENCE_SECONDS,
        ws_max_size=MAX_FRAME_BYTES,
    )
    return Sandbox(url, app), config


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    return listener


class AnnouncingServer(uvicorn.Server):
    """Says when it is ready to answer."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then say so."""
        await super().startup(sockets)
        self._on_ready()

    def handle_exit(self, _sig: int, _frame: FrameType | None) -> None:
        """End quietly on a signal, with exit status 0."""
        self.should_exit = True


def serve(file: WorkspaceFile, port: int, on_ready: Callable[[Sandbox], None]) -> None:
    """Run until a signal ends it."""
    listener = _listen(port)
    sandbox, config = _prepared(file, listener, Pace())
    server = AnnouncingServer(config, lambda: on_ready(sandbox))
    sandbox.workspace.wire.server = server
    server.run([listener])


@contextmanager
def running(file: WorkspaceFile, port: int = 0, pace: Pace | None = None) -> Iterator[Sandbox]:
    """Run in a thread of this process for as long as the block lasts."""
    listener = _listen(port)
    sandbox, config = _prepared(file, listener, pace or Pace())
    ready = Event()
    server = AnnouncingServer(config, ready.set)
    sandbox.workspace.wire.server = server
    thread = Thread(target=server.run, args=([listener],), name="sandbox", daemon=True)
    thread.start()
    ready.wait()
    try:
        yield sandbox
    finally:
        server.should_exit = True
        thread.join()
