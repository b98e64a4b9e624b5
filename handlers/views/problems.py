"""Customer problems: how much of each fix is there, and who brings what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from handlers.ids import COMMAND, Action
from handlers.views.claims import claim_button, claimed_by
from handlers.views.names import Names
from handlers.views.paging import QUERY_MAX, Place, paging
from handlers.views.text import (
    Message,
    Part,
    bold,
    bullets,
    code,
    context,
    escape_within,
    header,
    line,
    paragraph,
    plain,
    rich,
)
from planning.claims.values import Claim, Claimable
from planning.initiatives.values import Initiative
from planning.portfolio.completeness import Completeness, Fix
from planning.register import Page
from planning.text import clip
from planning.workspace.values import Person

LIST, CARD = "problems", "problem"
NAME, TITLE, DEPARTMENT = 80, 80, 40
BRINGING = 4
"""So many initiatives are named beside a part; the others are counted."""
THERE, MISSING = "✓", "✗"
HOW = "To bring a part, press “Customer problem” on your initiative’s card and choose this problem and the part."
UNKNOWN = (
    "No initiative names a customer problem yet, so what is missing is unknown. "
    "Owners can say it on their initiative’s card, with “Customer problem”."
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, and the names behind ids."""

    person: Person
    names: Names

    def button(self, fix: Fix, at: Place) -> list[ButtonElement]:
        """To raise a hand for the problem or to hand it back, where that is for this person."""
        claim = Claim(Claimable.PROBLEM, fix.problem.id)
        button = claim_button(claim, fix.problem.owner, self.person, self.names, at)
        return [button] if button else []


def problem_list(page: Page[Fix], whole: Completeness, viewer: Viewer, query: str = "") -> Message:
    """The problems, worst first, each with its parts, who looks after it and buttons."""
    if not page.total:
        return _nothing(query)
    place = Place(list=LIST, offset=page.offset, query=clip(query, QUERY_MAX))
    title = f"{page.total} customer problems" if page.total > 1 else "1 customer problem"
    rows = [block for fix in page.items for block in _row(fix, whole, viewer, place)]
    spoken = [f"{title}. {summary(whole)}", *(_told(fix, whole, viewer.names) for fix in page.items)]
    more = [f"…and {page.hidden} more"] if page.hidden else []
    blocks = [header(title), context(summary(whole)), *rows, *paging(LIST, query, page.offset, page.hidden)]
    return Message(escape_within("\n".join((*spoken, *more))), blocks)


def problem_card(fix: Fix, involved: Mapping[int, Initiative], viewer: Viewer, *, known: bool = True) -> Message:
    """One problem: each part with the initiatives that bring it, and what to do about those that nobody brings.

    `known`: whether any initiative names a problem at all; `involved` are the initiatives of `shown_of`.
    """
    problem, owner = fix.problem, claimed_by(fix.problem.owner, viewer.names)
    rows = [_part(part, fix.brought.get(part, ()), involved, viewer.names, known) for part in problem.needs]
    also = _also(fix, involved, viewer.names)
    then = _next(fix, known)
    button = viewer.button(fix, Place(list=CARD, query=str(problem.id)))
    blocks: list[Block] = [
        header(problem.name),
        *([paragraph(problem.statement)] if problem.statement else []),
        *([rich(line(bold("What a complete fix needs")), bullets(rows))] if rows else []),
        *([rich(bullets(also))] if also else []),
        paragraph(bold(f"{owner} "), then),
        *([ActionsBlock(elements=button)] if button else []),
    ]
    spoken = (problem.name, problem.statement, *map(_bare, (*rows, *also)), owner, then)
    return Message(escape_within("\n".join(part for part in spoken if part)), blocks)


def shown_of(fix: Fix) -> set[int]:
    """The ids of the initiatives that its card names."""
    some = (*(ids[:BRINGING] for ids in fix.brought.values()), _silent(fix)[:BRINGING])
    return {id for ids in some for id in ids}


def problem_button(id: int, text: str = "Open") -> ButtonElement:
    """Opens the card of a problem."""
    return ButtonElement(text=plain(text), action_id=Action.PROBLEM_SHOW, value=str(id))


