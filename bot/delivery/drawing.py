"""What a queued message looks like now: read in one unit, drawn by the views."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.drawings import (
    agreement,
    alerts,
    checkins,
    decisions,
    department_digests,
    digests,
    findings,
    mornings,
    news,
    plans,
    proposals,
    season,
    stuck,
)
from bot.delivery.drawn import Draw, Drawn
from planning.outbox.values import MessageKind, Posting
from planning.register import Register

SUBJECTS = (
    *(findings, alerts, agreement, digests, department_digests, checkins),
    *(decisions, news, plans, proposals, season, mornings, stuck),
)
DRAW: Mapping[MessageKind, Draw] = {kind: draw for subject in SUBJECTS for kind, draw in subject.DRAW.items()}


def drawn(register: Register, posting: Posting, now: datetime) -> Drawn:
    """The posting as it is now; NotFound when what it is about has gone, Overtaken when nobody needs it any more."""
    return DRAW[posting.kind](register, posting, now)
