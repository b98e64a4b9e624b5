"""The card of one overlap: what runs into what, why, where it stands, and the buttons."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from handlers.views.coverage import listed
from handlers.views.names import Names
from handlers.views.rules import heading_of
from handlers.views.text import (
    Message,
    Part,
    bold,
    bullets,
    context,
    escape_within,
    header,
    line,
    rich,
)
from handlers.views.verdicts import joined_by_verdict, verdict_blocks
from planning.findings.values import Choice, Finding, State, Verdict
from planning.initiatives.values import Initiative, Status
from planning.text import clip
from planning.window import said

TITLE = 150
NAME = 80
SENTENCE = 600
MEMBERS_SHOWN = 6
DEPARTMENTS_SHOWN = 5
FACTS_SHOWN = 6

SAID = {
    Choice.PLAN: "plan together",
    Choice.COORDINATE: "coordinate",
    Choice.JOIN: "join theirs",
    Choice.DIFFERENT: "truly different",
    Choice.SNOOZE: "snooze",
    Choice.LEAVE: "leave as it is",
}
EVERYBODY = "whoever leads or owns one of them presses a button; everybody sees here what was decided."
NEXT = {
    Choice.PLAN: "Concord has opened one conversation of the leads and owners to plan it.",
    Choice.COORDINATE: "All go on, and their leads keep each other informed.",
    Choice.JOIN: "One was given up for the other.",
    Choice.DIFFERENT: "It is not reported again while these facts hold.",
    Choice.SNOOZE: "Then it asks again.",
    Choice.LEAVE: "The executives decided so. It comes back if the facts get worse.",
}


def overlap_card(
    finding: Finding,
    initiatives: Sequence[Initiative],
    names: Names,
    now: datetime,
    *,
    ask: str = "",
    asked: Sequence[str] = (),
    late: str = "",
) -> Message:
    """One overlap: what runs into what, why, where it stands, and the buttons that fit its state.

    For somebody who has no say in it `ask` says who has, and there are no buttons; `asked` are the names of those whom
    planning together brings into one conversation; `late` tells who came second what was said before.
    """
    heading = heading_of(finding)
    rows = member_rows(initiatives, names)
    told = [*_answer(finding, names), *_handed(finding, names, now)]
    standing = [*told, _standing(finding, initiatives, names, now, ask or EVERYBODY)]
    blocks: list[Block] = [
        *([context(late)] if late else []),
        header(heading),
        rich(bullets(rows)),
        rich(line(bold("Why Concord says so")), bullets(facts_of(finding))),
        rich(*(line(bold(f"{label} "), sentence) for label, sentence in standing)),
        *([] if ask else verdict_blocks(finding, initiatives, now, asked)),
    ]
    return Message(escape_within(f"{late} {_spoken(heading, rows, finding, standing)}".strip()), blocks)


def facts_of(finding: Finding) -> list[Sequence[Part]]:
    """The facts behind a finding, one row each, and how many more there are."""
    facts = finding.found.facts
    rows: list[Sequence[Part]] = [(clip(fact.sentence, SENTENCE),) for fact in facts[:FACTS_SHOWN]]
    hidden = len(facts) - len(rows)
    return [*rows, (f"…and {hidden} more",)] if hidden else rows


def member_rows(initiatives: Sequence[Initiative], names: Names) -> list[Sequence[Part]]:
    """One row for each initiative of an overlap; of many, some, and how many more there are of which departments."""
    rows: list[Sequence[Part]] = [_member(initiative, names) for initiative in initiatives[:MEMBERS_SHOWN]]
    hidden = initiatives[MEMBERS_SHOWN:]
    if not hidden:
        return rows
    departments = dict.fromkeys(department_name(names, one.draft.department) for one in hidden)
    return [*rows, (f"…and {len(hidden)} more, of {listed([*departments], DEPARTMENTS_SHOWN)}",)]


def department_name(names: Names, id: int) -> str:
    """A department's name, cut to fit a row."""
    return clip(names.departments.get(id, "an unknown department"), NAME)


def person_name(names: Names, id: int | None) -> str:
    """A person's name, cut to fit a row."""
    return clip(names.people.get(id, "somebody"), NAME) if id is not None else "nobody"


def _member(initiative: Initiative, names: Names) -> tuple[Part, ...]:
    draft = initiative.draft
    owner = f"owner {person_name(names, draft.owner)}" if draft.owner is not None else "no owner yet"
    details = f" — {department_name(names, draft.department)}, {owner}, {_days(initiative)}"
    return (bold(f"{initiative.reference} "), clip(draft.title, TITLE), details)


def _days(initiative: Initiative) -> str:
    draft = initiative.draft
    if initiative.window:
        return str(initiative.window)
    if draft.starts_on:
        return f"from {said(draft.starts_on)}"
    return f"until {said(draft.ends_on)}" if draft.ends_on else "no dates yet"


def _answer(finding: Finding, names: Names) -> list[tuple[str, str]]:
    if finding.answer is None:
        return []
    return [("On saving:", f"{person_name(names, finding.answer.by)} said “{SAID[finding.answer.choice]}”.")]


def _handed(finding: Finding, names: Names, now: datetime) -> list[tuple[str, str]]:
    handed = finding.handed
    if handed is None or finding.state(now) is not State.OPEN:
        return []
    who, by = person_name(names, handed.to), person_name(names, handed.by)
    return [("Handed over:", f"{by} asked {who} to decide it, {said(handed.at.date())}.")]


def _standing(
    finding: Finding, initiatives: Sequence[Initiative], names: Names, now: datetime, ask: str
) -> tuple[str, str]:
    state = finding.state(now)
    if state is State.CLOSED and not joined_by_verdict(finding, initiatives):
        return "Closed by itself", f"because {_cause_gone(initiatives)}."
    if state is State.OPEN or finding.verdict is None:
        return "Next:", ask
    label = "Snoozed:" if state is State.SNOOZED else "Decided:"
    return label, _decision(finding.verdict, names)


def _decision(verdict: Verdict, names: Names) -> str:
    what = f"until {said(verdict.until.date())}" if verdict.until else SAID[verdict.choice]
    return f"{what}, by {person_name(names, verdict.by)}, {said(verdict.at.date())}. {NEXT[verdict.choice]}"


def _cause_gone(initiatives: Sequence[Initiative]) -> str:
    gone = next((initiative for initiative in initiatives if not initiative.live), None)
    if gone is None:
        return "what was planned has changed, and they no longer run into each other"
    if gone.joined is not None:
        return f"{gone.reference} was given up for CX-{gone.joined}"
    return f"{gone.reference} is {'done' if gone.draft.status is Status.DONE else 'withdrawn'}"


def _spoken(heading: str, rows: Iterable[Sequence[Part]], finding: Finding, standing: list[tuple[str, str]]) -> str:
    members = "; ".join(_bare(row) for row in rows)
    facts = " ".join(_bare(row) for row in facts_of(finding))
    return f"{heading}: {members}. {facts} {' '.join(f'{label} {sentence}' for label, sentence in standing)}"


def _bare(row: Sequence[Part]) -> str:
    return "".join(part if isinstance(part, str) else str(part.get("text", "")) for part in row)
