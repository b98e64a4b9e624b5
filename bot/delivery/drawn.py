"""A message as delivery sends it: what it says, its pictures, its file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from bot.delivery.documents import Document
from bot.delivery.pictures import Picture
from bot.delivery.sending import Said
from handlers.views.text import Message
from planning.errors import NotFound
from planning.outbox.values import Posting
from planning.register import Register


@dataclass(frozen=True)
class Drawn:
    """A message and how to make its pictures, by name: `message` takes the ids of the files of those uploaded.

    `plainly` says the same in blocks that every Slack knows, where the message has others. With a document the
    message's text goes with the file, its blocks go nowhere, and it is not edited afterwards.
    """

    message: Callable[[Mapping[str, str]], Message]
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    plainly: Callable[[], Message] | None = None
    document: Document | None = None

    @cached_property
    def bare(self) -> Said:
        """What is said without the pictures: made once, for a message is checked before it is sent."""
        return self.message({}).arguments()

    def said(self, files: Mapping[str, str]) -> Said:
        """What is said with these pictures."""
        return self.message(files).arguments() if files else self.bare


Draw = Callable[[Register, Posting, datetime], Drawn]
"""Reads what a posting is about, as it is now, and draws it.

NotFound when that has gone, Overtaken when there is nothing to tell of it any more.
"""


class Overtaken(NotFound):
    """What was to be told is out of date before anybody was told; the text says how, for the log."""


def plain(message: Message) -> Drawn:
    """A message without pictures."""
    return Drawn(lambda _files: message)
