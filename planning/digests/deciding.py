"""A decision as the executives read it: what it is, who is in it, and what waiting costs."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from planning.decisions.costing import cost_of_waiting
from planning.decisions.values import Decision
from planning.digests.values import AskedDecision
from planning.findings.values import Finding
from planning.initiatives.values import Initiative
from planning.register import Register


def asked_decision(
    decision: Decision,
    finding: Finding,
    members: Sequence[Initiative],
    departments: Mapping[int, str],
    today: date,
    now: datetime,
) -> AskedDecision:
    """The decision with what waiting costs from that day on; `members` are the live initiatives of its finding."""
    names = (departments[initiative.draft.department] for initiative in members)
    return AskedDecision(
        decision=decision.id,
        finding=finding.id,
        rule=finding.found.rule,
        references=tuple(initiative.reference for initiative in members),
        titles=tuple(initiative.draft.title for initiative in members),
        departments=tuple(dict.fromkeys(names)),
        days=max(0, (now - finding.opened_at).days),
        sentence=finding.found.why,
        cost=cost_of_waiting(finding, members, departments, today),
    )


def read_decision(register: Register, decision: Decision, now: datetime) -> AskedDecision:
    """The same, read for one decision."""
    finding = register.findings.by_id(decision.finding)
    members = [register.initiatives.by_id(id) for id in finding.found.initiatives()]
    live = [initiative for initiative in members if initiative.live] or members
    names = {department.id: department.name for department in register.departments.all()}
    return asked_decision(decision, finding, live, names, now.date(), now)
