"""Values for tests of polls and ratifications, as `tests.builders` makes the others."""

from dataclasses import replace
from typing import Any

from planning.agreement.ratification import AskedStage, Ratification, Stance
from planning.agreement.results import Index, NamingResult, ProposedStage
from planning.agreement.values import Invitation, Poll, PollKind
from tests.builders import NOW, at


def poll(**fields: Any) -> Poll:
    """A naming round that is open for a week."""
    return replace(Poll(1, PollKind.NAMING, NOW, at(7), None, 5, 7, next_at=at(3)), **fields)


def invitation(**fields: Any) -> Invitation:
    """Person 1 of department 1 is asked in poll 1 and has not answered."""
    return replace(Invitation(1, 1, 1, 1), **fields)


def ratification(**fields: Any) -> Ratification:
    """Person 1 has asked departments 1 and 2 to agree to “Join” and “Use”."""
    stages = (AskedStage(1, "Join", "The customer signs up and gets started."), AskedStage(2, "Use"))
    return replace(Ratification(1, stages, NOW, 1, asked=((1, 1), (2, 2))), **fields)


def stance(**fields: Any) -> Stance:
    """Department 1 objects to stage 2."""
    return replace(Stance(1, 2, 1, False, "Too vague.", NOW), **fields)


def naming_result(**fields: Any) -> NamingResult:
    """Ten people agree partly, on one stage."""
    join = ProposedStage(name="Join", support=8, names=(("Join", 6), ("Sign up", 2)))
    index = Index(value=0.42, low=0.31, high=0.55, people=10)
    return NamingResult(asked=12, answered=10, overall=index, between=index, proposed=(join,)).model_copy(update=fields)
