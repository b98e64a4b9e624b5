"""Messages that did not arrive, for a steward to have sent again."""

from datetime import datetime, timedelta

from planning.alerts.counting import count_again
from planning.audit.values import Entry
from planning.errors import AlreadyDone
from planning.outbox.values import Message
from planning.register import Page, Register
from planning.workspace.arranging import check_steward
from planning.workspace.values import Person

TOLD_FOR = timedelta(days=30)
"""Older news is not worth sending any more."""
LOOKED_FOR = timedelta(minutes=10)
"""A message in doubt is looked up first; one that is still in doubt by then lies where Concord may not read."""
SHOWN = 5


def stuck(register: Register, now: datetime) -> Page[Message]:
    """The newest of those that did not arrive, or of which nobody can tell."""
    return register.postings.stuck(now - TOLD_FOR, now - LOOKED_FOR, SHOWN)


def resend(register: Register, id: int, actor: Person, now: datetime) -> None:
    """Have a message sent again, because a steward says so; another press finds it on its way."""
    check_steward(register, actor)
    posting = register.postings.resend(id)
    if posting is None:
        raise AlreadyDone("That message is on its way already, or it has arrived meanwhile.")
    count_again(register, posting, now)
    register.audit.add(Entry(now, "message.resent", f"message:{id}", actor.id))
