"""What people are asked in rounds, and what came of it."""

from collections.abc import Mapping
from datetime import datetime

from bot.delivery.drawn import Draw, Drawn, plain
from handlers.agreement.kinds import KINDS
from handlers.agreement.ratification import draw_card
from handlers.views.agreement.questions import Wording, question_message, reminder_message
from planning.agreement.values import Invitation, Poll
from planning.errors import NotFound
from planning.outbox.values import MessageKind, Posting
from planning.register import Register
from planning.workspace.rights import Right, may


def _question(register: Register, posting: Posting, _now: datetime) -> Drawn:
    wording, poll, invitation, zone = _asked(register, posting)
    outcome = KINDS[poll.kind].outcome(poll) if poll.result is not None else ""
    return plain(question_message(wording, poll, invitation, zone, outcome))


def _reminder(register: Register, posting: Posting, _now: datetime) -> Drawn:
    return plain(reminder_message(*_asked(register, posting)))


def _result(register: Register, posting: Posting, _now: datetime) -> Drawn:
    poll = register.polls.by_id(posting.subject)
    if poll.result is None:
        raise NotFound("Nothing came of this round.")
    reader = register.people.by_slack(posting.address.ids[0])
    return plain(KINDS[poll.kind].result(register, poll, reader is not None and may(reader, Right.RUN_AGREEMENT)))


def _ratification(register: Register, posting: Posting, _now: datetime) -> Drawn:
    return plain(draw_card(register, posting.subject, int(str(posting.payload["department"]))))


def _asked(register: Register, posting: Posting) -> tuple[Wording, Poll, Invitation, str]:
    """What is asked in which poll of whom, and the person's zone."""
    invitation = register.polls.invitation(posting.subject)
    poll = register.polls.by_id(invitation.poll)
    return KINDS[poll.kind].wording(register, poll), poll, invitation, register.people.by_id(invitation.person).zone


DRAW: Mapping[MessageKind, Draw] = {
    MessageKind.QUESTION: _question,
    MessageKind.REMINDER: _reminder,
    MessageKind.RESULT: _result,
    MessageKind.RATIFICATION: _ratification,
}
