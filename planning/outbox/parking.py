"""Messages that cannot be sent, or of which nobody can tell: kept, and told to those who can do something."""

from datetime import datetime, timedelta

from planning.outbox.values import Address, Message, MessageKind, Posting
from planning.register import Register
from planning.workspace.arranging import stewards_of
from planning.workspace.hours import Hours, at_work
from planning.workspace.values import Person

CARDS_KEPT = 7
"""Days for which the cards that tell of them are kept true."""


def park(register: Register, message: Message, reason: str, now: datetime) -> bool:
    """A claimed message cannot be sent: the stewards are told why; False when it is no longer ours."""
    if not register.postings.fail(message, reason):
        return False
    if message.posting.kind is not MessageKind.STUCK:
        tell_stewards(register, now)
    return True


def leave_in_doubt(register: Register, message: Message, not_before: datetime, now: datetime) -> None:
    """It cannot be looked up whether a message arrived: the stewards are asked, once."""
    if register.postings.unreadable(message, not_before) and message.posting.kind is not MessageKind.STUCK:
        tell_stewards(register, now)


def tell_stewards(register: Register, now: datetime) -> None:
    """Each steward has one card for a day at work that lists what is stuck, edited in place."""
    for steward in stewards_of(register):
        if steward.slack_id:
            register.postings.add(_card(register, steward, steward.slack_id, now), now)
    keep_true(register, now)


def _card(register: Register, steward: Person, slack_id: str, now: datetime) -> Posting:
    told_at = at_work(now, Hours.of(steward, register.preferences.of(steward.id)))
    key, address = f"{MessageKind.STUCK}:{told_at.date()}:{steward.id}", Address.person(slack_id)
    return Posting(key, MessageKind.STUCK, told_at.toordinal(), address, not_before=told_at)


def keep_true(register: Register, now: datetime) -> None:
    """Have the cards of the last days drawn again."""
    first = (now - timedelta(days=CARDS_KEPT)).toordinal()
    register.postings.revise(MessageKind.STUCK, *range(first + 1, now.toordinal() + 1))
