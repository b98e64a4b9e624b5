"""Sam the steward and the people of two departments, some of whom are asked."""

from dataclasses import replace

from planning.agreement.values import Invitation, Poll
from planning.workspace.values import Person
from tests.handlers.slack import Desk
from tests.planning.agreement.rounds import SAM, begun, staffed


def sam_at(desk: Desk) -> Desk:
    """The steward's desk, in a company with people to ask."""
    with desk.registers.writing() as register:
        staffed(register)
    return replace(desk, actor=SAM)


def round_of(desk: Desk) -> Poll:
    """A naming round that Sam has begun: three people of each department are asked."""
    with desk.registers.writing() as register:
        return begun(register)


def desk_of(desk: Desk, invitation: int) -> tuple[Desk, Invitation]:
    """The desk of the person who got the invitation, and the invitation."""
    with desk.registers.reading() as register:
        invited = register.polls.invitation(invitation)
        person: Person = register.people.by_id(invited.person)
    return replace(desk, actor=person), invited
