"""Proposals for those who asked for them, and the pictures of any."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.drawn import Draw, Drawn
from bot.delivery.pictures import Picture
from handlers.views.calendars import calendar_png
from handlers.views.loads import loads_png, panels
from handlers.views.names import Names
from handlers.views.proposals import (
    CALENDAR,
    CALENDAR_TITLE,
    LOADS,
    LOADS_TITLE,
    about_words,
    overlap_words,
    proposal_message,
)
from planning.outbox.values import MessageKind, Posting
from planning.proposals.asking import Progress, Proposal
from planning.proposals.requesting import newer
from planning.proposals.values import AboutKind
from planning.register import Register


def pictures_of(proposal: Proposal) -> dict[str, Picture]:
    """Its pictures by name, once it is computed: while it grows, each would be there for a second only."""
    best = proposal.best
    if best is None or proposal.progress is not Progress.DONE:
        return {}
    loads, contacts = best.loads, best.contacts
    load = Picture(LOADS_TITLE, lambda: loads_png(loads, LOADS_TITLE), loads)
    calendar = Picture(CALENDAR_TITLE, lambda: calendar_png(contacts, CALENDAR_TITLE), contacts)
    return {**({LOADS: load} if panels(loads) else {}), **({CALENDAR: calendar} if contacts else {})}


def _proposal(register: Register, posting: Posting, _now: datetime) -> Drawn:
    proposal, names = register.proposals.by_id(posting.subject), Names.of(register)
    superseded = newer(register, proposal) is not None
    subject = _subject(register, proposal, names)
    return Drawn(
        lambda files: proposal_message(proposal, subject, names, files, superseded=superseded),
        pictures_of(proposal),
    )


def _subject(register: Register, proposal: Proposal, names: Names) -> str:
    if proposal.about.kind is AboutKind.FINDING:
        return overlap_words(register.findings.by_id(proposal.about.id))
    return about_words(proposal.about, names)


DRAW: Mapping[MessageKind, Draw] = {MessageKind.PROPOSAL: _proposal}
