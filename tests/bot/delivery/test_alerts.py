from dataclasses import replace

from bot.delivery.drawing import drawn
from db.database import Database
from db.registers import SqlRegisters
from handlers.views.text import Message
from planning.alerts.telling import BURST
from planning.findings.values import Choice
from planning.outbox.values import MessageKind
from tests.builders import NOW, verdict
from tests.handlers.views.limits import words
from tests.planning.alerts.overlapping import queued, tell_ada


def summary(database: Database, company: SqlRegisters) -> Message:
    (message,) = queued(database, MessageKind.ALERTS)
    with company.reading() as register:
        return drawn(register, message.posting, NOW).message({})


def test_a_summary_shows_what_still_waits(database: Database, company: SqlRegisters) -> None:
    ids = tell_ada(company, BURST + 1)
    assert "4 overlaps to decide" in words(summary(database, company))

    with company.writing() as register:
        for id in ids[1:]:
            one = register.findings.by_id(id)
            register.findings.save(replace(one, verdict=verdict(Choice.COORDINATE, one.found)), NOW)

    told = words(summary(database, company))
    assert "1 overlap to decide" in told
    assert "CX-1 " in told
    assert "CX-3 " not in told
    assert "3 more that stood here are decided." in told