def summary(whole: Completeness) -> str:
    """How complete the fixes are, and how many initiatives improve what stays broken."""
    if not whole.known:
        return UNKNOWN
    told = [f"Complete fixes: {whole.complete} of {whole.described}."] if whole.described else []
    if whole.serving:
        told.append(f"Initiatives on a fix that lacks a part: {whole.lacking} of {whole.serving}.")
    if whole.unsaid:
        told.append(f"Live initiatives that name no problem: {whole.unsaid}.")
    if whole.complete < whole.described:
        told.append("Open a problem to see what its fix lacks, and how to bring it.")
    return " ".join(told)


def _row(fix: Fix, whole: Completeness, viewer: Viewer, place: Place) -> list[Block]:
    text = SectionBlock(text=plain(_told(fix, whole, viewer.names)))
    return [text, ActionsBlock(elements=[problem_button(fix.problem.id), *viewer.button(fix, place)])]


def _told(fix: Fix, whole: Completeness, names: Names) -> str:
    count = len(fix.initiatives)
    work = "1 initiative" if count == 1 else f"{count or 'no'} initiatives"
    owner = claimed_by(fix.problem.owner, names)
    return "\n".join((f"{clip(fix.problem.name, NAME)} — {work}. {owner}", _parts(fix, whole)))


def _parts(fix: Fix, whole: Completeness) -> str:
    if not fix.described:
        return "Nobody has said yet what a complete fix needs. A steward can, in the settings."
    if not whole.known:
        return f"Needs {', '.join(fix.problem.needs)}."
    there = [part for part in fix.problem.needs if part not in fix.missing]
    some = ((THERE, "brought", there), (MISSING, "nobody brings", fix.missing))
    return "  ".join(f"{sign} {word}: {', '.join(parts)}" for sign, word, parts in some if parts)


def _part(
    part: str, ids: Sequence[int], involved: Mapping[int, Initiative], names: Names, known: bool
) -> Sequence[Part]:
    if ids:
        return (f"{THERE} ", bold(f"{part}: "), _brought(ids, involved, names))
    return (f"{MISSING} ", bold(f"{part}: "), "nobody yet") if known else (bold(part), ": unknown")


def _brought(ids: Sequence[int], involved: Mapping[int, Initiative], names: Names) -> str:
    hidden = len(ids) - BRINGING
    more = [f"…and {hidden} more"] if hidden > 0 else []
    return ", ".join((*(_brief(involved[id], names) for id in ids[:BRINGING]), *more))


def _brief(initiative: Initiative, names: Names) -> str:
    department = clip(names.departments.get(initiative.draft.department, ""), DEPARTMENT)
    return f"{initiative.reference} {clip(initiative.draft.title, TITLE)} ({department})"


def _also(fix: Fix, involved: Mapping[int, Initiative], names: Names) -> list[Sequence[Part]]:
    """What is brought though nobody asked for it, and who does not say what they bring."""
    others = ((part, ids) for part, ids in sorted(fix.brought.items()) if part not in fix.problem.needs)
    rows: list[Sequence[Part]] = [
        (bold(f"{part}, beside it: "), _brought(ids, involved, names)) for part, ids in others
    ]
    if silent := _silent(fix):
        rows.append((bold("On it, without saying what they bring: "), _brought(silent, involved, names)))
    return rows


def _silent(fix: Fix) -> list[int]:
    return [one.id for one in fix.serving if not one.draft.supplies]


def _next(fix: Fix, known: bool) -> str:
    if not fix.described:
        return "Nobody has said yet what a complete fix needs. A steward can, in the settings."
    if not known:
        return UNKNOWN
    return HOW if fix.missing else "Every part is there or under way: see them through."


def _bare(row: Iterable[Part]) -> str:
    return "".join(part if isinstance(part, str) else str(part.get("text", "")) for part in row)


def _nothing(query: str) -> Message:
    if query:
        text = f"No customer problem is called “{clip(query, NAME)}”. All of them: "
        return Message(escape_within(f"{text}{COMMAND} problems"), [paragraph(text, code(f"{COMMAND} problems"))])
    text = "No customer problem is named yet. A steward can name them in the settings: "
    return Message(escape_within(f"{text}{COMMAND} setup"), [paragraph(text, code(f"{COMMAND} setup"))])
