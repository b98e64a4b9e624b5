"""What did not arrive, for a steward."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.drawn import Draw, Drawn, plain
from handlers.addressees import addressees
from handlers.views.stuck import stuck_message
from planning.outbox.resending import stuck
from planning.outbox.values import MessageKind, Posting
from planning.register import Register


def _stuck(register: Register, posting: Posting, now: datetime) -> Drawn:
    slack_id = posting.address.ids[0]
    zone = next((person.zone for person in register.people.all() if person.slack_id == slack_id), "UTC")
    return plain(stuck_message(stuck(register, now), addressees(register), zone))


DRAW: Mapping[MessageKind, Draw] = {MessageKind.STUCK: _stuck}
