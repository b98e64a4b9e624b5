"""What needs a person now, gathered from all that waits in the workspace."""

from collections.abc import Iterator
from datetime import datetime

from planning.agreement.ratifying import newest_tally
from planning.agreement.tallying import Word
from planning.agreement.values import PollKind
from planning.decisions.asking import Asked, asked_now
from planning.decisions.ruling import rulers
from planning.needs.check_ins import check_in_needs
from planning.needs.findings import SENTENCE, bites_on, need_of
from planning.needs.plans import plan_needs
from planning.needs.values import Need, NeedKind, Needs, in_order
from planning.plans.values import PlanState
from planning.portfolio.values import Portfolio
from planning.register import Register
from planning.text import clip
from planning.workspace.hours import day_in
from planning.workspace.rights import TABLE, Right, is_any
from planning.workspace.values import Person

MOST = 200
"""As many overlaps and gaps of one person are looked at; all are counted."""
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
    needs += _decisions(register, person, whole, now)
    needs += _plans(register, person, whole)
    needs += _questions(register, person)
    needs += check_in_needs(register, person, now)
    needs += _ratification(register, person)
    return Needs(in_order(needs, whole.today), len(needs) + page.hidden)


def _plans(register: Register, person: Person, portfolio: Portfolio) -> Iterator[Need]:
    """The plans in which the person has a say."""
    going = register.plans.in_state((PlanState.OPEN, PlanState.ACCEPTED))
    found = register.findings.some({plan.finding for plan in going if plan.finding is not None})
    return plan_needs(going, person, portfolio, {finding.id: finding.handed for finding in found})


def _decisions(register: Register, person: Person, portfolio: Portfolio, now: datetime) -> Iterator[Need]:
    """What is asked of those who rule, the dearest first."""
    if not is_any(person, TABLE[Right.RULE]) or person.id not in {one.id for one in rulers(register)}:
        return
    for asked in asked_now(register, now):
        by, why = bites_on(asked.finding, portfolio), clip(asked.finding.found.why, SENTENCE)
        yield Need(NeedKind.DECISION, asked.decision.id, why, _asks(asked), by=by, weight=DECIDING)


def _asks(asked: Asked) -> str:
    silent = "The leads have not answered." if asked.plan is None else "Its people do not agree on a plan."
    return f"{silent} Approve, delegate or decline."


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
