"""The pack of a quarter: the whole portfolio on paper, stage by stage, for those who decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from planning.decisions.asking import asked_now
from planning.digests.values import Coverage
from planning.findings.values import Finding, Kind, State
from planning.portfolio.measuring import coverage
from planning.proposals.asking import Proposal
from planning.proposals.changes import Change
from planning.proposals.troubles import days_of
from planning.proposals.values import Proposed
from planning.register import Register
from planning.scoreboard.composing import scoreboard_of
from planning.scoreboard.values import Scoreboard
from planning.season.gathering import Season
from planning.season.values import StageSeason
from planning.window import Window


@dataclass(frozen=True, slots=True)
class StagePack:
    """One stage: what is planned on it, where that collides, and what the computed plan changes of it."""

    season: StageSeason
    conflicts: tuple[str, ...]
    """One sentence for each open overlap of the quarter or of no certain day, the strongest first."""
    changes: tuple[Change, ...] = ()

    def with_plan(self, best: Proposed) -> "StagePack":
        """The same with what a computed plan changes here."""
        ids = frozenset(one.id for one in self.season.initiatives)
        return replace(self, changes=tuple(change for change in best.changes if change.initiative in ids))


@dataclass(frozen=True, slots=True)
class Pack:
    """All that the document tells."""

    company: str
    quarter: str
    day: date
    departments: Mapping[int, str]
    live: int
    in_quarter: int
    stages: tuple[StagePack, ...]
    coverage: Coverage
    scores: Scoreboard
    decisions: tuple[str, ...]
    """What executives are asked to decide."""
    open_overlaps: int
    best: Proposed | None = None


def compose_pack(register: Register, quarter: str, proposal: Proposal | None, now: datetime) -> Pack:
    """The pack as it is now; `proposal` is the computed plan, once there is one."""
    portfolio = register.initiatives.portfolio(now)
    season, best = Season(portfolio, quarter), proposal.best if proposal else None
    overlaps = [one for one in register.findings.standing(Kind.OVERLAP) if one.state(now) is State.OPEN]
    felt = (one for one in overlaps if _falls_in(one, season.days))
    ordered = sorted(felt, key=lambda one: (-one.found.score, one.id))
    return Pack(
        company=register.workspaces.current().name,
        quarter=quarter,
        day=portfolio.today,
        departments=portfolio.department_names,
        live=len(portfolio.initiatives),
        in_quarter=len(season.live),
        stages=tuple(_stage(stage, ordered, best) for stage in season.stages),
        coverage=coverage(portfolio),
        scores=scoreboard_of(register, portfolio),
        decisions=tuple(asked.finding.found.why for asked in asked_now(register, now)),
        open_overlaps=len(overlaps),
        best=best,
    )


def _falls_in(finding: Finding, days: Window) -> bool:
    known = [*days_of(finding.found)]
    return not known or any(days.shared_with(one) for one in known)


def _stage(season: StageSeason, overlaps: Sequence[Finding], best: Proposed | None) -> StagePack:
    ids = frozenset(one.id for one in season.initiatives)
    conflicts = tuple(one.found.why for one in overlaps if not ids.isdisjoint(one.found.initiatives()))
    bare = StagePack(season, conflicts)
    return bare.with_plan(best) if best else bare
