"""What starts and follows a decision: the conversation to plan together, and the word that somebody joined."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from handlers.views.coverage import listed
from handlers.views.findings import MEMBERS_SHOWN, NAME, TITLE, department_name, facts_of, member_rows, person_name
from handlers.views.names import Names
from handlers.views.text import Message, bold, bullets, escape_within, header, line, paragraph, rich
from planning.findings.values import Choice, Finding
from planning.initiatives.values import Initiative
from planning.text import clip

AGREE = (
    "What each of you will do, and what one of you can stop doing",
    "Which people you share, and for how long",
    "One date on which the customer gets the whole of it",
)
"""What a plan needs."""
STAGES_SHOWN = 5


def plan_message(
    finding: Finding, initiatives: Sequence[Initiative], names: Names, disputed: Sequence[str] = ()
) -> Message:
    """The opening of one conversation of the leads and owners: the facts, and what to agree on.

    `disputed` are stages that they share and whose score their leads, asked alone, do not agree on.
    """
    opening = _opening(finding, names)
    references = listed([initiative.reference for initiative in initiatives], MEMBERS_SHOWN)
    facts = " ".join(str(row[0]) for row in facts_of(finding))
    blocks: list[Block] = [
        header("Plan together"),
        paragraph(opening),
        rich(bullets(member_rows(initiatives, names))),
        rich(line(bold("What Concord found")), bullets(facts_of(finding))),
        *(_to_agree(disputed) if _asked(finding) else []),
    ]
    then = f" {'; '.join([*AGREE, *_to_settle(disputed)])}." if _asked(finding) else ""
    return Message(escape_within(f"Plan together: {references}. {opening} {facts}{then}"), blocks)


def _to_agree(disputed: Sequence[str]) -> list[Block]:
    return [
        rich(line(bold("To agree on")), bullets([(item,) for item in (*AGREE, *_to_settle(disputed))])),
        paragraph("When something changes, “/cx edit CX-…” keeps the register true."),
    ]


def _to_settle(disputed: Sequence[str]) -> list[str]:
    named = [clip(stage, NAME) for stage in disputed[:STAGES_SHOWN]]
    hidden = len(disputed) - STAGES_SHOWN
    more = [f"…and the same for {hidden} more"] if hidden > 0 else []
    return [*(f"To settle: what “{name}” is measured by, and its target" for name in named), *more]


def _asked(finding: Finding) -> bool:
    return finding.verdict is not None and finding.verdict.choice is Choice.PLAN


def _opening(finding: Finding, names: Names) -> str:
    verdict = finding.verdict
    if verdict is None or verdict.choice is not Choice.PLAN:
        return "This was taken back: the overlap is no longer marked as planned together. You can still talk here."
    asker = person_name(names, verdict.by)
    return f"{asker} asks to plan these together. You are here because you lead or own one of them."


def joined_message(given_up: Initiative, host: Initiative, names: Names) -> Message:
    """Tells those who go on that another department joins them."""
    who = person_name(names, given_up.draft.owner if given_up.draft.owner is not None else given_up.registered_by)
    department = department_name(names, given_up.draft.department)
    gone, kept = (f"{one.reference} “{clip(one.draft.title, TITLE)}”" for one in (given_up, host))
    first = f"{clip(who, NAME)} ({department}) gave up {gone} and joins {kept}."
    then = "Talk about who does what, and bring the other department’s people in."
    return Message(escape_within(f"{first} {then}"), [paragraph(bold("Somebody joins you. "), first), paragraph(then)])
