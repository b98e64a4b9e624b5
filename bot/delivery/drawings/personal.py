"""What is kept about somebody, as a file for them alone."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.documents import Document
from bot.delivery.drawn import Draw, Drawn
from handlers.views.privacy import FILE_TITLE, file_message
from planning.data.telling import as_document, told_of
from planning.outbox.values import MessageKind, Posting
from planning.register import Register

NAME, MIMETYPE = "my-data.json", "application/json"


def _personal(register: Register, posting: Posting, now: datetime) -> Drawn:
    told = told_of(register, register.people.by_id(posting.subject), now, texts=False)
    document = Document(NAME, FILE_TITLE, lambda: as_document(told).encode(), MIMETYPE)
    return Drawn(lambda _files: file_message(), document=document)


DRAW: Mapping[MessageKind, Draw] = {MessageKind.PERSONAL: _personal}
