"""Uploaded files: first a promise, then bytes, then shared."""

import mimetypes
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from bot.sandbox.errors import Json, SlackError
from bot.sandbox.ids import Ids

IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif"})


@dataclass
class File:
    """A file that an app uploads in three steps."""

    id: str
    name: str
    length: int
    alt_txt: str
    created: int
    user: str
    title: str = ""
    content: bytes | None = None
    is_complete: bool = False
    shares: dict[str, dict[str, list[Json]]] = field(default_factory=dict)

    @property
    def mimetype(self) -> str:
        """What the file is, by its name."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def is_image(self) -> bool:
        """Whether a block may show it."""
        return self.mimetype in IMAGE_TYPES

    def share(self, channel: str, ts: str, *, is_public: bool) -> None:
        """Note the message that shows it in a conversation."""
        places = self.shares.setdefault("public" if is_public else "private", {})
        places[channel] = [*places.get(channel, []), {"ts": ts}]

    def file_object(self, base_url: str, *, is_processed: bool = True) -> Json:
        """The file as files.info shows it; unfinished ones have no type yet."""
        url = f"{base_url}/files/{self.id}"
        kind = PurePosixPath(self.name).suffix.lstrip(".")
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype if is_processed else "",
            "filetype": kind if is_processed else "",
            "user": self.user,
            "size": self.length,
            "mode": "hosted",
            "is_external": False,
            "alt_txt": self.alt_txt,
            "url_private": url,
            "url_private_download": url,
            "permalink": url,
            "shares": self.shares if is_processed else {},
            **({"thumb_360": url, "thumb_480": url} if is_processed and self.is_image else {}),
        }


class Files:
    """Every file, by id; an upload address works once."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._by_id: dict[str, File] = {}
        self._uploads: dict[str, str] = {}

    def promise(self, name: str, length: int, alt_txt: str, created: int, user: str) -> tuple[str, File]:
        """A place for bytes to come: the upload's id and the file."""
        file = File(self._ids.next("F"), name, length, alt_txt, created, user)
        upload = self._ids.next("UP")
        self._by_id[file.id] = file
        self._uploads[upload] = file.id
        return upload, file

    def receive(self, upload: str, content: bytes) -> File | None:
        """Put the bytes where they were promised, if that address is open and the length is right."""
        file = self._by_id.get(self._uploads.get(upload, ""))
        if file is None or file.is_complete or len(content) != file.length:
            return None
        file.content = content
        return file

    def find(self, file_id: str) -> File | None:
        """The file with that id, if there is one."""
        return self._by_id.get(file_id)

    def require(self, file_id: str) -> File:
        """The file with that id, or Slack's word for none."""
        file = self._by_id.get(file_id)
        if file is None:
            raise SlackError("file_not_found")
        return file

    def remove(self, file_id: str) -> None:
        """Take a file away; what shows it shows nothing any more."""
        del self._by_id[self.require(file_id).id]
