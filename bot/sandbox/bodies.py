"""Reading what a request carries: JSON, a form, or parts."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.sandbox.errors import Json, SlackError

BOUNDARY = re.compile(r'boundary="?([^";]+)"?')


async def call_arguments(request: Request) -> Json:
    """The arguments of a call, from its address and its body."""
    query = dict(request.query_params)
    raw = await request.body()
    if not raw:
        return {**query}
    if request.headers.get("content-type", "").startswith("application/json"):
        return {**query, **json_object(raw)}
    return {**query, **dict(parse_qsl(raw.decode(), keep_blank_values=True))}


async def form_fields(request: Request) -> list[tuple[str, str]]:
    """What a browser's form sent, in its order; a name may come more than once."""
    return parse_qsl((await request.body()).decode(errors="replace"), keep_blank_values=True)


def json_object(raw: bytes) -> Json:
    """A JSON object, or Slack's word for something else."""
    try:
        found: Any = json.loads(raw)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise SlackError("invalid_json") from None
    if not isinstance(found, dict):
        raise SlackError("json_not_object")
    return found


def file_bytes(content_type: str, raw: bytes) -> bytes:
    """The file in an upload, sent bare or as the first part with a file name."""
    boundary = BOUNDARY.search(content_type)
    if not content_type.startswith("multipart/form-data") or boundary is None:
        return raw
    for part in raw.split(b"--" + boundary.group(1).encode()):
        head, found, content = part.partition(b"\r\n\r\n")
        if found and b"filename=" in head:
            return content.removesuffix(b"\r\n")
    return b""
