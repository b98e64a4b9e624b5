"""Questions that somebody will not answer any more: the next one of the department is drawn in their place."""

from datetime import datetime

from planning.agreement.sampling import askable, lot
from planning.agreement.telling import ask, next_look
from planning.agreement.values import Invitation, Poll, PollKind
from planning.audit.values import Entry
from planning.outbox.values import MessageKind
from planning.register import Register
from planning.workspace.values import Person

DRAWN = frozenset({PollKind.NAMING, PollKind.PULSE})
"""Rounds that ask some of each department; who shares a stage has no substitute."""


def hand_on_questions(register: Register, person: Person, now: datetime) -> None:
    """Ask somebody else in every round that waits for the person, as if they had been drawn; also of their leads."""
    for invitation in register.polls.waiting_for(person.id):
        poll = register.polls.by_id(invitation.poll, lock=True)
        if poll.open and poll.kind in DRAWN and invitation.answered_at is None:
            _draw_another(register, poll, invitation, now)
    for newest in register.ratifications.newest():
        if newest.closed_at is None:
            register.postings.revise(MessageKind.RATIFICATION, newest.id)


def _draw_another(register: Register, poll: Poll, left: Invitation, now: datetime) -> None:
    asked = {one.person for one in register.polls.invitations(poll.id)}
    people = askable(register.people.all()).get(left.department, [])
    others = sorted((one for one in people if one.id not in asked), key=lambda one: lot(one.id, poll.seed))
    if others:
        register.polls.invite(poll.id, [(others[0].id, left.department)])
        details: dict[str, object] = {"from": left.person, "to": others[0].id}
        register.audit.add(Entry(now, "poll.handed_on", f"poll:{poll.id}", None, details))
        ask(register, poll, now)
        next_look(register, poll, now)
