"""What a call carries, as a table: JSON or CSV, no more than fits."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, StrictStr, ValidationError
from starlette.requests import Request

from planning.transfer.reading import read_table
from planning.transfer.values import Row, Table, TransferFault

BYTES_MAX = 1_000_000
READINGS_MAX = 5_000
_PLACES_TOLD = 3


class Declined(Exception):
    """A call that is not taken: its status, a word for programs, and a sentence that says what to do."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.error = error


class Body(BaseModel):
    """The JSON of a call."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    readings: tuple[Mapping[str, StrictStr | StrictInt | StrictFloat | None], ...] = Field(min_length=1)


async def table_of(request: Request) -> Table:
    """The lines that the call sends; raises Declined."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _READERS:
        raise Declined(415, "unsupported_media_type", "Send application/json or text/csv, and say so in Content-Type.")
    content = await _content(request)
    try:
        table = _READERS[kind](content)
    except TransferFault as fault:
        raise Declined(422, "unreadable", str(fault)) from fault
    if len(table.rows) > READINGS_MAX:
        raise _too_much()
    return table


async def _content(request: Request) -> bytes:
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > BYTES_MAX:
            raise _too_much()
    return bytes(content)


def _too_much() -> Declined:
    message = f"Send at most {READINGS_MAX:,} readings and {BYTES_MAX:,} bytes at once; split them into several calls."
    return Declined(413, "too_large", message)


def _of_json(content: bytes) -> Table:
    """One row for each reading, numbered from 1."""
    try:
        body = Body.model_validate_json(content)
    except ValidationError as error:
        told = [f"{'.'.join(map(str, fault['loc'])) or 'body'}: {fault['msg']}" for fault in error.errors()]
        raise TransferFault(f"{'; '.join(told[:_PLACES_TOLD])}. {_EXAMPLE}") from error
    columns = tuple(dict.fromkeys(name for reading in body.readings for name in reading))
    rows = (tuple(_cell(reading.get(name)) for name in columns) for reading in body.readings)
    return Table(columns, tuple(Row(line, cells) for line, cells in enumerate(rows, start=1)))


def _cell(value: str | float | None) -> str:
    return "" if value is None else str(value)


_EXAMPLE = 'Send {"readings": [{"metric": "Name", "on": "2026-11-20", "value": 42, "respondents": 310}]}.'
_READERS = {"application/json": _of_json, "text/csv": read_table}
