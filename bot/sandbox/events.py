"""The Events API over Socket Mode: what is subscribed is sent, and sent again when not acknowledged."""

import asyncio

from bot.sandbox.errors import Json
from bot.sandbox.payloads import event_callback
from bot.sandbox.road import NoAnswer
from bot.sandbox.state import Workspace
from bot.sandbox.workspace import Team


def emit(workspace: Workspace, subscription: str, event: Json) -> None:
    """Send an event to the app if its manifest asks for it and it is present in that team."""
    team = _team_of(workspace, event)
    if subscription not in workspace.manifest.events or not workspace.standing.covers(team.id):
        return
    payload = event_callback(workspace, event, team)
    workspace.background.start(deliver(workspace, payload))
    if workspace.sends_events_twice:
        workspace.background.start(_deliver_once(workspace, payload, 1, "timeout"))


def _team_of(workspace: Workspace, event: Json) -> Team:
    user = event.get("user", "")
    return workspace.people.team(str(user["id"] if isinstance(user, dict) else user))


async def deliver(workspace: Workspace, payload: Json) -> None:
    """Send an event until it is acknowledged, or given up."""
    reason = ""
    for attempt, delay in enumerate((0.0, *workspace.pace.retry_delays)):
        await asyncio.sleep(delay)
        await workspace.road.until_connected()
        failed = await _deliver_once(workspace, payload, attempt, reason)
        if failed is None or failed.is_final:
            return
        reason = failed.reason


async def _deliver_once(workspace: Workspace, payload: Json, attempt: int, reason: str) -> NoAnswer | None:
    try:
        await workspace.road.deliver("events_api", payload, attempt=attempt, reason=reason)
    except NoAnswer as failed:
        return failed
    return None
