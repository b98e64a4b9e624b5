"""The card of one initiative."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    InteractiveElement,
)

from handlers.ids import COMMAND, Action
from handlers.views.names import PART_WORDS, STATUS_WORDS, Names, joined, known
from handlers.views.planned import planned_lines
from handlers.views.problems import problem_button
from handlers.views.statuses import button, edit_button, leave_button, status_menu
from handlers.views.text import (
    Message,
    Part,
    bold,
    bullets,
    context,
    escape_within,
    header,
    line,
    link,
    paragraph,
    plain,
    rich,
)
from planning.initiatives.values import Initiative, Status
from planning.text import clip
from planning.window import said

SHOWN = 10
"""Links on a card; more are counted."""
LABEL_MAX = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands beside an initiative on its card."""

    overlaps: int = 0
    host: str = ""
    """The title of the initiative that this one joined."""
    changeable: bool = False
    said: str = ""
    """What its owner said of it when last asked."""


def initiative_card(initiative: Initiative, names: Names, standing: Standing) -> Message:
    """All that is registered of it, with the buttons for those who may change it."""
    title = f"{initiative.reference} {initiative.draft.title}"
    blocks: list[Block] = [
        header(title),
        *([paragraph(bold(initiative.draft.title))] if len(title) > 150 else []),
        *([paragraph(initiative.draft.problem)] if initiative.draft.problem else []),
        rich(bullets(_facts(initiative, names, standing))),
        *planned_lines(initiative, names, changeable=standing.changeable and initiative.joined is None),
        *_links(initiative.draft.links),
        *_problem(initiative),
        *(_buttons(initiative) if standing.changeable else []),
    ]
    spoken = (title, initiative.draft.problem, _spoken(initiative, names, standing))
    return Message(escape_within("\n".join(part for part in spoken if part)), blocks)


def _facts(initiative: Initiative, names: Names, standing: Standing) -> list[Sequence[Part]]:
    draft = initiative.draft
    rows = [
        ("Department", names.departments.get(draft.department, "")),
        ("Owner", names.people.get(draft.owner, "") if draft.owner is not None else ""),
        ("Status", _status(initiative, standing)),
        ("Dates", _dates(initiative)),
        *([("May be moved between", str(initiative.draft.movable))] if initiative.draft.movable else []),
        ("Stages", joined(known(draft.stages, names.stages))),
        ("Customers", joined(known(draft.segments, names.segments))),
        ("Touchpoints", joined(known(draft.touchpoints, names.touchpoints))),
        *_fix(initiative, names),
        *([("Last check-in", standing.said)] if standing.said else []),
        ("Open overlaps", _overlaps(initiative, standing.overlaps)),
    ]
    return [(bold(f"{label}: "), clip(value, 900) or "not said yet") for label, value in rows]


def _fix(initiative: Initiative, names: Names) -> list[tuple[str, str]]:
    """The customer problem that it serves and what it brings to the fix, where it says so."""
    draft = initiative.draft
    if draft.serves is None:
        return []
    brings = joined(PART_WORDS[part].lower() for part in draft.supplies)
    return [("Serves the customer problem", names.problems.get(draft.serves, "")), ("Brings", brings)]


def _problem(initiative: Initiative) -> list[Block]:
    """The way to the problem that it serves."""
    serves = initiative.draft.serves
    return [ActionsBlock(elements=[problem_button(serves, "See the customer problem")])] if serves is not None else []


def _status(initiative: Initiative, standing: Standing) -> str:
    if initiative.joined is not None:
        return clip(f"joined CX-{initiative.joined} {standing.host}", 200)
    return STATUS_WORDS[initiative.draft.status]


def _overlaps(initiative: Initiative, count: int) -> str:
    them = "it" if count == 1 else "them"
    return f"{count}; type {COMMAND} overlaps {initiative.reference} to see {them}" if count else "none"


def _dates(initiative: Initiative) -> str:
    draft = initiative.draft
    if initiative.window:
        return str(initiative.window)
    start = f"from {said(draft.starts_on)}" if draft.starts_on else ""
    end = f"until {said(draft.ends_on)}" if draft.ends_on else ""
    return f"{start} {end}".strip()


def _links(links: Sequence[str]) -> list[Block]:
    if not links:
        return []
    rows: list[Sequence[Part]] = [(link(url, clip(url, LABEL_MAX)),) for url in links[:SHOWN]]
    hidden = len(links) - SHOWN
    more: list[Block] = [context(f"…and {hidden} more links")] if hidden > 0 else []
    return [rich(line(bold("Links")), bullets(rows)), *more]


def _spoken(initiative: Initiative, names: Names, standing: Standing) -> str:
    return "\n".join("".join(_bare(part) for part in row) for row in _facts(initiative, names, standing))


def _bare(part: Part) -> str:
    return part if isinstance(part, str) else str(part.get("text", ""))


def _buttons(initiative: Initiative) -> list[Block]:
    elements: list[InteractiveElement] = [edit_button(initiative)]
    if initiative.joined is not None:
        return [ActionsBlock(elements=[*elements, leave_button(initiative)])]
    elements += [
        *(button(label, action, str(initiative.id)) for label, action in _MORE),
        status_menu(initiative),
    ]
    if initiative.draft.status is not Status.CANCELLED:
        elements.append(_withdraw_button(initiative))
    return [ActionsBlock(elements=elements)]


_MORE = (
    ("Add a planned contact", Action.INITIATIVE_ADD_CONTACT),
    ("Add a metric", Action.INITIATIVE_ADD_EFFECT),
    ("Ask for people", Action.INITIATIVE_ADD_REQUEST),
    ("Customer problem", Action.INITIATIVE_SERVE),
)


def _withdraw_button(initiative: Initiative) -> ButtonElement:
    sure = ConfirmObject(
        title=plain(f"Withdraw {initiative.reference}?", 100),
        text=plain("It stays on record, and you can undo it.", 300),
        confirm=plain("Withdraw"),
        deny=plain("Keep it"),
    )
    return ButtonElement(
        text=plain("Withdraw"),
        action_id=Action.INITIATIVE_WITHDRAW,
        value=str(initiative.id),
        style="danger",
        confirm=sure,
    )
