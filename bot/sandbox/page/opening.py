"""Telling the app that somebody opened its space."""

from typing import Literal

from bot.sandbox.events import emit
from bot.sandbox.posting import direct_conversation
from bot.sandbox.showing import home_view
from bot.sandbox.state import Workspace


def tell_opened(workspace: Workspace, user: str, tab: Literal["home", "messages"]) -> None:
    """Send app_home_opened; the Home goes along once there is one."""
    channel, _ = direct_conversation(workspace, {user, workspace.bot_user}, user)
    view = home_view(workspace, user)
    event = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab}
    shown = {"view": view} if view and tab == "home" else {}
    emit(workspace, "app_home_opened", {**event, **shown, "event_ts": workspace.clock.stamp()})
