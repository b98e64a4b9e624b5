"""A draft as if it were registered: looked at once for all who ask what would come of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

from planning.findings.values import Found, Rule
from planning.initiatives.values import Draft, Initiative
from planning.overlaps.duplicates import duplicate_effort
from planning.overlaps.finding import find_overlaps
from planning.portfolio.scope import Scope
from planning.portfolio.values import Portfolio
from planning.register import Register
from planning.similarity import Floats, settled

NOT_YET = 0
"""The id of an initiative that is not registered; real ones count from 1."""
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A draft as an initiative, the portfolio with it, and the overlaps around it."""

    candidate: Initiative
    vectors: Mapping[str, Floats]
    portfolio: Portfolio
    scope: Scope
    found: tuple[Found, ...]

    @classmethod
    def of(cls, register: Register, draft: Draft, vector: Floats, now: datetime, known_as: int = NOT_YET) -> Self:
        """What would be found if the draft were saved; `known_as` is its own number, when it has one."""
        candidate = Initiative(known_as, draft, _NEVER, _NEVER)
        vectors = {register.initiatives.encoder: settled(vector)}
        portfolio = register.initiatives.portfolio(now).with_draft(candidate, vectors)
        scope = Scope.around((candidate,), portfolio)
        return cls(candidate, vectors, portfolio, scope, tuple(find_overlaps(portfolio, scope)))

    def coordinated(self, near: Collection[int]) -> list[Found]:
        """What would be found if its registrant said that it should be coordinated with these."""
        pairs = self.portfolio.confirmed | {(self.candidate.id, id) for id in near}
        others = (one for one in self.found if one.rule is not Rule.DUPLICATE_EFFORT)
        return [*others, *duplicate_effort(replace(self.portfolio, confirmed=pairs), self.scope)]

    def apart(self) -> Portfolio:
        """The portfolio with it as if it served no problem."""
        if self.candidate.draft.serves is None:
            return self.portfolio
        alone = replace(self.candidate, draft=replace(self.candidate.draft, serves=None))
        return self.portfolio.with_draft(alone, self.vectors)
