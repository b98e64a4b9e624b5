"""What a change of the journey does to what people are being asked about it."""

from datetime import datetime

from planning.agreement.closing import end_without_result
from planning.agreement.telling import redraw
from planning.agreement.values import PollKind
from planning.outbox.values import MessageKind
from planning.register import Register


def follow_journey(register: Register, now: datetime) -> None:
    """Have cards and questions that are open show the journey as it is; a test ends with the stage that it is about."""
    for newest in register.ratifications.newest():
        if newest.closed_at is None:
            register.postings.revise(MessageKind.RATIFICATION, newest.id)
    stages = register.journeys.current().stage_names()
    for poll in register.polls.of_kind(PollKind.SCORE):
        if poll.open and poll.about[0] in stages:
            redraw(register, register.polls.invitations(poll.id))
        elif poll.open:
            end_without_result(register, poll, None, now)
