"""Word that nobody looks after the workspace any more."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.drawn import Draw, Drawn, plain
from handlers.views.stewardship import steward_wanted
from planning.outbox.values import MessageKind, Posting
from planning.register import Register
from planning.workspace.arranging import stewards_of


def _wanted(register: Register, posting: Posting, _now: datetime) -> Drawn:
    gone = register.people.by_id(posting.subject)
    return plain(steward_wanted(gone.name, [one.name for one in stewards_of(register)]))


DRAW: Mapping[MessageKind, Draw] = {MessageKind.STEWARD: _wanted}
