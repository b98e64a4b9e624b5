"""The parts of `/cx agree` about ratification, pulse and score tests, and how far an open poll is."""

from datetime import datetime

from handlers.views.agreement.pulse import pulse_section
from handlers.views.agreement.ratification import ratification_section
from handlers.views.agreement.rounds import Progress
from handlers.views.agreement.score import score_section
from handlers.views.text import Message
from planning.agreement.closing import may_see_results
from planning.agreement.opening import asked_of
from planning.agreement.ratifying import newest_tally, ratified_line
from planning.agreement.score_testing import GONE, stages_to_test
from planning.agreement.values import Poll, PollKind
from planning.register import Register
from planning.workspace.rights import Right, may
from planning.workspace.values import Person

TREND = 5
"""As many pulses are looked back at."""


def ratification(register: Register, actor: Person, _now: datetime) -> Message:
    """Whether the journey is ratified, and what the departments say to it."""
    led = actor.department if actor.department is not None and actor.leads(actor.department) else None
    standing = newest_tally(register)
    steward = may(actor, Right.RUN_AGREEMENT)
    return ratification_section(standing, ratified_line(register, standing), led, steward=steward)


def pulse(register: Register, actor: Person, _now: datetime) -> Message:
    """The open pulse, and what came of the last ones."""
    polls = register.polls.of_kind(PollKind.PULSE, TREND)
    going = next((progress(register, poll) for poll in polls if poll.open), None)
    closed = [poll for poll in polls if poll.result is not None]
    steward = may(actor, Right.RUN_AGREEMENT)
    return pulse_section(closed, going, actor.zone, reader=may_see_results(actor), steward=steward)


def score(register: Register, actor: Person, _now: datetime) -> Message:
    """The open score tests, and the newest result of each stage that is still in the journey."""
    journey = register.journeys.current()
    names, steward = journey.stage_names(), may(actor, Right.RUN_AGREEMENT)
    going = [
        (names.get(poll.about[0], GONE), progress(register, poll), steward or poll.opened_by == actor.id)
        for poll in register.polls.of_kind(PollKind.SCORE)
        if poll.open
    ]
    results = [one for one in register.polls.scores() if one.stage in names]
    reader = may_see_results(actor)
    return score_section(results, going, stages_to_test(journey, actor), actor.zone, reader=reader)


def progress(register: Register, poll: Poll) -> Progress:
    """How far an open poll is."""
    answered = [one for one in register.polls.invitations(poll.id) if one.answered_at is not None]
    return Progress(poll, tuple(asked_of(register, poll.id)), len(answered))
