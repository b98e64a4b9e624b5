"""Uploading a picture and waiting until Slack can show it."""

import time
from collections.abc import Callable
from urllib.request import Request, urlopen

from slack_sdk import WebClient

WAITS_S = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 3.2)
"""Pauses between looks at a file that Slack is still working on."""
FILENAME = "coverage.png"


def upload(client: WebClient, png: bytes, title: str, wait: Callable[[float], object] = time.sleep) -> str:
    """The id of the file, once Slack knows what kind of file it is; raises what a call to Slack raises."""
    place = client.files_getUploadURLExternal(filename=FILENAME, length=len(png))
    request = Request(str(place["upload_url"]), data=png, headers={"Content-Type": "image/png"}, method="POST")  # noqa: S310 - Slack said where
    with urlopen(request, timeout=client.timeout):  # noqa: S310 - the same
        file = str(place["file_id"])
    client.files_completeUploadExternal(files=[{"id": file, "title": title}])
    for pause in WAITS_S:
        if client.files_info(file=file)["file"].get("mimetype"):
            break
        wait(pause)
    return file
