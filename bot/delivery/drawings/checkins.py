"""The question how initiatives stand, with what was answered so far."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.drawn import Draw, Drawn, plain
from handlers.views.checkins import check_in_message
from planning.checkins.questions import read_asking
from planning.outbox.values import MessageKind, Posting
from planning.register import Register


def _check_in(register: Register, posting: Posting, _now: datetime) -> Drawn:
    return plain(check_in_message(read_asking(register, posting.subject)))


DRAW: Mapping[MessageKind, Draw] = {MessageKind.CHECK_IN: _check_in}
