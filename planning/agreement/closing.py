"""Watching over polls: reminding, closing at their time or before it, and telling what came of them."""

from dataclasses import replace
from datetime import datetime, timedelta

from planning.agreement.resulting import AFTER, RESULTS
from planning.agreement.telling import ask, next_look, redraw, remind
from planning.agreement.values import Invitation, Poll
from planning.audit.values import Entry
from planning.errors import AlreadyDone, NotAllowed
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register
from planning.similarity import Encoder
from planning.workspace.arranging import check_steward, stewards_of
from planning.workspace.hours import said_in
from planning.workspace.rights import Right, Ties, may
from planning.workspace.values import Person

PAUSE = timedelta(hours=1)
"""How long a poll rests that could not be dealt with."""


def watch(register: Register, encoder: Encoder, now: datetime) -> bool:
    """Do what is due for the oldest poll that has something due: ask, remind, or close; False when there is none.

    One at a time, each in a unit of its own: what one stumbles over keeps no other from its end.
    """
    poll = next(iter(register.polls.due(now)), None)
    if poll is None:
        return False
    if poll.closes_at <= now:
        _close(register, poll, encoder, None, now)
    else:
        ask(register, poll, now)
        remind(register, poll, now)
        next_look(register, poll, now)
    return True


def postpone(register: Register, now: datetime) -> None:
    """Let the oldest that is due rest for a while, when dealing with it failed."""
    for poll in register.polls.due(now)[:1]:
        register.polls.save(replace(poll, next_at=now + PAUSE))


def close_now(register: Register, id: int, encoder: Encoder, actor: Person, now: datetime) -> Poll:
    """Close before the time, with what has been answered so far."""
    return _close(register, _running(register, id, actor), encoder, actor, now)


def call_off(register: Register, id: int, actor: Person, now: datetime) -> Poll:
    """End it without a result; nothing more is sent, and the questions say that it is over."""
    return end_without_result(register, _running(register, id, actor), actor, now)


def end_without_result(register: Register, poll: Poll, actor: Person | None, now: datetime) -> Poll:
    """What `call_off` does, by whoever may, or by itself when there is nothing left to ask about."""
    ended = _ended(register, poll, now)
    register.audit.add(Entry(now, "poll.called_off", f"poll:{poll.id}", actor.id if actor else None))
    redraw(register, register.polls.invitations(poll.id))
    return ended


def may_see_results(person: Person) -> bool:
    """Whether the person may see what came of a poll."""
    return may(person, Right.SEE_RESULTS)


def check_reader(person: Person) -> None:
    """Raises NotAllowed unless the person may see what came of a poll."""
    if not may_see_results(person):
        raise NotAllowed("Leads, executives and stewards see the results. Ask the lead of your department.")


def _running(register: Register, id: int, actor: Person) -> Poll:
    poll = register.polls.by_id(id, lock=True)
    if not may(actor, Right.END_POLL, Ties(owners=(poll.opened_by,))):
        check_steward(register, actor)
    if poll.closed_at is not None:
        closed = said_in(actor.zone, poll.closed_at)
        raise AlreadyDone(f"It was closed on {closed} already. “/cx agree” shows what came of it.")
    return poll


def _close(register: Register, poll: Poll, encoder: Encoder, actor: Person | None, now: datetime) -> Poll:
    invitations = register.polls.invitations(poll.id)
    result = RESULTS[poll.kind](register, poll, invitations, encoder)
    closed = _ended(register, replace(poll, result=result), now)
    details: dict[str, object] = {"asked": len(invitations), "answered": len(_answered(invitations))}
    register.audit.add(Entry(now, "poll.closed", f"poll:{poll.id}", actor.id if actor else None, details))
    redraw(register, invitations)
    _tell(register, closed, now)
    if after := AFTER.get(poll.kind):
        after(register, closed, now)
    return closed


def _ended(register: Register, poll: Poll, now: datetime) -> Poll:
    """What nobody may see is not kept: the result is all that is needed from now on."""
    closed = replace(poll, next_at=None, closed_at=now)
    register.polls.save(closed)
    register.polls.forget_answers(poll.id)
    return closed


def _answered(invitations: list[Invitation]) -> list[Invitation]:
    return [invitation for invitation in invitations if invitation.answer is not None]


def _tell(register: Register, poll: Poll, now: datetime) -> None:
    """The result goes to the stewards, and to whoever opened the poll."""
    openers = [person for person in register.people.all() if person.id == poll.opened_by]
    for person in {one.id: one for one in (*stewards_of(register), *openers)}.values():
        if person.slack_id and person.reachable:
            key = f"result:{poll.id}:{person.slack_id}"
            address = Address.person(person.slack_id)
            register.postings.add(Posting(key, MessageKind.RESULT, poll.id, address), now)
