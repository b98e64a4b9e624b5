"""What is sent in a poll, and when: the question once, one reminder after half of the time, both in working hours.

Whoever switched questions or reminders off gets none; the Home tab still shows what waits.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from planning.agreement.values import Invitation, Poll
from planning.alerts.preferences import Notice
from planning.alerts.reaching import reached
from planning.alerts.routing import Audience
from planning.outbox.values import Address, MessageKind, Posting
from planning.register import Register


def ask(register: Register, poll: Poll, now: datetime) -> None:
    """Put the question to all who are to have it by now; whoever has it already gets nothing."""
    audience = Audience.of(register)
    for invitation in register.polls.invitations(poll.id):
        if _is_due(_asked_at(poll, invitation, audience), now):
            _send(register, MessageKind.QUESTION, invitation, audience, now)


def remind(register: Register, poll: Poll, now: datetime) -> None:
    """Remind those who have not answered after half of the time, each once."""
    audience = Audience.of(register)
    for invitation in _silent(register, poll):
        if _is_due(_reminded_at(poll, invitation, audience, now), now):
            register.polls.save_invitation(replace(invitation, reminded_at=now))
            _send(register, MessageKind.REMINDER, invitation, audience, now)


def next_look(register: Register, poll: Poll, now: datetime) -> Poll:
    """Note when there is something to send or to close next."""
    audience, silent = Audience.of(register), _silent(register, poll)
    asked = [_asked_at(poll, one, audience) for one in register.polls.invitations(poll.id)]
    reminded = [_reminded_at(poll, one, audience, now) for one in silent]
    coming = (moment for moment in (*asked, *reminded) if moment is not None and moment > now)
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


def _asked_at(poll: Poll, invitation: Invitation, audience: Audience) -> datetime | None:
    """What a person begins is asked at once, of all who have not switched questions off."""
    moment = _reached(invitation, Notice.QUESTIONS, audience, poll.opened_at)
    return moment if moment is None or poll.opened_by is None else poll.opened_at


def _reminded_at(poll: Poll, invitation: Invitation, audience: Audience, now: datetime) -> datetime | None:
    halfway = poll.opened_at + (poll.closes_at - poll.opened_at) / 2
    return _reached(invitation, Notice.REMINDERS, audience, max(halfway, now))


def _reached(invitation: Invitation, notice: Notice, audience: Audience, after: datetime) -> datetime | None:
    person = audience.people[invitation.person]
    return reached(person, audience.preferences(person.id), notice, after)


def _is_due(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def _send(register: Register, kind: MessageKind, invitation: Invitation, audience: Audience, now: datetime) -> None:
    slack_id = audience.people[invitation.person].slack_id
    if slack_id:
        key = f"{kind}:{invitation.id}"
        register.postings.add(Posting(key, kind, invitation.id, Address.person(slack_id)), now)
