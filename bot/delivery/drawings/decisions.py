"""What whoever decides in the executives’ place is sent: the card of the overlap, with its buttons."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.drawn import Draw, Drawn, plain
from handlers.findings import overlap_of
from handlers.views.decisions import delegated_message
from handlers.views.names import Names
from planning.decisions.values import Ruling
from planning.outbox.values import MessageKind, Posting
from planning.register import Register


def _decision(register: Register, posting: Posting, now: datetime) -> Drawn:
    decision = register.decisions.by_id(posting.subject)
    finding = register.findings.by_id(decision.finding)
    person = register.people.by_slack(posting.address.ids[0])
    asked = decision.ruling is Ruling.DELEGATE and person is not None and decision.delegate == person.id
    card = overlap_of(register, finding, person, now) if asked and person is not None else None
    by = Names.of(register).people.get(decision.by or 0, "")
    return plain(delegated_message(card, by, again=bool(posting.payload.get("again"))))


DRAW: Mapping[MessageKind, Draw] = {MessageKind.DECISION: _decision}
