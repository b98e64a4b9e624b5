"""Messages that did not arrive, for a steward to have sent again, or to leave."""

from datetime import datetime, timedelta

from planning.alerts.counting import count_again
from planning.audit.values import Entry
from planning.errors import AlreadyDone
from planning.outbox.parking import keep_true
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
    if not send_again(register, id, now, actor.id):
        raise AlreadyDone("That message is on its way already, or it has arrived meanwhile.")


def leave(register: Register, id: int, actor: Person, now: datetime) -> None:
    """Never send a message, because a steward says so; one in doubt counts as being there."""
    check_steward(register, actor)
    if not drop(register, id, now, actor.id):
        raise AlreadyDone("That message is on its way, or it has arrived meanwhile, or somebody left it already.")


def send_again(register: Register, id: int, now: datetime, by: int | None = None) -> bool:
    """Have a failed or doubtful message sent again; False when it is neither. The operator is nobody."""
    posting = register.postings.resend(id)
    if posting is None:
        return False
    count_again(register, posting, now)
    _note(register, "message.resent", id, by, now)
    return True


def drop(register: Register, id: int, now: datetime, by: int | None = None, *, waiting: bool = False) -> bool:
    """Never send a failed or doubtful message, or with `waiting` one that waits; False when it is something else."""
    if not register.postings.leave(id, waiting=waiting):
        return False
    _note(register, "message.dropped", id, by, now)
    return True


def _note(register: Register, verb: str, id: int, by: int | None, now: datetime) -> None:
    register.audit.add(Entry(now, verb, f"message:{id}", by))
    keep_true(register, now)
