"""Which overlaps executives are asked to decide: those that nobody settles, the dearest first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from planning.alerts.values import Alert, AlertState
from planning.decisions.costing import hits_on
from planning.decisions.values import Decision
from planning.findings.values import Finding, State
from planning.plans.values import Plan, PlanState
from planning.register import Register
from planning.window import working_days

PATIENCE = 10
"""Working days after which the leads have not answered, or the plan's people have not agreed."""
NEAR = 10
"""A conflict that is so few working days away is not left waiting."""
REMIND = 3
"""Working days after which whoever decides in the executives' place is reminded."""
FAIR = 2
"""Even then the leads have had so many working days to settle it themselves."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision that is still asked for, with what it is about; `plan` when its people could not agree on one."""

    decision: Decision
    finding: Finding
    plan: Plan | None = None


def asked_now(register: Register, now: datetime) -> list[Asked]:
    """The decisions that are still needed, the dearest first: what was settled, snoozed or has gone is not asked."""
    waiting = register.decisions.open()
    findings = {one.id: one for one in register.findings.some({one.finding for one in waiting})}
    asked = [_asked(one, findings[one.finding], _plan(register, one), now) for one in waiting]
    today = now.date()
    return sorted(filter(None, asked), key=lambda one: (*dearness(one.finding, today), one.decision.id))


def still_asked(register: Register, decision: Decision, now: datetime) -> Asked | None:
    """The decision with what it is about; None when it is answered or no longer needed."""
    return _asked(decision, register.findings.by_id(decision.finding), _plan(register, decision), now)


def _plan(register: Register, decision: Decision) -> Plan | None:
    return register.plans.by_id(decision.plan) if decision.plan is not None else None


def _asked(decision: Decision, finding: Finding, plan: Plan | None, now: datetime) -> Asked | None:
    needed = _is_open(decision, finding, now) if plan is None else is_stuck(plan, finding, now)
    return Asked(decision, finding, plan) if decision.ruling is None and needed else None


def is_stuck(plan: Plan, finding: Finding, now: datetime) -> bool:
    """Whether the people of a plan have still not agreed, and its cause has not gone."""
    return plan.state is PlanState.OPEN and finding.state(now) is not State.CLOSED


def _is_open(decision: Decision, finding: Finding, now: datetime) -> bool:
    """What leads settled once it was asked and is open again is theirs again for a while."""
    theirs = finding.verdict is not None and finding.verdict.at > decision.asked_at
    return finding.state(now) is State.OPEN and not theirs


def dearness(finding: Finding, today: date) -> tuple[date, float, int]:
    """To sort by: what hits customers or people first, then the strongest."""
    return (hits_on(finding, today) or date.max, -finding.found.score, finding.id)


def is_due(decision: Decision, finding: Finding, now: datetime) -> bool:
    """Whether the person who was to decide in the executives' place is to be reminded."""
    waits = decision.at is not None and finding.handed is not None and finding.handed.to == decision.delegate
    return waits and finding.state(now) is State.OPEN and _waited(decision.at, now) >= REMIND


def unanswered(
    findings: Iterable[Finding],
    alerts: Mapping[int, Sequence[Alert]],
    ruled: Mapping[int, datetime],
    now: datetime,
) -> list[Finding]:
    """The open overlaps that have waited too long, or not long but hit somebody soon; the dearest first.

    `alerts` by finding say when its leads were told; `ruled` when executives answered last, which begins a new wait.
    """
    open_ones = [finding for finding in findings if finding.state(now) is State.OPEN]
    since = {
        one.id: max(waits_since(one, alerts.get(one.id, ())), ruled.get(one.id, one.opened_at)) for one in open_ones
    }
    due = [one for one in open_ones if _waited(since[one.id], now) >= _patience(one, now.date())]
    return sorted(due, key=lambda one: dearness(one, now.date()))


def waits_since(finding: Finding, alerts: Collection[Alert]) -> datetime:
    """When its leads were told, or will be; when it was opened, if nobody could be told."""
    told = [alert.told_at or alert.due_at for alert in alerts if alert.state is not AlertState.DROPPED]
    said_last = finding.verdict.at if finding.verdict else finding.opened_at
    return max(min(told, default=finding.opened_at), said_last)


def _patience(finding: Finding, today: date) -> int:
    hits = hits_on(finding, today)
    return FAIR if hits is not None and _working_days(today, hits) < NEAR else PATIENCE


def _waited(since: datetime | None, now: datetime) -> int:
    return _working_days(since.date(), now.date()) if since else 0


def _working_days(first: date, last: date) -> int:
    """The working days after one day up to another; none when that is not later."""
    return max(0, working_days(first.toordinal() + 1, last.toordinal()))
