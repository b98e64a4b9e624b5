"""GET /healthz, /healthz/live, /healthz/ready and /metrics: for whoever looks after the bot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from anyio import move_on_after
from anyio.to_thread import run_sync
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.seeing.meters import Meters
from bot.seeing.vitals import Sign, Vitals

HEALTH, LIVE, READY, METRICS = "/healthz", "/healthz/live", "/healthz/ready", "/metrics"
WAIT_S = 5.0
SLOW = Sign("answer", ok=False, said=f"took more than {WAIT_S:.0f} s")


@dataclass(frozen=True, slots=True)
class HealthCalls:
    """Answers what an orchestrator and a collector of meters ask."""

    vitals: Vitals
    meters: Meters
    wait_s: float = WAIT_S

    async def health(self, _request: Request) -> JSONResponse:
        """All of it."""
        return _told(await self._asked(lambda: [*self.vitals.live(), *self.vitals.ready()]))

    async def live(self, _request: Request) -> JSONResponse:
        """503 when the process had better be started anew; the database and Slack have no part in that."""
        return _told(self.vitals.live())

    async def ready(self, _request: Request) -> JSONResponse:
        """503 while no work should be sent here."""
        return _told(await self._asked(self.vitals.ready))

    async def metrics(self, _request: Request) -> Response:
        """All meters, in the text format of Prometheus."""
        return Response(await run_sync(self.meters.told, abandon_on_cancel=True), media_type=CONTENT_TYPE_LATEST)

    async def _asked(self, look: Callable[[], Sequence[Sign]]) -> Sequence[Sign]:
        """A database that hangs must not keep the answer."""
        with move_on_after(self.wait_s):
            return await run_sync(look, abandon_on_cancel=True)
        return (SLOW,)


def health_app(vitals: Vitals, meters: Meters) -> Starlette:
    """Everything that is asked there."""
    calls = HealthCalls(vitals, meters)
    answers = {HEALTH: calls.health, LIVE: calls.live, READY: calls.ready, METRICS: calls.metrics}
    return Starlette(routes=[Route(path, answer, methods=["GET"]) for path, answer in answers.items()])


def _told(signs: Sequence[Sign]) -> JSONResponse:
    ok = all(sign.ok for sign in signs)
    checks = {sign.name: {"ok": sign.ok, "said": sign.said} for sign in signs}
    return JSONResponse({"ok": ok, "checks": checks}, 200 if ok else 503)
