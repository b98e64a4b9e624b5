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
    personal,
    plans,
    proposals,
    season,
    stewardship,
    stuck,
)
from bot.delivery.drawn import Draw, Drawn, Overtaken
from planning.outbox.values import Address, AddressKind, MessageKind, Posting
from planning.register import Register

SUBJECTS = (
    *(findings, alerts, agreement, digests, department_digests, checkins),
    *(decisions, news, plans, proposals, season, mornings, stuck, stewardship, personal),
)
DRAW: Mapping[MessageKind, Draw] = {kind: draw for subject in SUBJECTS for kind, draw in subject.DRAW.items()}


def drawn(register: Register, posting: Posting, now: datetime) -> Drawn:
    """The posting as it is now; NotFound when what it is about has gone, Overtaken when nobody needs it any more."""
    if not present(register, posting.address).ids:
        raise Overtaken("Whom it was for has left.")
    return DRAW[posting.kind](register, posting, now)


def present(register: Register, address: Address) -> Address:
    """Without those whose accounts are switched off: Slack opens no conversation with them."""
    if address.kind is AddressKind.CHANNEL:
        return address
    known = {id: register.people.by_slack(id) for id in address.ids}
    here = tuple(id for id, person in known.items() if person is None or person.left_at is None)
    return Address.group(here) if len(here) > 1 else Address(AddressKind.PERSON, here)
