"""Somebody asks for what is kept about them: it comes to them as a file, and to nobody else."""

from datetime import datetime

from planning.audit.values import Entry
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register
from planning.workspace.hours import day_in
from planning.workspace.values import Person


def ask_for_own(register: Register, actor: Person, now: datetime) -> bool:
    """Queue it, as it is when it is sent; False when it was asked for today already."""
    key = f"personal:{actor.id}:{day_in(actor.zone, now)}"
    posting = Posting(key, MessageKind.PERSONAL, actor.id, Address.person(str(actor.slack_id)))
    if not register.postings.add(posting, now):
        return False
    register.audit.add(Entry(now, "data.asked", f"person:{actor.id}", actor.id))
    return True
