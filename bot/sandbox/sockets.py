"""Socket Mode: the connections that an app holds open, and what is sent over them."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.errors import Json
from bot.sandbox.road import NoAnswer

MAX_CONNECTIONS = 10
HOST = "local-workspace"
REFUSED_CODE = 4403


@dataclass(eq=False)
class Connection:
    """One open connection; a retiring one gets nothing new."""

    socket: WebSocket
    is_retiring: bool = False


class Sockets:
    """All connections of the app."""

    def __init__(
        self, app_id: str, ack_seconds: float, closing_seconds: float, on_change: Callable[[bool], None]
    ) -> None:
        self._app_id = app_id
        self._ack_seconds = ack_seconds
        self._closing_seconds = closing_seconds
        self._on_change = on_change
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._turn = 0
        self._arrived = asyncio.Event()
        self.connections: list[Connection] = []
        self.is_refusing = False

    @property
    def is_connected(self) -> bool:
        """Whether the app can be reached."""
        return bool(self._usable())

    def ticket(self) -> str:
        """A ticket for one connection."""
        ticket = token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """Hold one connection until either side ends it."""
        if not self._admits(socket.query_params.get("ticket", "")):
            await socket.close(code=REFUSED_CODE)
            return
        await socket.accept()
        connection = Connection(socket)
        self.connections.append(connection)
        try:
            await socket.send_text(self._hello())
            self._changed()
            async for text in socket.iter_text():
                self._acknowledge(text)
        except WebSocketDisconnect:
            pass
        finally:
            self.connections.remove(connection)
            self._changed()

    async def until_connected(self) -> None:
        """Wait for the app to be reachable."""
        await self._arrived.wait()

    async def deliver(self, kind: str, payload: Json, *, attempt: int | None = None, reason: str = "") -> Json:
        """Send a payload over one connection and wait for its answer (empty when bare)."""
        connection = self._next_connection()
        retry = {} if attempt is None else {"retry_attempt": attempt, "retry_reason": reason}
        envelope_id = str(uuid4())
        envelope = {
            "envelope_id": envelope_id,
            "type": kind,
            "accepts_response_payload": attempt is None,
            "payload": payload,
            **retry,
        }
        answer = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        try:
            await connection.socket.send_text(json.dumps(envelope, ensure_ascii=False))
            return await asyncio.wait_for(answer, self._ack_seconds)
        except (TimeoutError, WebSocketDisconnect) as error:
            raise NoAnswer("operation_timeout") from error
        finally:
            del self._waiting[envelope_id]

    async def disconnect(self, reason: str, only: int | None = None) -> None:
        """Ask connections to be replaced, so many of the oldest or all, and end them a little later."""
        old = self._usable()[:only]
        for connection in old:
            connection.is_retiring = True
            self._changed()
            await connection.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}})
        await asyncio.sleep(self._closing_seconds)
        await self._close(old)

    async def refuse(self) -> None:
        """End all connections and admit no more."""
        self.is_refusing = True
        await self._close(list(self.connections))

    def accept(self) -> None:
        """Admit connections again."""
        self.is_refusing = False

    async def _close(self, connections: list[Connection]) -> None:
        for connection in connections:
            if connection in self.connections:
                await connection.socket.close(code=1000)

    def _changed(self) -> None:
        if self.is_connected:
            self._arrived.set()
        else:
            self._arrived.clear()
        self._on_change(self.is_connected)

    def _admits(self, ticket: str) -> bool:
        is_known = ticket in self._tickets
        self._tickets.discard(ticket)
        return is_known and not self.is_refusing and len(self.connections) < MAX_CONNECTIONS

    def _usable(self) -> list[Connection]:
        return [connection for connection in self.connections if not connection.is_retiring]

    def _next_connection(self) -> Connection:
        usable = self._usable()
        if not usable:
            raise NoAnswer("dispatch_failed")
        self._turn += 1
        return usable[self._turn % len(usable)]

    def _acknowledge(self, text: str) -> None:
        message = json.loads(text)
        answer = self._waiting.get(message.get("envelope_id", ""))
        if answer is not None and not answer.done():
            payload = message.get("payload")
            answer.set_result(payload if isinstance(payload, dict) else {})

    def _hello(self) -> str:
        debug = {"host": HOST, "started": "", "build_number": 1, "approximate_connection_time": 3600}
        info = {"app_id": self._app_id}
        hello = {"type": "hello", "connection_info": info, "num_connections": len(self.connections)}
        return json.dumps({**hello, "debug_info": debug})
