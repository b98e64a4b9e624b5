"""Cutting a connection without an answer, as a broken network does."""

import asyncio

import uvicorn
from starlette.requests import Request


class Wire:
    """The server's open connections."""

    def __init__(self) -> None:
        self.server: uvicorn.Server | None = None

    async def cut(self, request: Request) -> None:
        """Close the connection that a request came over."""
        connections = self.server.server_state.connections if self.server else set()
        for connection in list(connections):
            if connection.transport.get_extra_info("peername") == request.scope["client"]:
                connection.transport.abort()
                await client_gone(request)


async def client_gone(request: Request) -> None:
    """Wait until the other side has left; its request was read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def first_of(request: Request, event: asyncio.Event) -> bool:
    """Wait for an event or for the other side to leave; whether the event came."""
    waiting = {asyncio.create_task(event.wait()), asyncio.create_task(_gone(request))}
    done, unfinished = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in unfinished:
        task.cancel()
    return any(task.result() for task in done)


async def _gone(request: Request) -> bool:
    await client_gone(request)
    return False
