"""The Bolt app, of one workspace or of many."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from time import monotonic
from typing import Any

import structlog
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization.authorize import Authorize
from slack_bolt.middleware import Middleware
from slack_bolt.oauth import OAuthFlow
from slack_sdk import WebClient

from bot.delivery.pace import TIMEOUT_S
from bot.seeing.meters import Meters
from bot.seeing.requests import about, kind_of
from handlers.context import Services
from handlers.listening import register_all
from handlers.shapes import ShapedApp

LISTENERS = 64
"""Threads for listeners: they wait for Slack, the database and their turn, not for the processor."""

log = structlog.get_logger()


class Listeners(ThreadPoolExecutor):
    """The threads of the listeners, whose log lines carry what those of the request carry."""

    def __init__(self, threads: int = LISTENERS) -> None:
        super().__init__(threads, "listener")

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Begin to listen."""
        return super().submit(copy_context().run, fn, *args, **kwargs)

    def start(self) -> None:
        """Threads begin when they are needed."""

    def stop(self) -> None:
        """End when all that has begun is done."""
        self.shutdown(wait=True)


class MeteredApp(ShapedApp):
    """Says in the log and in the meters how long each request waited for its answer, by whichever way it came."""

    def __init__(self, meters: Meters, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._meters = meters

    def dispatch_shaped(self, req: BoltRequest) -> BoltResponse:
        """Have it answered, and say how long that took."""
        began, kind = monotonic(), kind_of(req.body)
        with structlog.contextvars.bound_contextvars(**about(req.body)):
            response = super().dispatch_shaped(req)
            seconds = monotonic() - began
            log.info("answered", status=response.status, seconds=round(seconds, 3))
        self._meters.acknowledged(kind, seconds)
        return response


@dataclass(frozen=True, slots=True)
class Tenants:
    """What an app of many workspaces needs: who tells whose request it is, and how they come to have it."""

    signing_secret: str
    before: Middleware
    """Comes between the check of a request's signature and everything else."""
    authorize: Authorize
    oauth_flow: OAuthFlow

    def arguments(self) -> dict[str, Any]:
        """As Bolt has them."""
        return {
            "signing_secret": self.signing_secret,
            "before_authorize": self.before,
            "authorize": self.authorize,
            "oauth_flow": self.oauth_flow,
        }


def build_app(
    client: WebClient,
    services: Services,
    meters: Meters | None = None,
    listeners: Listeners | None = None,
    tenants: Tenants | None = None,
) -> App:
    """The app with every listener; its token is the client's, or that of each request's workspace."""
    app = MeteredApp(
        meters or Meters(),
        client=client,
        logger=logging.getLogger("slack_bolt"),  # its own one is made at INFO and tells of every reconnection
        listener_executor=listeners or Listeners(),
        **(tenants.arguments() if tenants else {}),
    )
    register_all(app, services)
    return app


def slack_client(token: str | None, base_url: str, timeout: float = TIMEOUT_S) -> WebClient:
    """A client that never repeats a request by itself: a post whose connection broke may have arrived."""
    return WebClient(
        token=token,
        base_url=base_url,
        timeout=timeout,  # type: ignore[arg-type] # the SDK hands it to urllib, which takes fractions
        retry_handlers=[],
    )
