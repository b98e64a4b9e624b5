"""How what people answered becomes a result, for each kind of poll; and what follows from it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from planning.agreement.proposing import naming_result
from planning.agreement.pulsing import of_pulse
from planning.agreement.results import NamingResult, Result
from planning.agreement.score_testing import after_score, of_score
from planning.agreement.values import Invitation, Poll, PollKind
from planning.register import Register
from planning.similarity import Encoder


def of_naming(register: Register, _poll: Poll, invitations: Sequence[Invitation], encoder: Encoder) -> NamingResult:
    """How far people name the same stages, and the journey that follows from it."""
    departments = {department.id: department.name for department in register.departments.all()}
    return naming_result(invitations, departments, encoder)


Resulting = Callable[[Register, Poll, Sequence[Invitation], Encoder], Result]
After = Callable[[Register, Poll, datetime], None]

RESULTS: Mapping[PollKind, Resulting] = {
    PollKind.NAMING: of_naming,
    PollKind.PULSE: of_pulse,
    PollKind.SCORE: of_score,
}
AFTER: Mapping[PollKind, After] = {PollKind.SCORE: after_score}
"""What else is done once a poll is closed and has its result, in the same unit."""
