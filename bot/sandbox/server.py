"""Starting and stopping the workspace: one process, loopback only."""

import socket
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from types import FrameType
from typing import Any

import uvicorn
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, ExceptionHandler

from bot.sandbox import control, relocating, watching, web
from bot.sandbox.errors import Refused
from bot.sandbox.guard import Guard
from bot.sandbox.page import routes
from bot.sandbox.state import Pace, Shared, Workspace
from bot.sandbox.wire import Wire
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


def build(
    file: WorkspaceFile, url: str = f"http://{HOST}:8765", pace: Pace | None = None, shared: Shared | None = None
) -> Starlette:
    """The whole workspace as one ASGI application."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await app.state.workspace.end()

    app = Starlette(
        routes=[*web.ROUTES, *routes.ROUTES, *control.ROUTES, *relocating.ROUTES, *watching.ROUTES],
        middleware=[Middleware(Guard)],
        exception_handlers=FAULTS,
        lifespan=lifespan,
    )
    app.state.workspace = Workspace(file, url, pace or Pace(), shared)
    return app


async def _say_refused(request: Request, error: Exception) -> Response:
    status = 404 if request.method == "GET" else 200
    return JSONResponse({"ok": False, "error": "refused", "notice": str(error)}, status)


async def _say_malformed(_request: Request, error: Exception) -> Response:
    notice = "The request does not have the expected form."
    return JSONResponse({"ok": False, "error": "malformed", "notice": notice, "detail": str(error)}, 400)


FAULTS: dict[Any, ExceptionHandler] = {Refused: _say_refused, ValidationError: _say_malformed}
"""What is said of a request that cannot be met."""


def prepared(app: ASGIApp, wires: Iterable[Wire], on_ready: Callable[[], None]) -> "AnnouncingServer":
    """A server for an application, whose connections those wires can cut."""
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
    server = AnnouncingServer(config, on_ready)
    for wire in wires:
        wire.server = server
    return server


def listen(port: int) -> socket.socket:
    """A socket on loopback, at a port or at any free one."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    return listener


def address(listener: socket.socket) -> str:
    """Where a browser reaches it."""
    return f"http://{HOST}:{listener.getsockname()[1]}"


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
    listener = listen(port)
    sandbox = _sandbox(file, listener, Pace())
    prepared(sandbox.app, [sandbox.workspace.wire], lambda: on_ready(sandbox)).run([listener])


@contextmanager
def running(file: WorkspaceFile, port: int = 0, pace: Pace | None = None) -> Iterator[Sandbox]:
    """Run in a thread of this process for as long as the block lasts."""
    listener = listen(port)
    sandbox = _sandbox(file, listener, pace or Pace())
    with in_thread(sandbox.app, [sandbox.workspace.wire], [listener]):
        yield sandbox


@contextmanager
def in_thread(app: ASGIApp, wires: Iterable[Wire], listeners: list[socket.socket]) -> Iterator[None]:
    """Serve an application in a thread of this process for as long as the block lasts."""
    ready = Event()
    server = prepared(app, wires, ready.set)
    thread = Thread(target=server.run, args=(listeners,), name="sandbox", daemon=True)
    thread.start()
    ready.wait()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def _sandbox(file: WorkspaceFile, listener: socket.socket, pace: Pace) -> Sandbox:
    url = address(listener)
    return Sandbox(url, build(file, url, pace))
