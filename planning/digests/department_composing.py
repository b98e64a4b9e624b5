"""What a department's digest says, of what was gathered for it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from planning.audit.values import Entry
from planning.checkins.values import CheckIn
from planning.digests.asking import live_members
from planning.digests.composing import days_open, journey_gaps, waiting_overlaps
from planning.digests.counting import changes
from planning.digests.department_lines import busy_pools, checked_in, turns
from planning.digests.department_plans import Going, plan_lines
from planning.digests.department_values import DepartmentDigest, MetricOff, WaitingOverlap
from planning.digests.gaps import concerned, measuring
from planning.digests.values import OpenGap
from planning.findings.values import Finding, Rule, State
from planning.initiatives.values import Initiative
from planning.metrics.readings import Reading
from planning.metrics.standing import Status
from planning.metrics.values import Metric
from planning.portfolio.values import Portfolio
from planning.schedules.values import Schedule
from planning.scoreboard.metric_lines import metric_table
from planning.text import clip
from planning.workspace.hours import zone_of
from planning.workspace.values import Department

NAME = 60


@dataclass(frozen=True, slots=True)
class Shares:
    """How many of each a digest tells; the totals are always told."""

    overlaps: int = 6
    plans: int = 6
    gaps: int = 5
    quality: int = 4
    metrics: int = 4
    troubles: int = 6
    pools: int = 4
    turns: int = 8


SHARES = Shares()


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a department's digest is made of; `findings` are those standing, `entries` those about the department.

    `asked` and `answered` are the newest check-ins of its live initiatives, by initiative.
    """

    company: str
    department: Department
    portfolio: Portfolio
    findings: Collection[Finding] = ()
    entries: Sequence[Entry] = ()
    plans: Sequence[Going] = ()
    readings: Mapping[int, Sequence[Reading]] = field(default_factory=dict)
    asked: Mapping[int, CheckIn] = field(default_factory=dict)
    answered: Mapping[int, CheckIn] = field(default_factory=dict)


def own_initiatives(portfolio: Portfolio, department: int) -> list[Initiative]:
    """The live initiatives of a department."""
    rows = portfolio.holdings.columns.rows.departments
    return [portfolio.initiatives[row] for row in (rows == department).nonzero()[0].tolist()]


def own_metrics(portfolio: Portfolio, department: int) -> tuple[Metric, ...]:
    """The metrics that the department looks after: those of its people and of the stages that they own."""
    return tuple(one for one in portfolio.metrics if department in measuring(one.id, portfolio))


def compose_department(
    gathered: Gathered, schedule: Schedule, since: datetime, now: datetime, shares: Shares = SHARES
) -> DepartmentDigest:
    """The digest at `now` for the time since `since`."""
    zone, own = zone_of(schedule.zone), own_initiatives(gathered.portfolio, gathered.department.id)
    return DepartmentDigest(
        company=gathered.company,
        department=gathered.department.name,
        at=now,
        since=since.astimezone(zone).date(),
        day=now.astimezone(zone).date(),
        schedule=str(schedule),
        live=len(own),
        changes=changes(gathered.entries),
        check_ins=checked_in(gathered.asked, gathered.answered, own, gathered.portfolio, zone, now, shares.troubles),
        **_waiting(gathered, zone, now, shares),
        **_lacking(gathered, now, shares),
        **_part("plans", plan_lines(gathered.plans, gathered.department.id, gathered.portfolio, zone), shares.plans),
        **_part("metrics", [*_metrics_off(gathered)], shares.metrics),
        **_part("pools", busy_pools(own, gathered.portfolio), shares.pools),
        **_part("turns", turns(own, gathered.portfolio), shares.turns),
    )


def _part(name: str, whole: Sequence[object], share: int) -> dict[str, Any]:
    """The first of them, and how many there are."""
    return {name: tuple(whole[:share]), f"{name}_total": len(whole)}


def _waiting(gathered: Gathered, zone: ZoneInfo, now: datetime, shares: Shares) -> dict[str, Any]:
    """Its open overlaps, those that wait longest first."""
    own, portfolio = gathered.department.id, gathered.portfolio
    found = [one for one in waiting_overlaps(gathered.findings, now) if _of(own, one, portfolio)]
    told = [_overlap(finding, gathered, zone, now) for finding in found[: shares.overlaps]]
    return {"overlaps": tuple(told), "overlaps_total": len(found)}


def _overlap(finding: Finding, gathered: Gathered, zone: ZoneInfo, now: datetime) -> WaitingOverlap:
    members = live_members(finding, gathered.portfolio)
    departments = dict.fromkeys(one.draft.department for one in members)
    names = gathered.portfolio.department_names
    return WaitingOverlap(
        finding=finding.id,
        references=tuple(one.reference for one in members),
        others=tuple(clip(names[id], NAME) for id in departments if id != gathered.department.id),
        since=finding.opened_at.astimezone(zone).date(),
        days=days_open(finding, now),
        sentence=finding.found.why,
    )


def _lacking(gathered: Gathered, now: datetime, shares: Shares) -> dict[str, Any]:
    """The gaps that the department can do something about, worst first: of the journey, and of its initiatives."""
    own, portfolio = gathered.department.id, gathered.portfolio
    gaps = [one for one in journey_gaps(gathered.findings, now) if own in concerned(one.found, portfolio)]
    quality = [one for one in gathered.findings if _incomplete(one, now) and _of(own, one, portfolio)]
    worst = sorted(quality, key=lambda finding: (-finding.found.score, finding.id))
    return {**_part("gaps", [*map(_gap, gaps)], shares.gaps), **_part("quality", [*map(_gap, worst)], shares.quality)}


def _incomplete(finding: Finding, now: datetime) -> bool:
    return finding.found.rule is Rule.INITIATIVE_INCOMPLETE and finding.state(now) is State.OPEN


def _of(department: int, finding: Finding, portfolio: Portfolio) -> bool:
    return any(one.draft.department == department for one in live_members(finding, portfolio))


def _gap(finding: Finding) -> OpenGap:
    return OpenGap(finding=finding.id, rule=finding.found.rule, sentence=finding.found.why)


def _metrics_off(gathered: Gathered) -> Iterator[MetricOff]:
    """Those that are off their path or were not read in time, the worst first."""
    own = own_metrics(gathered.portfolio, gathered.department.id)
    table = metric_table(replace(gathered.portfolio, metrics=own), gathered.readings, len(own))
    for line in table.lines if table else ():
        if line.status in (Status.OFF_TRACK, Status.BEHIND) or line.stale_since is not None:
            yield MetricOff(metric=line.metric, sentence=line.sentence)
