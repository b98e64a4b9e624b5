"""Answering a poll, and changing the answer as long as it is open."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from planning.agreement.answers import Answer, NamedStages
from planning.agreement.telling import redraw
from planning.agreement.values import Invitation
from planning.audit.values import Entry
from planning.errors import AlreadyDone, FieldError, NotAllowed
from planning.register import Register
from planning.text import NAME_MAX, clip, one_line
from planning.workspace.hours import said_in
from planning.workspace.rights import Right, Ties, may
from planning.workspace.values import Person

NAMES_LEAST, NAMES_MOST = 2, 20
"""How many stages a person may name."""
FIELD = "names"
_NUMBERING = re.compile(r"^(?:\d{1,2} ?[.):](?: |(?=\D))|[-–—•*·]+ )")
"""What people put before the names in a list: it is no part of a name, and would keep the same names apart."""


def answer(register: Register, invitation_id: int, answer: Answer, actor: Person, now: datetime) -> Invitation:
    """Keep what the person says; the last word counts."""
    invitation = own_invitation(register, invitation_id, actor)
    poll = register.polls.by_id(invitation.poll, lock=True)
    if not poll.open:
        closed = f"This round closed on {said_in(actor.zone, poll.closed_at)}. " if poll.closed_at else ""
        raise AlreadyDone(f"{closed}Answers are no longer taken; what you wrote is still here, to be copied.")
    answered = replace(register.polls.invitation(invitation_id, lock=True), answered_at=now, answer=answer)
    register.polls.save_invitation(answered)
    register.audit.add(Entry(now, "poll.answered", f"poll:{poll.id}", actor.id))
    redraw(register, [answered])
    return answered


def own_invitation(register: Register, id: int, actor: Person) -> Invitation:
    """The invitation; NotAllowed when somebody else was asked."""
    invitation = register.polls.invitation(id)
    if not may(actor, Right.ANSWER_POLL, Ties(asked=(invitation.person,))):
        raise NotAllowed("This was put to somebody else. “/cx agree” shows what you are asked.")
    return invitation


def named_stages(lines: Sequence[str]) -> NamedStages:
    """The names as typed, without numbers or dashes before them, in order; raises FieldError."""
    names = [_NUMBERING.sub("", name) for name in map(one_line, lines) if name]
    folded = [name.casefold() for name in names]
    if not NAMES_LEAST <= len(names) <= NAMES_MOST:
        raise FieldError({FIELD: f"Name at least {NAMES_LEAST} stages and at most {NAMES_MOST}, one on each line."})
    if mute := next((name for name in names if not any(map(str.isalnum, name))), None):
        raise FieldError({FIELD: f"“{clip(mute, 30)}” has no letters. Name the stage in words, or take the line away."})
    if long := next((name for name in names if len(name) > NAME_MAX), None):
        raise FieldError({FIELD: f"“{clip(long, 30)}” is too long; use at most {NAME_MAX} characters for a name."})
    if twice := next((name for name in names if folded.count(name.casefold()) > 1), None):
        raise FieldError({FIELD: f"“{clip(twice, 30)}” is there twice; keep one of them."})
    return NamedStages(names=tuple(names))
