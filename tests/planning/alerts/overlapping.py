"""A company with as many overlaps of its two departments as a test needs."""

from datetime import datetime

from db.database import Database
from db.registers import SqlRegisters
from planning.alerts.telling import enlist, tell_due
from planning.findings.values import Finding
from planning.outbox.values import Message, MessageKind
from planning.register import Register
from tests.builders import NOW, draft, found, vector
from tests.planned import alert


def overlapped(register: Register, count: int, now: datetime = NOW) -> list[Finding]:
    """So many overlaps, each of two initiatives of its own; the first is the strongest."""
    findings = []
    for n in range(count):
        pair = [register.initiatives.add(draft(department=d), vector(10 * n + d), now).id for d in (1, 2)]
        findings.append(register.findings.add(found(*pair, score=0.9 - n / 100), now))
    return findings


def tell_ada(company: SqlRegisters, count: int, now: datetime = NOW) -> list[int]:
    """Ada is told of so many new overlaps at once; their ids."""
    with company.writing() as register:
        ids = [finding.id for finding in overlapped(register, count, now)]
        for id in ids:
            enlist(register, alert(finding=id, due_at=now))
        tell_due(register, now)
    return ids


def queued(database: Database, kind: MessageKind) -> list[Message]:
    """The messages of a kind, oldest first."""
    messages = reversed(database.outbox("main").page(200).items)
    return [message for message in messages if message.posting.kind is kind]


def cards(database: Database) -> list[int]:
    """The findings of which there are cards, oldest first."""
    return [message.posting.subject for message in queued(database, MessageKind.ALERT)]
