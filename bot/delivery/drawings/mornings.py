"""What needs a person, in the morning."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.drawn import Draw, Drawn, Overtaken, plain
from handlers.views.needs import morning_message
from planning.needs.listing import needs_of
from planning.outbox.values import MessageKind, Posting
from planning.register import Register


def _morning(register: Register, posting: Posting, now: datetime) -> Drawn:
    portfolio = register.initiatives.portfolio(now)
    needs = needs_of(register, register.people.by_id(posting.subject), now, portfolio)
    if not needs.total:
        raise Overtaken("Nothing needs this person any more.")
    return plain(morning_message(needs, portfolio.today))


DRAW: Mapping[MessageKind, Draw] = {MessageKind.MORNING: _morning}
