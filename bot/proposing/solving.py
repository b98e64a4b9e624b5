"""The solver, imported where it is used: that takes a second which the start of the bot need not wait for."""

from collections.abc import Callable
from typing import Protocol

from planning.findings.values import Finding
from planning.portfolio.values import Portfolio
from planning.proposals.values import About, Proposed, Wishes

Progress = Callable[[Proposed], None]
Stop = Callable[[], bool]


class Solve(Protocol):
    """Computes a proposal; `progress` hears of better ones, `stop` says when it is enough."""

    def __call__(
        self,
        portfolio: Portfolio,
        about: About,
        finding: Finding | None,
        wishes: Wishes,
        /,
        *,
        progress: Progress,
        stop: Stop,
    ) -> Proposed: ...


def solved(
    portfolio: Portfolio, about: About, finding: Finding | None, wishes: Wishes, *, progress: Progress, stop: Stop
) -> Proposed:
    """What the solver of planning says."""
    from planning.proposals.solving import propose

    return propose(portfolio, about, finding, wishes, progress=progress, stop=stop)


def warm_up() -> None:
    """Have the solver in memory before the first one asks."""
    import planning.proposals.solving  # noqa: F401 - only to have it in memory
