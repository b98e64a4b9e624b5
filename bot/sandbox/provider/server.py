"""Starting and stopping the provider: one process, one port for itself and one for each workspace, loopback only."""

import socket
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.sandbox.clock import Clock
from bot.sandbox.guard import Guard
from bot.sandbox.provider import api, authorizing, control, front
from bot.sandbox.provider.file import ProviderFile
from bot.sandbox.provider.state import Provider
from bot.sandbox.server import FAULTS, Sandbox, address, build, in_thread, listen, prepared
from bot.sandbox.state import Pace, Shared
from bot.sandbox.watching import STATIC
from bot.sandbox.wire import Wire


@dataclass(frozen=True)
class RunningProvider:
    """A running provider and where it is."""

    url: str
    provider: Provider

    @property
    def api_url(self) -> str:
        """The base address for a Slack client, whichever workspace its token is of."""
        return f"{self.url}/api/"

    @property
    def authorize_url(self) -> str:
        """Where an app sends people who want to install it."""
        return f"{self.url}{authorizing.PATH}"

    @property
    def announcement(self) -> dict[str, Any]:
        """What a program that starts it has to know."""
        sites = [{"name": each.workspace.file.name, "url": each.url} for each in self.provider.sites]
        return {"url": self.url, "api_url": self.api_url, "authorize_url": self.authorize_url, "workspaces": sites}


class Ports:
    """One server for several sites; which one is meant is said by the port."""

    def __init__(self, main: ASGIApp, sites: Mapping[int, ASGIApp]) -> None:
        self._main, self._sites = main, sites

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        is_one = scope["type"] != "lifespan" and scope["server"][1] in self._sites
        await (self._sites[scope["server"][1]] if is_one else self._main)(scope, receive, send)


def _build(file: ProviderFile, listeners: Sequence[socket.socket], pace: Pace) -> RunningProvider:
    urls = [address(each) for each in listeners]
    clock = Clock(file.starts_at)
    shared = Shared(clock, file.app.signing_secret, urls[0])
    files = [each.as_file(file.app) for each in file.workspaces]
    sites = [Sandbox(url, build(each, url, pace, shared)) for each, url in zip(files, urls[1:], strict=True)]
    return RunningProvider(urls[0], Provider(file.app, sites, urls[0], clock, pace))


def _application(running: RunningProvider) -> ASGIApp:
    provider = running.provider

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        for workspace in provider.workspaces:
            await workspace.end()

    routes = [*api.ROUTES, *authorizing.ROUTES, *control.ROUTES, *front.ROUTES]
    main = Starlette(
        routes=[*routes, Mount("/static", StaticFiles(directory=STATIC))],
        middleware=[Middleware(Guard, frozenset({"/", authorizing.PATH}))],
        exception_handlers=FAULTS,
        lifespan=lifespan,
    )
    main.state.provider = provider
    return Ports(main, {int(site.url.rpartition(":")[2]): site.app for site in provider.sites})


def _listeners(file: ProviderFile, port: int) -> list[socket.socket]:
    count = 1 + len(file.workspaces)
    return [listen(port + nth if port else 0) for nth in range(count)]


def serve(file: ProviderFile, port: int, on_ready: Callable[[RunningProvider], None]) -> None:
    """Run until a signal ends it; the workspaces follow the port, or take free ones."""
    listeners = _listeners(file, port)
    running = _build(file, listeners, Pace())
    prepared(_application(running), _wires(running), lambda: on_ready(running)).run(listeners)


@contextmanager
def providing(file: ProviderFile, port: int = 0, pace: Pace | None = None) -> Iterator[RunningProvider]:
    """Run in a thread of this process for as long as the block lasts."""
    listeners = _listeners(file, port)
    running = _build(file, listeners, pace or Pace())
    with in_thread(_application(running), _wires(running), listeners):
        yield running


def _wires(running: RunningProvider) -> list[Wire]:
    return [running.provider.wire, *(each.wire for each in running.provider.workspaces)]
