"""POST /api/readings: a program of the company sends what metrics stand at.

Answered with 200 whenever the body could be read, also when lines of it have faults: those that are right have gone in,
and `faults` says what is wrong with the others. The same call twice changes nothing.
"""

from dataclasses import dataclass
from math import ceil
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from bot.clock import Clock
from bot.http.bodies import Declined, table_of
from db.calling import KEY_RATE, Calls
from db.database import Database
from db.registers import SqlRegisters
from planning.errors import NotAllowed
from planning.metrics.readings import Via
from planning.text import counted
from planning.transfer.readings.columns import reading_columns
from planning.transfer.readings.values import Outcome, ReadingColumns, ReadingOptions, ReadingsPlan
from planning.transfer.readings.writing import IncomingReadings, planned_readings, take_readings
from planning.transfer.values import Issue, IssueKind, Table, TransferFault
from planning.workspace.hours import day_in
from planning.workspace.keying import digest_of, use_key
from planning.workspace.keys import KeyScope

log = structlog.get_logger()
_SCHEME = "bearer "
_HEADERS = {401: {"WWW-Authenticate": 'Bearer realm="concord"'}, 408: {"Connection": "close"}}


@dataclass(frozen=True, slots=True)
class ReadingsCalls:
    """Answers the calls that carry readings."""

    database: Database
    clock: Clock
    patience_s: int
    """For a body to arrive."""

    async def answer(self, request: Request) -> JSONResponse:
        """Take the readings in, or say why not."""
        try:
            digest = _digest(request.headers.get("authorization", ""))
            registers = await run_in_threadpool(self._admitted, digest)
            table = await table_of(request, self.patience_s)
            answer = await run_in_threadpool(self._taken, registers, digest, table)
        except Declined as declined:
            return _refusal(declined)
        except SQLAlchemyError as error:
            log.error("readings call failed", error=type(error).__name__)
            return _refusal(Declined(503, "unavailable", "The register does not answer. Try again in a minute."))
        return JSONResponse(answer)

    def _admitted(self, digest: str) -> SqlRegisters:
        """The workspace of a key that may send readings now; the call is counted. Raises Declined."""
        registers = self.database.workspace_of_key(digest)
        if registers is None:
            raise _unknown()
        with registers.reading() as register:
            key = register.api_keys.by_digest(digest)
        if key is None or key.revoked_at is not None:
            raise _unknown()
        if KeyScope.READINGS not in key.scopes:
            raise Declined(403, "forbidden", f"This key may not do that: it lacks {KeyScope.READINGS}.")
        if wait := Calls(registers.transactions, registers.workspace).wait_before(key.id, self.clock()):
            raise _too_often(ceil(wait.total_seconds()))
        return registers

    def _taken(self, registers: SqlRegisters, digest: str, table: Table) -> dict[str, Any]:
        now = self.clock()
        columns = _columns(table)
        with registers.writing() as register:
            try:
                key = use_key(register, digest, now)
            except NotAllowed as error:
                raise _unknown() from error
            today = day_in(register.workspaces.current().zone, now)
            plan = planned_readings(register, IncomingReadings(table, columns, ReadingOptions(today)))
            take_readings(register, plan, Via.CALL, now, f"key:{key.id}")
        log.info("readings taken", workspace=registers.workspace, key=key.id, **plan.counts())
        return told(plan)


def _columns(table: Table) -> ReadingColumns:
    try:
        return reading_columns(table.columns, {})
    except TransferFault as fault:
        raise Declined(422, "unreadable", str(fault)) from fault


def told(plan: ReadingsPlan) -> dict[str, Any]:
    """What became of the lines, as a program is told."""
    counts = plan.counts()
    rejected = [_fault(issue) for issue in plan.issues if issue.kind is IssueKind.REJECTED]
    left_out = [_fault(issue) for issue in plan.issues if issue.kind is IssueKind.LEFT_OUT]
    answer = {str(outcome): counts[outcome] for outcome in Outcome}
    return {**answer, "faults": rejected, "left_out": left_out, "unused": list(plan.mapping.unused)}


def _fault(issue: Issue) -> dict[str, Any]:
    return {"line": issue.line, "field": issue.column or None, "message": issue.text}


def _digest(header: str) -> str:
    """The digest of the secret in a header; the register finds it, so that nothing is compared letter by letter."""
    if not header.lower().startswith(_SCHEME):
        raise _unknown()
    return digest_of(header[len(_SCHEME) :].strip())


def _unknown() -> Declined:
    return Declined(
        401, "unauthorized", "Send a key as “Authorization: Bearer cx_…”. A steward makes one in /cx setup."
    )


def _too_often(seconds: int) -> Declined:
    often = f"This key may call {KEY_RATE.a_minute:.0f} times a minute. Wait {counted(seconds, 'second')}"
    return Declined(429, "rate_limited", f"{often}, or send more readings with each call.", seconds)


def _refusal(declined: Declined) -> JSONResponse:
    headers = {"Retry-After": str(declined.wait_s)} if declined.wait_s else _HEADERS.get(declined.status)
    return JSONResponse({"error": declined.error, "message": str(declined)}, declined.status, headers)
