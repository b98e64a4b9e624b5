"""The planning season: the message of each stage, and the pack for the executives."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.documents import Document
from bot.delivery.drawings.proposals import pictures_of
from bot.delivery.drawn import Draw, Drawn
from handlers.views.names import Names
from handlers.views.pack import MIMETYPE, pack_message, pack_name, pack_pdf, pack_title
from handlers.views.season import ShownSeason, season_message
from planning.outbox.values import MessageKind, Posting
from planning.register import Register
from planning.season.meeting import session_of, stage_of
from planning.season.pack import compose_pack


def _season(register: Register, posting: Posting, now: datetime) -> Drawn:
    proposal = register.proposals.by_id(posting.subject)
    season, _ = stage_of(register, proposal, now)
    shown = ShownSeason(season, proposal, Names.of(register), met=session_of(register, proposal) is not None)
    return Drawn(
        lambda files: season_message(shown, files),
        pictures_of(proposal),
        lambda: season_message(shown, {}, table=False),
    )


def _pack(register: Register, posting: Posting, now: datetime) -> Drawn:
    proposal = register.proposals.by_id(posting.subject)
    pack = compose_pack(register, proposal.about.quarter, proposal, now)
    document = Document(pack_name(pack), pack_title(pack), lambda: pack_pdf(pack), MIMETYPE)
    return Drawn(lambda _files: pack_message(pack), document=document)


DRAW: Mapping[MessageKind, Draw] = {MessageKind.SEASON: _season, MessageKind.PACK: _pack}
