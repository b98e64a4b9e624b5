"""What a call carries, as a table: JSON or CSV, no more than fits."""

import asyncio
import json
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, StrictStr, ValidationError
from starlette.requests import ClientDisconnect, Request

from planning.text import clip
from planning.transfer.reading import DELIMITERS, read_table
from planning.transfer.values import Row, Table, TransferFault

BYTES_MAX = 1_000_000
READINGS_MAX = 5_000
NAMES_MAX = 50
"""Of fields or columns: each reading has a cell for each."""
_PLACES_TOLD, _PLACE_SHOWN = 3, 80


class Declined(Exception):
    """A call that is not taken: its status, a word for programs, and a sentence that says what to do."""

    def __init__(self, status: int, error: str, message: str, wait_s: int = 0) -> None:
        super().__init__(message)
        self.status = status
        self.error = error
        self.wait_s = wait_s
        """So long the program is to wait before it calls again."""


class Body(BaseModel):
    """The JSON of a call."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    readings: tuple[Mapping[str, StrictStr | StrictInt | StrictFloat | None], ...] = Field(min_length=1)


async def table_of(request: Request, patience_s: int) -> Table:
    """The lines that the call sends within so many seconds; raises Declined."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _READERS:
        raise Declined(415, "unsupported_media_type", "Send application/json or text/csv, and say so in Content-Type.")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Declined(415, "unsupported_encoding", "Send the body as it is, not compressed.")
    content = await _content(request, patience_s)
    try:
        table = _READERS[kind](content)
    except TransferFault as fault:
        raise Declined(422, "unreadable", str(fault)) from fault
    if len(table.rows) > READINGS_MAX:
        raise _too_much()
    return table


async def _content(request: Request, patience_s: int) -> bytes:
    """All of it, if it comes in time; what is too much is not waited for."""
    content = bytearray()
    try:
        async with asyncio.timeout(patience_s):
            async for part in request.stream():
                content += part
                if len(content) > BYTES_MAX:
                    raise _too_much()
    except TimeoutError as error:
        told = f"The body took more than {patience_s} seconds to arrive. Send it again, in several calls."
        raise Declined(408, "too_slow", told) from error
    except ClientDisconnect as error:
        raise Declined(400, "cut_short", "The call ended before its body did. Send it again.") from error
    return bytes(content)


def _too_much() -> Declined:
    message = f"Send at most {READINGS_MAX:,} readings and {BYTES_MAX:,} bytes at once; split them into several calls."
    return Declined(413, "too_large", message)


def _of_json(content: bytes) -> Table:
    """One row for each reading, numbered from 1."""
    content = content.removeprefix(BOM_UTF8)
    try:
        body = Body.model_validate_json(content)
    except ValidationError as error:
        told = [f"{_place(fault['loc'])}: {fault['msg']}" for fault in error.errors()[:_PLACES_TOLD]]
        raise TransferFault(f"{'; '.join(told)}. {_EXAMPLE}") from error
    json.loads(content, object_pairs_hook=_once)
    columns = tuple(dict.fromkeys(name for reading in body.readings for name in reading))
    _check_names(len(columns))
    rows = (tuple(_cell(reading.get(name)) for name in columns) for reading in body.readings)
    return Table(columns, tuple(Row(line, cells) for line, cells in enumerate(rows, start=1)))


def _place(loc: Sequence[int | str]) -> str:
    return clip(".".join(map(str, loc)), _PLACE_SHOWN) or "body"


def _once(pairs: list[tuple[str, object]]) -> None:
    """Refuse an object that says a name twice: only one of its values would count."""
    for name, times in Counter(name for name, _ in pairs).most_common(1):
        if times > 1:
            raise TransferFault(f"“{clip(name, _PLACE_SHOWN)}” stands twice in one object. Say it once.")


def _of_csv(content: bytes) -> Table:
    """The header is looked at first: a wide one makes every row as wide."""
    lines = [line for line in content.splitlines() if line.strip()]
    if len(lines) > 2 * READINGS_MAX:
        raise _too_much()
    _check_names(max((line.count(sign.encode()) for line in lines[:2] for sign in DELIMITERS), default=0))
    return read_table(content)


def _check_names(count: int) -> None:
    if count > NAMES_MAX:
        raise TransferFault(f"There are more than {NAMES_MAX} fields or columns. Send those of readings only.")


def _cell(value: str | float | None) -> str:
    return "" if value is None else str(value)


_EXAMPLE = 'Send {"readings": [{"metric": "Name", "on": "2026-11-20", "value": 42, "respondents": 310}]}.'
_READERS = {"application/json": _of_json, "text/csv": _of_csv}
