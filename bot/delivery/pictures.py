"""Uploading pictures and waiting until Slack can show them."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from hashlib import sha256
from urllib.request import Request, urlopen

import structlog
from slack_sdk import WebClient

from bot.delivery.outcomes import FAULTS
from db.pictures import IN_MESSAGES
from handlers.views.trends import LOOK

WAITS_S = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 3.2)
"""Pauses between looks at files that Slack is still working on."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Picture:
    """How to make a picture, what it is called, and all that it shows."""

    title: str
    draw: Callable[[], bytes]
    shows: object

    @property
    def key(self) -> str:
        """Stands for what it shows: the same need not be drawn again."""
        said = f"{LOOK}{self.title}\x00{self.shows!r}"
        return IN_MESSAGES + sha256(said.encode("utf-8", "replace")).hexdigest()

    def drawn(self) -> bytes | None:
        """Its bytes; None after a fault of the drawing library, which must not keep the words from arriving."""
        try:
            return self.draw()
        except Exception:  # whatever the fault is, the words stand without the picture
            log.exception("picture not drawn", title=self.title)
            return None


def put(client: WebClient, content: bytes, name: str, mimetype: str) -> str:
    """The id of a file whose bytes Slack has, and which is not finished; raises what a call to Slack raises."""
    place = client.files_getUploadURLExternal(filename=name, length=len(content))
    request = Request(str(place["upload_url"]), data=content, headers={"Content-Type": mimetype}, method="POST")  # noqa: S310 - Slack said where
    with urlopen(request, timeout=client.timeout):  # noqa: S310 - the same
        return str(place["file_id"])


def sent(client: WebClient, png: bytes, title: str) -> str:
    """The id of the file, which Slack still has to look at; raises what a call to Slack raises."""
    file = put(client, png, f"{title}.png", "image/png")
    client.files_completeUploadExternal(files=[{"id": file, "title": title}])
    return file


def wait_for(client: WebClient, files: Collection[str], wait: Callable[[float], object] = time.sleep) -> None:
    """Wait, but not for ever, until Slack knows what kind of files these are; raises what a call to Slack raises."""
    unknown = set(files)
    for pause in WAITS_S:
        unknown = {file for file in unknown if not client.files_info(file=file)["file"].get("mimetype")}
        if not unknown:
            return
        wait(pause)


def shown(client: WebClient, draw: Callable[[], bytes], title: str) -> str | None:
    """The id of a picture that Slack can show; None, and a line in the log, when it cannot be had."""
    png = Picture(title, draw, None).drawn()
    if png is None:
        return None
    try:
        file = sent(client, png, title)
        wait_for(client, [file])
    except FAULTS as error:
        log.warning("picture left out", title=title, reason=str(error))
        return None
    return file
