"""From overlap to decision: what the leads leave unanswered is asked of the executives, once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
from planning.proposals.requesting import ask_for
from planning.proposals.values import About, AboutKind
from planning.register import Register

DAY = timedelta(days=1)
REMEMBERED = timedelta(weeks=4)
"""So long a decision that was ruled on is followed."""
AT_ONCE = 12
"""As many decisions are asked for at a time: what three a week can answer in a month."""


def escalate(register: Register, now: datetime) -> int:
    """Ask for the decisions that have become due, once a day; how many are new.

    Who was asked to decide one in the executives' place is reminded, and digests show what has changed since.
    """
    asked = asked_now(register, now)
    overlaps = register.findings.standing(Kind.OVERLAP)
    waiting = unanswered(overlaps, _alerts(register, overlaps), _ruled(register.decisions.ruled()), now)
    pending = {one.finding.id for one in asked}
    due = [finding for finding in waiting if finding.id not in pending][: max(0, AT_ONCE - len(asked))]
    for finding in due:
        ask_executives(register, finding, now)
    _remind(register, now)
    draw_again(register, *_changed(register, now))
    return len(due)


def ask_executives(register: Register, finding: Finding, now: datetime, plan: Plan | None = None) -> Decision:
    """Ask for one decision, with a proposal; `plan` is the one whose people do not agree."""
    about = About(kind=AboutKind.FINDING, id=finding.id)
    proposal = ask_for(register, about, None, now, plan.id if plan else None)
    asked = Decision(0, finding.id, now, proposal.id, plan=plan.id if plan else None)
    decision = register.decisions.add(asked)
    register.audit.add(Entry(now, "decision.asked", f"decision:{decision.id}", details={"finding": finding.id}))
    if plan is None:
        news_of_change(register, finding, "asked", now)
    return decision


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
    return [one for one in decisions if register.findings.by_id(one.finding).changed_at > now - DAY]
