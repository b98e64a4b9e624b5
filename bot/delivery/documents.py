"""Documents: files that are shared into a conversation with a few words, such as an invitation or a pack.

Slack keeps no delivery key with a file, so a mark of it stands in the file's name.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import Any

import structlog
from slack_sdk import WebClient

from bot.delivery.outcomes import FAULTS, Later, Outcome, Posted, Refused, failure_of
from bot.delivery.pictures import WAITS_S, put
from bot.delivery.sending import Place, harmless

MARK = 8
"""Characters of the mark: two files of one conversation never share it in practice."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Document:
    """How to make a file, what it is called on disk and on screen, and of which kind it is."""

    name: str
    title: str
    draw: Callable[[], bytes]
    mimetype: str


def mark(key: str) -> str:
    """What a file's name carries of a delivery key."""
    return sha256(key.encode()).hexdigest()[:MARK]


def marked(name: str, key: str) -> str:
    """A file's name with the mark: `plan-12.ics` becomes `plan-12-0f3a9c51.ics`."""
    path = PurePath(name)
    return f"{path.stem}-{mark(key)}{path.suffix}"


def uploaded(client: WebClient, document: Document, key: str) -> str | Later | Refused:
    """The id of the file, which nobody sees yet."""
    try:
        content = document.draw()
    except Exception:  # whatever the fault is, it concerns this file only
        log.exception("document not drawn", delivery_key=key)
        return Refused("Concord could not make the file. The log says why.")
    try:
        return put(client, content, marked(document.name, key), document.mimetype)
    except FAULTS as error:
        return harmless(error)


def share(client: WebClient, place: Place, file: str, title: str, words: str) -> Outcome:
    """Put the file into the conversation, once; Slack does not say at once which message that makes."""
    try:
        client.files_completeUploadExternal(
            files=[{"id": file, "title": title}],
            channel_id=place.channel,
            thread_ts=place.thread,
            initial_comment=words,
        )
    except FAULTS as error:
        return failure_of(error)
    return Posted(place.channel, "")


def message_of(client: WebClient, place: Place, file: str, wait: Callable[[float], object] = time.sleep) -> str:
    """The ts of the message that shows a file; nothing while Slack does not know it after some waiting."""
    for pause in WAITS_S:
        try:
            shares = client.files_info(file=file)["file"].get("shares") or {}
        except FAULTS as error:
            log.warning("shared file not looked up", file=file, reason=str(error))
            return ""
        if ts := _shared_in(shares, place.channel):
            return ts
        wait(pause)
    return ""


def _shared_in(shares: dict[str, Any], channel: str) -> str:
    found = [*shares.get("public", {}).get(channel, []), *shares.get("private", {}).get(channel, [])]
    return str(found[0]["ts"]) if found else ""
