"""A plan as its message tells it, small and as large as it gets."""

from dataclasses import replace
from typing import Any

from handlers.views.names import Names
from handlers.views.plans import PlanShown
from planning.findings.values import Rule
from planning.plans.party import Party
from planning.plans.values import Acceptance, Plan
from planning.workspace.values import Person, Role
from tests.builders import NOW, lead
from tests.handlers.views.limits import LONG
from tests.planned import plan, pledge, terms
from tests.planning.digests.findings import opposed, overlap
from tests.planning.portfolios import initiative
from tests.proposed import contact_days, contact_moved, done, moved, pool_load, proposed

NAMES = Names(
    {1: "Marketing", 2: "Claims"},
    {1: "Mia Lead", 2: "Bo Lind", 3: "Ben Owner"},
    {},
    {},
    {},
    {1: "Renewals"},
    {1: "Ops"},
)
PEOPLE = (lead(1, id=1, name="Mia Lead"), lead(2, id=2, name="Bo Lind", slack_id="U0BO"))
MANY = 60


def shown(of: Plan | None = None, **fields: Any) -> PlanShown:
    """The plan of CX-1 and CX-2, nothing agreed yet."""
    about = of or plan()
    members = [initiative(1), initiative(2, title="A survey", department=2)]
    small = PlanShown(about, Party(about, PEOPLE, {}), members, NAMES, "Europe/Oslo", finding=overlap(), steward=True)
    return replace(small, **fields)


def largest() -> PlanShown:
    """Everything said at great length, by very many."""
    ids = range(1, MANY)
    leads = [Person(id, LONG, f"U{id}", department=id, roles=frozenset({Role.LEAD})) for id in ids]
    pledges = tuple(pledge(department=id, pool=id) for id in range(1, 31))
    said = replace(terms(goal=LONG[:300], metric=1, session_at=NOW, review_on=NOW.date()), pledges=pledges)
    said = replace(said, decisions="\n".join(LONG[:120] for _ in range(16)), proposal=1)
    given = tuple(Acceptance(id, id, NOW, 1) for id in range(1, MANY, 2))
    full = plan(departments=tuple(ids), people=(1,), initiatives=tuple(ids), terms=said, acceptances=given)
    return PlanShown(
        full,
        Party(full, leads, {}),
        [initiative(id, title=LONG, department=id, owner=id) for id in ids],
        Names(dict.fromkeys(ids, LONG), dict.fromkeys(ids, LONG), {}, {}, {}, {1: LONG}, dict.fromkeys(ids, LONG)),
        "America/Argentina/Buenos_Aires",
        finding=overlap(rule=Rule.CONTACT_COLLISION, facts=tuple(opposed(LONG) for _ in range(50))),
        proposal=done(_long_proposal(), asked_by=1),
        disputed=[LONG] * 20,
        outside=[LONG] * 200,
    )


def _long_proposal() -> Any:
    long = {"title": LONG, "department": LONG}
    changes = (*(moved(**long) for _ in range(30)), contact_moved(**long, segment_name=LONG, touchpoint_name=LONG))
    weeks = tuple(pool_load(week, name=LONG) for week in range(60))
    contacts = tuple(contact_days(id, **long, segment_name=LONG) for id in range(1, 60))
    return proposed(changes=changes, loads=weeks, contacts=contacts)
