"""What the weekly digest says: what changed, what waits, what is missing, what is asked of whom."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from planning.audit.values import Entry
from planning.decisions.asking import Asked
from planning.digests.asking import asks, live_members
from planning.digests.counting import changes
from planning.digests.deciding import asked_decision
from planning.digests.thanking import thanks
from planning.digests.values import AskedDecision, Digest, OpenGap, PlansKept
from planning.findings.values import Finding, Kind, Rule, State
from planning.portfolio.measuring import coverage
from planning.portfolio.silence import overall, silences
from planning.portfolio.values import Portfolio
from planning.schedules.values import Schedule
from planning.scoreboard.values import Scoreboard
from planning.text import clip
from planning.workspace.hours import zone_of


@dataclass(frozen=True, slots=True)
class Limits:
    """How many of each a digest tells; the totals are always told, and nobody decides more than three at a time."""

    decisions: int = 3
    gaps: int = 8
    quality: int = 3
    asks: int = 8
    silence: int = 3


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Pushed:
    """What executives are asked to decide, the dearest first; what became of it before, and of shared plans."""

    asked: tuple[Asked, ...] = ()
    decided: tuple[str, ...] = ()
    plans: PlansKept | None = None


NOTHING_PUSHED = Pushed()


def compose(
    company: str,
    portfolio: Portfolio,
    findings: Collection[Finding],
    entries: Iterable[Entry],
    schedule: Schedule | None,
    since: datetime | None,
    now: datetime,
    limits: Limits = LIMITS,
    scores: Scoreboard | None = None,
    pushed: Pushed = NOTHING_PUSHED,
) -> Digest:
    """The digest at `now` for the time since `since`; `findings` are those standing, `entries` those of that time.

    What executives decide is not asked of the leads; a gap that somebody looks after comes last and is asked of nobody.
    """
    entries = tuple(entries)
    return Digest(
        company=company,
        live=len(portfolio.initiatives),
        departments=len(portfolio.departments),
        changes=changes(entries),
        coverage=coverage(portfolio),
        silence=_silence(portfolio)[: limits.silence],
        scores=scores,
        thanks=thanks(entries, portfolio, findings),
        **_occasion(schedule, since, now),
        **_decisions(pushed, portfolio, now, limits),
        **_waiting(findings, pushed, portfolio, now, limits),
    )


def _occasion(schedule: Schedule | None, since: datetime | None, now: datetime) -> dict[str, Any]:
    """When it is made, for which time, as the clocks of its schedule show it."""
    zone = zone_of(schedule.zone if schedule else "")
    return {
        "at": now,
        "since": since.astimezone(zone) if since else None,
        "day": now.astimezone(zone).date(),
        "schedule": str(schedule) if schedule else "",
    }


def _decisions(pushed: Pushed, portfolio: Portfolio, now: datetime, limits: Limits) -> dict[str, Any]:
    """What is asked of executives, and what became of it before."""
    return {
        "decisions": tuple(_decision(one, portfolio, now) for one in pushed.asked[: limits.decisions]),
        "decisions_total": len(pushed.asked),
        "decided": pushed.decided,
        "plans": pushed.plans,
    }


def _waiting(
    findings: Collection[Finding], pushed: Pushed, portfolio: Portfolio, now: datetime, limits: Limits
) -> dict[str, Any]:
    """What is open, and what is asked of whom."""
    above = {one.finding.id for one in pushed.asked}
    overlaps, gaps, quality = waiting_overlaps(findings, now), journey_gaps(findings, now), _incomplete(findings, now)
    of_leads = [finding for finding in overlaps if finding.id not in above]
    unowned = [gap for gap in gaps if gap.owner is None]
    return {
        "waiting_total": len(overlaps),
        "gaps": tuple(_gap(finding, portfolio) for finding in gaps[: limits.gaps]),
        "gaps_total": len(gaps),
        "asks": asks(of_leads, unowned, portfolio, now)[: limits.asks],
        "quality": tuple(_gap(finding, portfolio) for finding in quality[: limits.quality]),
        "quality_total": len(quality),
    }


def waiting_overlaps(findings: Iterable[Finding], now: datetime) -> list[Finding]:
    """The open overlaps: those that wait longest first, the strongest first among those of one day."""
    open_ones = (finding for finding in findings if _open(finding, now) and finding.found.rule.kind is Kind.OVERLAP)
    return sorted(open_ones, key=lambda finding: (-days_open(finding, now), -finding.found.score, finding.id))


def journey_gaps(findings: Iterable[Finding], now: datetime) -> list[Finding]:
    """The open gaps of the journey, its customers, metrics and problems, worst first; claimed ones after the others."""
    worst = _worst_first(f for f in findings if _open(f, now) and _of_the_journey(f.found.rule))
    return sorted(worst, key=lambda finding: finding.owner is not None)


def days_open(finding: Finding, now: datetime) -> int:
    """Whole days since it was opened."""
    return max(0, (now - finding.opened_at).days)


def _of_the_journey(rule: Rule) -> bool:
    return rule.kind is Kind.GAP and rule is not Rule.INITIATIVE_INCOMPLETE


def _incomplete(findings: Iterable[Finding], now: datetime) -> list[Finding]:
    return _worst_first(f for f in findings if _open(f, now) and f.found.rule is Rule.INITIATIVE_INCOMPLETE)


def _open(finding: Finding, now: datetime) -> bool:
    return finding.state(now) is State.OPEN


def _worst_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (-finding.found.score, finding.id))


def _decision(asked: Asked, portfolio: Portfolio, now: datetime) -> AskedDecision:
    members, names = live_members(asked.finding, portfolio), portfolio.department_names
    return asked_decision(asked.decision, asked.finding, members, names, portfolio.today, now)


def _gap(finding: Finding, portfolio: Portfolio) -> OpenGap:
    owner = next((clip(person.name, 60) for person in portfolio.people if person.id == finding.owner), "")
    sentence = f"{finding.found.why} {owner} looks after it." if owner else finding.found.why
    return OpenGap(finding=finding.id, rule=finding.found.rule, sentence=sentence)


def _silence(portfolio: Portfolio) -> tuple[str, ...]:
    """All together first, then the departments of which least is likely registered; the silent are told as unknown."""
    told = (one for one in (overall(portfolio), *silences(portfolio)) if one.likely is not None)
    return tuple(f"{one.sentence} {one.ground}" for one in told)
