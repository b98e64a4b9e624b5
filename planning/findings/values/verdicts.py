"""What people said of a finding, and for how long that holds."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planning.findings.values.found import Found, hashed


class Choice(StrEnum):
    """What a person said of a finding."""

    PLAN = "plan"
    COORDINATE = "coordinate"
    JOIN = "join"
    DIFFERENT = "different"
    SNOOZE = "snooze"
    LEAVE = "leave"
    """Executives leave it as it is."""


DISMISSING = frozenset({Choice.DIFFERENT, Choice.LEAVE})
"""The choices after which it is not reported again while its facts hold."""
SETTLING = frozenset({Choice.PLAN, Choice.COORDINATE, Choice.JOIN})
"""The choices by which leads take a finding on."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A choice, who made it and when; `covers` says which members and facts it is about, `until` ends a snooze."""

    choice: Choice
    by: int
    at: datetime
    covers: frozenset[str]
    until: datetime | None = None

    def holds(self, found: Found) -> bool:
        """Whether it still says something about the finding.

        A dismissal holds while no member joins and no fact goes beyond those dismissed; members and facts may go.
        What was settled holds until a member joins that had no part in it.
        """
        if self.choice in DISMISSING:
            return found.covers <= self.covers
        return {hashed(str(member)) for member in found.members} <= self.covers
