"""What the browser page is shown: the page itself, pictures, and everything that happens."""

import asyncio
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.screens import Screen
from bot.sandbox.showing import stack_event
from bot.sandbox.state import Workspace

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'self'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self' ws://127.0.0.1:* ws://localhost:*; frame-ancestors 'none'; base-uri 'none'"
)
PAGE_HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache", "Referrer-Policy": "no-referrer"}


async def show_page(_request: Request) -> Response:
    """GET /: the page."""
    return FileResponse(STATIC / "index.html", headers=PAGE_HEADERS)


async def show_file(request: Request) -> Response:
    """GET /files/{id}: pictures are shown, everything else is saved to disk."""
    workspace: Workspace = request.app.state.workspace
    file = workspace.files.find(str(request.path_params["id"]))
    if file is None or file.content is None:
        return PlainTextResponse("There is no such file.", 404)
    headers = {"X-Content-Type-Options": "nosniff"}
    if not file.is_image:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
    return Response(file.content, media_type=file.mimetype, headers=headers)


async def watch(socket: WebSocket) -> None:
    """WS /page/events: what happens, as one person sees it."""
    workspace: Workspace = socket.app.state.workspace
    with workspace.screens.opened(socket.query_params.get("user", "")) as screen:
        await socket.accept()
        screen.queue.put_nowait(stack_event(workspace, screen.user))
        sending = asyncio.create_task(_pass_on(screen, socket))
        try:
            async for _ in socket.iter_text():
                pass
        finally:
            sending.cancel()


async def _pass_on(screen: Screen, socket: WebSocket) -> None:
    try:
        while True:
            await socket.send_json(await screen.queue.get())
    except WebSocketDisconnect:
        return


ROUTES = (
    Route("/", show_page),
    Route("/files/{id}", show_file),
    WebSocketRoute("/page/events", watch),
    Mount("/static", StaticFiles(directory=STATIC, check_dir=False)),
)
