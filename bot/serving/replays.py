"""A request that comes a second time changes nothing, whichever replica it comes to.

What Slack sends again of its own accord carries another time and signature, so it is no such request: one that was cut
off between being seen and being done is done when Slack tries again.
"""

from collections.abc import Callable
from hashlib import sha256

import structlog
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import system_clock
from bot.serving.signatures import SIGNATURE, TIMESTAMP
from db.seen_requests import SeenRequests
from planning.errors import Busy

log = structlog.get_logger()


class Replays(Middleware):
    """Comes after the check of the signature and before anything else: nobody but Slack has a row written."""

    def __init__(self, seen: SeenRequests) -> None:
        self._seen = seen

    def process(self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002, ARG002 - Bolt's names
        """Let it through once."""
        try:
            first = self._seen.is_first(digest_of(req), system_clock())
        except (Busy, SQLAlchemyError):
            if req.body.get("type") != "event_callback":
                raise
            log.warning("an event could not be noted; Slack sends it again")
            return BoltResponse(status=503)
        if first:
            return next()
        log.warning("a request came a second time; nothing was done")
        return BoltResponse(status=200, body="")


def digest_of(request: BoltRequest) -> str:
    """The same for the same request; of no use to whoever reads it."""
    parts = (request.headers.get(name.lower(), [""])[0] for name in (TIMESTAMP, SIGNATURE))
    return sha256(":".join(parts).encode()).hexdigest()
