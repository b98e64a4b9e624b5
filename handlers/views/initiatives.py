"""Initiatives in lists, and the word after one was saved."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock
from slack_sdk.models.views import View

from handlers.views.loading import told_modal
from handlers.views.names import STATUS_WORDS, Names, joined, known
from handlers.views.paging import paging
from handlers.views.statuses import edit_button, leave_button, show_button
from handlers.views.text import Message, bold, code, context, escape_within, header, paragraph, plain
from planning.initiatives.values import Initiative
from planning.register import Page
from planning.text import clip

TITLE_SHOWN = 200
QUERY_SHOWN = 60
LOOKING = "Concord is looking for overlaps with other initiatives; whoever it concerns hears of them in a moment."


def mine_list(page: Page[Initiative], names: Names) -> Message:
    """What a person owns."""
    if not page.total:
        return _nothing("You own no initiative yet.", "Register one with ", "/cx new")
    return _listed(f"Your initiatives ({page.total})", page, names, "mine", "")


def found_list(query: str, page: Page[Initiative], names: Names) -> Message:
    """What was found by words."""
    if not page.total:
        nothing = f"Nothing has the words “{clip(query, QUERY_SHOWN)}”." if query else "Nothing is registered yet."
        return _nothing(nothing, "Try other words, or register it: ", "/cx new")
    heading = f"“{clip(query, QUERY_SHOWN)}” ({page.total})" if query else f"All initiatives ({page.total})"
    return _listed(heading, page, names, "find", query)


def row(initiative: Initiative, names: Names) -> SectionBlock:
    """One initiative in two lines, with a button that shows it."""
    text = plain(told(initiative, names), 600)
    return SectionBlock(block_id=f"initiative_{initiative.id}", text=text, accessory=show_button(initiative))


def told(initiative: Initiative, names: Names) -> str:
    """One initiative in two lines."""
    draft = initiative.draft
    status = f"joined CX-{initiative.joined}" if initiative.joined is not None else STATUS_WORDS[draft.status]
    owner = names.people.get(draft.owner, "") if draft.owner is not None else ""
    stages = joined((clip(name, 40) for name in known(draft.stages, names.stages)), most=3)
    details = [names.departments.get(draft.department, ""), status, owner, stages]
    return f"{initiative.reference} {clip(draft.title, TITLE_SHOWN)}\n{' · '.join(part for part in details if part)}"


def saved_modal(
    initiative: Initiative,
    names: Names,
    informed: Sequence[str],
    nudge: str,
    host: str = "",
    *,
    looking: bool = False,
) -> View:
    """The short word after saving: what, who hears of it, and one thing that is still missing.

    `looking`: what it runs into is still being looked up.
    """
    blocks: list[Block] = [
        header(f"{initiative.reference} is saved"),
        paragraph(bold(initiative.draft.title)),
        *(_joined(initiative, host) if initiative.joined is not None else _kept(initiative, names, nudge)),
        *([paragraph(f"Concord tells {joined(informed, most=5)}.")] if informed else []),
        *([context(LOOKING)] if looking else []),
        ActionsBlock(elements=[edit_button(initiative), show_button(initiative), *_back(initiative)]),
    ]
    return told_modal("Saved", blocks, close="Done")


def _kept(initiative: Initiative, names: Names, nudge: str) -> list[Block]:
    stages = joined(known(initiative.draft.stages, names.stages)) or "no stage yet"
    department = names.departments.get(initiative.draft.department, "")
    return [paragraph(f"{department}, {stages}."), *([context(nudge)] if nudge else [])]


def _joined(initiative: Initiative, host: str) -> list[Block]:
    text = f"It is kept as part of CX-{initiative.joined} “{clip(host, TITLE_SHOWN)}”, and its people are told."
    return [paragraph(text)]


def _back(initiative: Initiative) -> list[ButtonElement]:
    return [leave_button(initiative)] if initiative.joined is not None else []


def _listed(heading: str, page: Page[Initiative], names: Names, name: str, query: str) -> Message:
    rows = [row(initiative, names) for initiative in page.items]
    spoken = [told(initiative, names) for initiative in page.items]
    hidden = [f"…and {page.hidden} more"] if page.hidden else []
    return Message(
        escape_within("\n".join([heading, *spoken, *hidden])),
        [header(heading), *rows, *paging(name, query, page.offset, page.hidden)],
    )


def _nothing(text: str, then: str, command: str) -> Message:
    return Message(escape_within(f"{text} {then}{command}"), [paragraph(f"{text} {then}", code(command))])
