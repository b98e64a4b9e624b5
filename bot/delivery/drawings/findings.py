"""Cards of overlaps, and what follows them."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.drawn import Draw, Drawn, Overtaken, plain
from handlers.findings import asked_together, overlap_of
from handlers.views.findings import overlap_card
from handlers.views.imports import imported_message
from handlers.views.names import Names
from handlers.views.plans import joined_message
from planning.findings.values import Finding
from planning.initiatives.values import Initiative
from planning.outbox.values import AddressKind, MessageKind, Posting
from planning.register import Register


def _alert(register: Register, posting: Posting, now: datetime) -> Drawn:
    """In a direct message as its reader sees it: who has no say in it any more has no buttons."""
    finding, address = register.findings.by_id(posting.subject), posting.address
    reader = register.people.by_slack(address.ids[0]) if address.kind is AddressKind.PERSON else None
    if reader is not None:
        return plain(overlap_of(register, finding, reader, now))
    asked = asked_together(register, finding)
    return plain(overlap_card(finding, _members(register, finding), Names.of(register), now, asked=asked))


def _joined(register: Register, posting: Posting, _now: datetime) -> Drawn:
    given_up = register.initiatives.by_id(posting.subject)
    if given_up.joined is None:
        raise Overtaken("The initiative was taken back before anybody was told.")
    return plain(joined_message(given_up, register.initiatives.by_id(given_up.joined), Names.of(register)))


def _imported(_register: Register, posting: Posting, _now: datetime) -> Drawn:
    return plain(imported_message(posting.payload))


def _members(register: Register, finding: Finding) -> list[Initiative]:
    return [register.initiatives.by_id(id) for id in finding.found.initiatives()]


DRAW: Mapping[MessageKind, Draw] = {
    MessageKind.ALERT: _alert,
    MessageKind.JOINED: _joined,
    MessageKind.IMPORTED: _imported,
}
