"""What is sent in a poll, and when: the question once, one reminder after half of the time, both in working hours."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from planning.agreement.values import Invitation, Poll
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register
from planning.workspace.hours import at_work
from planning.workspace.values import Person


def ask(register: Register, poll: Poll, now: datetime) -> None:
    """Put the question to all who are to have it by now; whoever has it already gets nothing."""
    people = _people(register)
    for invitation in register.polls.invitations(poll.id):
        if _asked_at(poll, people[invitation.person]) <= now:
            _send(register, MessageKind.QUESTION, invitation, people, now)


def remind(register: Register, poll: Poll, now: datetime) -> None:
    """Remind those who have not answered after half of the time, each once."""
    people = _people(register)
    for invitation in _silent(register, poll):
        if _reminded_at(poll, people[invitation.person], now) <= now:
            register.polls.save_invitation(replace(invitation, reminded_at=now))
            _send(register, MessageKind.REMINDER, invitation, people, now)


def next_look(register: Register, poll: Poll, now: datetime) -> Poll:
    """Note when there is something to send or to close next."""
    people, silent = _people(register), _silent(register, poll)
    asked = [_asked_at(poll, people[one.person]) for one in register.polls.invitations(poll.id)]
    reminded = [_reminded_at(poll, people[one.person], now) for one in silent]
    coming = (moment for moment in (*asked, *reminded) if moment > now)
    noted = replace(poll, next_at=min([poll.closes_at, *coming]))
    register.polls.save(noted)
    return noted


def redraw(register: Register, invitations: Iterable[Invitation]) -> None:
    """Have the messages of these draw what is true now."""
    ids = [invitation.id for invitation in invitations]
    register.postings.revise(MessageKind.QUESTION, *ids)
    register.postings.revise(MessageKind.REMINDER, *ids)


def _silent(register: Register, poll: Poll) -> list[Invitation]:
    """Those who have neither answered nor been reminded."""
    invitations = register.polls.invitations(poll.id)
    return [one for one in invitations if one.answered_at is None and one.reminded_at is None]


def _asked_at(poll: Poll, person: Person) -> datetime:
    return poll.opened_at if poll.opened_by is not None else at_work(poll.opened_at, person.zone)


def _reminded_at(poll: Poll, person: Person, now: datetime) -> datetime:
    halfway = poll.opened_at + (poll.closes_at - poll.opened_at) / 2
    return at_work(max(halfway, now), person.zone)


def _send(
    register: Register, kind: MessageKind, invitation: Invitation, people: Mapping[int, Person], now: datetime
) -> None:
    slack_id = people[invitation.person].slack_id
    if slack_id:
        key = f"{kind}:{invitation.id}"
        register.postings.add(Posting(key, kind, invitation.id, Address.person(slack_id)), now)


def _people(register: Register) -> dict[int, Person]:
    return {person.id: person for person in register.people.all()}
