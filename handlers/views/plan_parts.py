"""What a plan says so far, and who has accepted it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from handlers.views.coverage import listed
from handlers.views.findings import department_name, person_name
from handlers.views.names import Names
from handlers.views.outcomes import delivered_words
from handlers.views.text import Part, bold, bullets, line, paragraph, rich
from planning.findings.facts.base import person_weeks
from planning.plans.party import Party
from planning.plans.values import Acceptance, Plan, PlanState, Pledge
from planning.text import clip, counted
from planning.window import said
from planning.workspace.hours import zone_of
from planning.workspace.values import Person

AGREE = (
    "What each of you will do, and what one of you can stop doing",
    "Which people you share, and for how long",
    "One date on which the customer gets the whole of it",
)
"""What a plan needs."""
STAGES_SHOWN, DEPARTMENTS_SHOWN, PLEDGES_SHOWN, DECISIONS_SHOWN, SPEAKERS_SHOWN = 5, 8, 6, 5, 2
NAME, STAGE, DECISION = 40, 80, 100


def agreed_blocks(plan: Plan, names: Names, zone: str, disputed: Sequence[str]) -> list[Block]:
    """The terms of a plan; while it has none, what to agree on."""
    terms, pledges, decisions = _terms(plan, names, zone), _pledges(plan.terms.pledges, names), _decisions(plan)
    if plan.state is PlanState.OFF:
        return []
    parts = [("What you agree on", terms), ("Who gives what", pledges), ("Decided", decisions)]
    told: list[Block] = [rich(line(bold(title)), bullets(rows)) for title, rows in parts if rows]
    asked = [(item,) for item in to_agree(disputed, begun=bool(terms))]
    if plan.state is PlanState.OPEN and asked:
        told.append(rich(line(bold("To agree on")), bullets(asked)))
    return told


def agreed_words(plan: Plan, names: Names, zone: str) -> str:
    """The same in sentences; nothing while nothing is agreed."""
    rows = [*_terms(plan, names, zone), *_pledges(plan.terms.pledges, names), *_decisions(plan)]
    return " ".join("".join(_bare(part) for part in row) + "." for row in rows)


def moment_words(at: datetime, zone: str) -> str:
    """A moment as the clocks of a zone show it, with the zone."""
    local = at.astimezone(zone_of(zone))
    return f"{said(local.date())}, {local:%H:%M} ({zone})"


def to_agree(disputed: Sequence[str], *, begun: bool = False) -> list[str]:
    """What a plan needs, unless there is something already, and what the leads have yet to settle."""
    named = [clip(stage, STAGE) for stage in disputed[:STAGES_SHOWN]]
    hidden = len(disputed) - STAGES_SHOWN
    more = [f"…and the same for {hidden} more"] if hidden > 0 else []
    settle = (f"To settle: what “{name}” is measured by, and its target" for name in named)
    return [*(() if begun else AGREE), *settle, *more]


def accepted_blocks(party: Party, names: Names) -> list[Block]:
    """Which department has accepted, by whom, and who is still to accept."""
    plan = party.plan
    if plan.state is not PlanState.OPEN:
        return []
    given = {one.department: one for one in plan.acceptances if one.revision == plan.revision}
    rows = [_acceptance(party, names, each, given.get(each)) for each in plan.departments[:DEPARTMENTS_SHOWN]]
    hidden = len(plan.departments) - DEPARTMENTS_SHOWN
    more = [(f"…and {counted(hidden, 'more department')}",)] if hidden > 0 else []
    lacking = [] if plan.terms.complete else [paragraph(NEEDS)]
    return [rich(line(bold("Who accepts it")), bullets([*rows, *more])), *lacking]


NEEDS = "“Accept” waits for a goal and a date: press “Change the plan…” to add them."


def _acceptance(party: Party, names: Names, department: int, given: Acceptance | None) -> Sequence[Part]:
    name = f"{clip(department_name(names, department), NAME)}: "
    if given is not None:
        return (bold(name), f"accepted by {clip(person_name(names, given.by), NAME)}, {said(given.at.date())}")
    before = any(one.department == department for one in party.plan.acceptances)
    asked = "is asked anew, because it was changed" if before else "is still to accept"
    return (bold(name), f"{_named(party.speakers(department))} {asked}")


def _named(speakers: Iterable[Person]) -> str:
    names = [clip(one.name, NAME) for one in speakers]
    return listed(names, SPEAKERS_SHOWN, "or") if names else "somebody"


def _terms(plan: Plan, names: Names, zone: str) -> list[Sequence[Part]]:
    terms = plan.terms
    rows: list[tuple[str, str]] = [
        ("Goal", terms.goal),
        ("Metric", clip(names.metrics.get(terms.metric, "one that was removed"), STAGE) if terms.metric else ""),
        ("The customer gets the whole of it on", said(terms.due_on) if terms.due_on else ""),
        ("You sit together on", moment_words(terms.session_at, zone) if terms.session_at else ""),
        ("Review on", said(terms.review_on) if terms.review_on else ""),
        ("Dates", _dates(plan)),
    ]
    return [(bold(f"{label}: "), words) for label, words in rows if words]


def _dates(plan: Plan) -> str:
    if plan.terms.proposal is not None and plan.terms.proposal == plan.applied:
        return "the initiatives have taken over what Concord proposed"
    return "they change as Concord proposes, once all have accepted" if plan.terms.proposal is not None else ""


def _pledges(pledges: Sequence[Pledge], names: Names) -> list[Sequence[Part]]:
    rows = [_pledge(one, names) for one in pledges[:PLEDGES_SHOWN]]
    hidden = len(pledges) - PLEDGES_SHOWN
    return [*rows, (f"…and {counted(hidden, 'more pledge')}",)] if hidden > 0 else rows


def _pledge(pledge: Pledge, names: Names) -> Sequence[Part]:
    pool = clip(names.pools.get(pledge.pool, "a pool that was removed"), NAME)
    given = f"{person_weeks(pledge.person_weeks)} of {pool} from {said(pledge.starts_on)}{delivered_words(pledge)}"
    return (bold(f"{clip(department_name(names, pledge.department), NAME)}: "), given)


def _decisions(plan: Plan) -> list[Sequence[Part]]:
    decided = [one for one in plan.terms.decisions.splitlines() if one.strip()]
    hidden = len(decided) - DECISIONS_SHOWN
    more = [(f"…and {hidden} more",)] if hidden > 0 else []
    return [*((clip(one, DECISION),) for one in decided[:DECISIONS_SHOWN]), *more]


def _bare(part: Part) -> str:
    return part if isinstance(part, str) else str(part.get("text", ""))
