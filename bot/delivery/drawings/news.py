"""What follows in the threads of overlaps' cards."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.drawn import Draw, Drawn, plain
from handlers.views.names import Names
from handlers.views.news import news_message
from planning.outbox.values import MessageKind, Posting
from planning.register import Register


def _news(register: Register, posting: Posting, _now: datetime) -> Drawn:
    return plain(news_message(posting.payload, Names.of(register)))


DRAW: Mapping[MessageKind, Draw] = {MessageKind.NEWS: _news}
