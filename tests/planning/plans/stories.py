"""A company with one overlap, its plan and its proposal, for the tests of this folder."""

from dataclasses import replace
from datetime import timedelta

from db.database import Database
from planning.findings.refreshing import refresh
from planning.findings.values import Choice, Finding, Rule
from planning.initiatives.values import Intent
from planning.outbox.values import Message, MessageKind
from planning.plans.opening import open_plan
from planning.plans.terms import change_terms
from planning.plans.values import Plan, Terms
from planning.proposals.asking import Progress
from planning.proposals.values import Proposed
from planning.register import Register
from tests.builders import NOW, TODAY, contact, draft, found, lead, person, pool, request, vector, verdict
from tests.planned import terms
from tests.proposed import moved, proposed

ADA, BO = lead(1, id=1), lead(2, id=2, name="Bo Lind", slack_id="U0BO")
EVE = person(id=77, name="Eve", slack_id="U0EVE")
LATER = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=81)}
"""The days of CX-1 as the proposal of `tests.proposed` found them."""


def overlap(register: Register) -> Finding:
    """CX-1 of department 1 and CX-2 of department 2, to be planned together by Ada's word."""
    register.pools.add(pool())
    planned = {"contacts": (contact(),), "requests": (request(),), **LATER}
    for number, owner in ((1, 1), (2, 2)):
        register.initiatives.add(draft(department=number, owner=owner, **planned), vector(number), NOW)
    finding = register.findings.add(found(), NOW)
    decided = replace(finding, verdict=verdict(Choice.PLAN, finding.found))
    register.findings.save(decided, NOW)
    return decided


def collision(register: Register) -> Finding:
    """CX-1 and CX-2 tell the same customers opposed things in the same days, as it was found; nobody has decided."""
    for number, intent in ((1, Intent.CANCEL), (2, Intent.CROSS_SELL)):
        planned = {"title": f"Letters {number}", "contacts": (contact(intent=intent),), **LATER}
        register.initiatives.add(draft(department=number, owner=number, **planned), vector(number), NOW)
    refresh(register, NOW)
    (one,) = (one for one in register.findings.standing() if one.found.rule is Rule.CONTACT_COLLISION)
    return one


def opened(register: Register) -> Plan:
    """The plan of that overlap, as Ada has opened it."""
    plan = open_plan(register, overlap(register), ADA, NOW)
    assert plan is not None
    return plan


def computed(register: Register, plan: Plan, best: Proposed | None = None) -> int:
    """The plan's proposal, done by now: CX-1 begins two weeks later, unless said otherwise."""
    proposal = register.proposals.of(plan.about)[0]
    best = best or proposed(changes=(moved(),))
    register.proposals.save(replace(proposal, progress=Progress.DONE, best=best, done_at=NOW))
    return proposal.id


def agreed_by_ada(register: Register, plan: Plan, **fields: object) -> Plan:
    """Ada has filled in a goal and a date, and accepts it by that."""
    wanted: Terms = replace(terms(), **fields)  # type: ignore[arg-type]
    return change_terms(register, plan.id, wanted, ADA, NOW)


def queued(database: Database, kind: MessageKind) -> list[Message]:
    """What waits to be sent, the first first."""
    return [one for one in database.outbox("main").page(50).items if one.posting.kind is kind]


def told(database: Database) -> list[object]:
    """What was said in threads of plans, the first first."""
    return [one.posting.payload["what"] for one in sorted(queued(database, MessageKind.PLAN_NEWS), key=_id)]


def _id(message: Message) -> int:
    return message.id
