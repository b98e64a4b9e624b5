"""The Events API over Socket Mode: what is subscribed is sent, and sent again when not acknowledged."""

import asyncio

from bot.sandbox.errors import Json
from bot.sandbox.payloads import event_callback
from bot.sandbox.sockets import NoAnswer
from bot.sandbox.state import Workspace


def emit(workspace: Workspace, subscription: str, event: Json) -> None:
    """Send an event to the app if its manifest asks for it."""
    if subscription not in workspace.manifest.events:
        return
    payload = event_callback(workspace, event)
    workspace.background.start(_deliver(workspace, payload))
    if workspace.sends_events_twice:
        workspace.background.start(_deliver_once(workspace, payload, attempt=1))


async def _deliver(workspace: Workspace, payload: Json) -> None:
    for attempt, delay in enumerate((0.0, *workspace.pace.retry_delays)):
        await asyncio.sleep(delay)
        await workspace.sockets.until_connected()
        if await _deliver_once(workspace, payload, attempt):
            return


async def _deliver_once(workspace: Workspace, payload: Json, attempt: int) -> bool:
    reason = "timeout" if attempt else ""
    try:
        await workspace.sockets.deliver("events_api", payload, attempt=attempt, reason=reason)
    except NoAnswer:
        return False
    return True
