"""The summaries in which overlaps are told together."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.drawn import Draw, Drawn, plain
from handlers.views.alerts import SHOWN, alerts_message
from handlers.views.finding_lists import listed_initiatives
from planning.findings.values import State
from planning.outbox.values import MessageKind, Posting
from planning.register import Register


def _alerts(register: Register, posting: Posting, now: datetime) -> Drawn:
    """What still waits, as it is now."""
    told = [register.findings.by_id(alert.finding) for alert in register.alerts.in_summary(posting.subject)]
    waiting = sorted(
        (one for one in told if one.state(now) is State.OPEN), key=lambda one: (-one.found.score, one.opened_at, one.id)
    )
    initiatives = {id: register.initiatives.by_id(id) for id in listed_initiatives(waiting[:SHOWN])}
    return plain(alerts_message(waiting, len(told) - len(waiting), initiatives))


DRAW: Mapping[MessageKind, Draw] = {MessageKind.ALERTS: _alerts}
