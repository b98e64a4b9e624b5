"""What needs a person now, gathered from all that waits in the workspace."""

from collections.abc import Iterator
from datetime import datetime

from planning.agreement.ratifying import newest_tally
from planning.agreement.tallying import Word
from planning.agreement.values import PollKind
from planning.needs.findings import SENTENCE, bites_on, need_of
from planning.needs.plans import plan_needs
from planning.needs.values import Need, NeedKind, Needs, in_order
from planning.plans.values import Plan, PlanState
from planning.portfolio.values import Portfolio
from planning.register import Register
from planning.text import clip
from planning.workspace.hours import day_in
from planning.workspace.values import Person, Role

MOST = 200
"""As many overlaps and gaps of one person are looked at; all are counted."""
DECISIONS = 20
ASKED, DECIDING = 0.6, 1.0

QUESTIONS = {
    PollKind.NAMING: "You are asked, alone, to name the stages of the customer’s journey.",
    PollKind.PULSE: "You are asked, alone, on which stage three initiatives work.",
    PollKind.SCORE: "You are asked, alone, what a stage is measured by and what its target is.",
}


def needs_of(register: Register, person: Person, now: datetime, portfolio: Portfolio | None = None) -> Needs:
    """All that waits for the person, the most urgent first; `portfolio` where it was read already."""
    whole = portfolio or register.initiatives.portfolio(now)
    departments = (person.department,) if person.department is not None and person.leads(person.department) else ()
    page = register.findings.needing(person.id, departments, now, MOST)
    needs = [need_of(finding, person, whole) for finding in page.items]
    needs += _decisions(register, person, whole)
    needs += plan_needs(_plans(register, person, whole), person, whole)
    needs += _questions(register, person)
    needs += _ratification(register, person)
    return Needs(in_order(needs, whole.today), len(needs) + page.hidden)


def _plans(register: Register, person: Person, portfolio: Portfolio) -> list[Plan]:
    """Those that may wait for somebody: nobody else's are looked at."""
    if person.department is None or (Role.LEAD not in person.roles and portfolio.leads_of(person.department)):
        return []
    return register.plans.in_state((PlanState.OPEN, PlanState.ACCEPTED))


def _decisions(register: Register, person: Person, portfolio: Portfolio) -> Iterator[Need]:
    """What executives are asked for, the oldest first."""
    if Role.EXECUTIVE not in person.roles:
        return
    waiting = {one.finding: one for one in register.decisions.open()[:DECISIONS]}
    for finding in register.findings.some(waiting):
        by = bites_on(finding, portfolio)
        why, asked = clip(finding.found.why, SENTENCE), "The leads have not answered. Approve, delegate or decline."
        yield Need(NeedKind.DECISION, waiting[finding.id].id, why, asked, by=by, weight=DECIDING)


def _questions(register: Register, person: Person) -> Iterator[Need]:
    """The polls that the person has not answered."""
    for one in register.polls.waiting_for(person.id):
        if one.answered_at is None:
            poll = register.polls.by_id(one.poll)
            by = day_in(person.zone, poll.closes_at)
            yield Need(NeedKind.QUESTION, one.id, QUESTIONS[poll.kind], "It takes a few minutes.", by=by, weight=ASKED)


def _ratification(register: Register, person: Person) -> Iterator[Need]:
    """The journey that the department which the person leads has not answered for."""
    if person.department is None or not person.leads(person.department):
        return
    standing = newest_tally(register)
    if standing is None or standing.ratification.closed_at is not None:
        return
    if person.department in [one.id for one in standing.departments if one.word in (Word.WAITING, Word.UNASKED)]:
        what = "All departments are asked to agree to one journey, and yours has not answered yet."
        asked = "Say for each stage whether you agree."
        yield Need(NeedKind.RATIFICATION, standing.ratification.id, what, asked, weight=ASKED)
