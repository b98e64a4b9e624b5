"""From overlap to decision: what the leads leave unanswered is asked of the executives, once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from planning.alerts.news import news_of_change
from planning.alerts.preferences import Notice
from planning.alerts.reaching import when
from planning.alerts.values import Alert
from planning.audit.values import Entry
from planning.decisions.asking import asked_now, is_due, unanswered
from planning.decisions.showing import draw_again
from planning.decisions.values import Decision
from planning.findings.values import Finding, Kind
from planning.outbox.values import Address, MessageKind, Posting
from planning.plans.values import Plan
from planning.proposals.requesting import ask_for, may_be_proposed
from planning.proposals.values import About, AboutKind
from planning.register import Register
from planning.schedules.tasks import Done, Task

DAY = timedelta(days=1)
REMEMBERED = timedelta(weeks=4)
"""So long a decision that was ruled on is followed."""
NEXT = 12
"""So many decisions, the next in line, have a proposal: what three a week can answer in a month."""


def escalate_daily(task: Task) -> Done:
    """The same, as it is scheduled."""
    return Done({"asked": escalate(task.register, task.now)})


def escalate(register: Register, now: datetime) -> int:
    """Ask for the decisions that have become due, once a day; how many are new.

    Who was asked to decide one in the executives' place is reminded, and digests show what has changed since.
    """
    due = escalating(register, now)
    for finding in due:
        ask_executives(register, finding, now, proposed=False)
    _propose(register, now)
    _remind(register, now)
    draw_again(register, *_changed(register, now))
    return len(due)


def escalating(register: Register, now: datetime) -> list[Finding]:
    """What has become due for a decision, and was not asked yet."""
    overlaps = register.findings.standing(Kind.OVERLAP)
    waiting = unanswered(overlaps, _alerts(register, overlaps), _ruled(register.decisions.ruled()), now)
    pending = {one.finding.id for one in asked_now(register, now)}
    return [finding for finding in waiting if finding.id not in pending]


def ask_executives(
    register: Register, finding: Finding, now: datetime, plan: Plan | None = None, *, proposed: bool = True
) -> Decision:
    """Ask for one decision, with a proposal unless told otherwise; `plan` is the one whose people do not agree.

    One that was asked before, and was not needed for a while, is asked again.
    """
    proposal = _proposal(register, finding, now, plan) if proposed else None
    asked = Decision(0, finding.id, now, proposal, plan=plan.id if plan else None)
    known = next((one for one in register.decisions.of([finding.id]) if one.ruling is None), None)
    decision = replace(asked, id=known.id) if known else register.decisions.add(asked)
    if known:
        register.decisions.save(decision)
    register.audit.add(Entry(now, "decision.asked", f"decision:{decision.id}", details={"finding": finding.id}))
    if plan is None:
        news_of_change(register, finding, "asked", now)
    return decision


def _propose(register: Register, now: datetime) -> None:
    """Those that digests ask for next are given a proposal."""
    for asked in asked_now(register, now)[:NEXT]:
        proposal = _proposal(register, asked.finding, now, asked.plan) if asked.decision.proposal is None else None
        if proposal is not None:
            register.decisions.save(replace(asked.decision, proposal=proposal))


def _proposal(register: Register, finding: Finding, now: datetime, plan: Plan | None) -> int | None:
    about = About(kind=AboutKind.FINDING, id=finding.id)
    if not may_be_proposed(register, about):
        return None
    return ask_for(register, about, None, now, plan.id if plan else None).id


def _alerts(register: Register, findings: Sequence[Finding]) -> dict[int, list[Alert]]:
    """By finding, to whom it is told."""
    alerts: defaultdict[int, list[Alert]] = defaultdict(list)
    for alert in register.alerts.of(*(finding.id for finding in findings)):
        alerts[alert.finding].append(alert)
    return alerts


def _ruled(decisions: Iterable[Decision]) -> dict[int, datetime]:
    """By finding, when executives answered last."""
    return {decision.finding: decision.at for decision in decisions if decision.at is not None}


def _remind(register: Register, now: datetime) -> None:
    """Once, in their own hours, whoever was asked to decide and has not."""
    for decision in register.decisions.ruled(now - REMEMBERED):
        if decision.delegate is None or not is_due(decision, register.findings.by_id(decision.finding), now):
            continue
        person = register.people.by_id(decision.delegate)
        reach = when(register, person, Notice.REMINDERS, now)
        if reach is not None and person.slack_id:
            key = f"decision:{decision.id}:{person.id}:{decision.at}:again"
            words: dict[str, object] = {"again": True}
            to = Address.person(person.slack_id)
            register.postings.add(Posting(key, MessageKind.DECISION, decision.id, to, words, not_before=reach), now)


def _changed(register: Register, now: datetime) -> list[Decision]:
    """Those of whose findings something was said in the last day."""
    decisions = [*register.decisions.open(), *register.decisions.ruled(now - REMEMBERED)]
    findings = register.findings.some({one.finding for one in decisions})
    recent = {finding.id for finding in findings if finding.changed_at > now - DAY}
    return [one for one in decisions if one.finding in recent]
