"""The Bolt app of one workspace over Socket Mode."""

import logging
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from handlers.context import Services
from handlers.listening import register_all

WAIT_S = 10
"""For Slack's answer; delivery counts on it when it begins a post on what is left of a lease."""
LISTENERS = 20
"""Threads for listeners: they wait for Slack and the database, not for the processor."""
RECEIVE_BYTES = 64 * 1024
"""Read per call from the socket; with the SDK's default of 1 KiB a payload of about 1 MB recurses out."""


def build_app(client: WebClient, services: Services) -> App:
    """The app with every listener; the token is the client's."""
    app = App(
        client=client,
        logger=logging.getLogger("slack_bolt"),  # its own one is made at INFO and tells of every reconnection
        listener_executor=ThreadPoolExecutor(LISTENERS, "listener"),
    )
    register_all(app, services)
    return app


def socket_for(app: App, app_token: str) -> SocketModeHandler:
    """A Socket Mode connection for the app, not yet open."""
    return SocketModeHandler(app, app_token, receive_buffer_size=RECEIVE_BYTES)


def slack_client(token: str, base_url: str) -> WebClient:
    """A client that never repeats a request by itself: a post whose connection broke may have arrived."""
    return WebClient(token=token, base_url=base_url, timeout=WAIT_S, retry_handlers=[])
