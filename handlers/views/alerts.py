"""The one summary of a week: the overlaps that are told together instead of one by one."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block, SectionBlock

from handlers.ids import Action
from handlers.views.finding_lists import MEMBERS_SHOWN, SENTENCE, TITLE
from handlers.views.rules import heading_of
from handlers.views.text import Message, code, escape_within, header, paragraph, plain
from handlers.views.verdicts import finding_button
from planning.findings.values import Finding
from planning.initiatives.values import Initiative
from planning.text import clip, counted

SHOWN = 10
LISTED = "/cx overlaps mine"
WHY = "They came up this week, and Concord tells them together so that you are not disturbed for each."


def alerts_message(waiting: Sequence[Finding], decided: int, initiatives: Mapping[int, Initiative]) -> Message:
    """Those that nobody has decided, strongest first, each with a button that opens its card."""
    if not waiting:
        told = f"All decided: of the {counted(decided, 'overlap')} told here none waits for you any more."
        return Message(told, [paragraph(told)])
    heading = f"{counted(len(waiting), 'overlap')} to decide"
    rows = [_row(finding, initiatives) for finding in waiting[:SHOWN]]
    done = [f"{decided} more that stood here {'is' if decided == 1 else 'are'} decided."] if decided else []
    hidden = len(waiting) - len(rows)
    more: list[Block] = [paragraph(f"…and {hidden} more: ", code(LISTED))] if hidden > 0 else []
    spoken = [f"{heading}.", *(clip(one.found.why, SENTENCE) for one in waiting[:SHOWN])]
    tail = [f"…and {hidden} more: {LISTED}"] if hidden > 0 else []
    blocks: list[Block] = [header(heading), paragraph(WHY), *rows, *more, *map(paragraph, done)]
    return Message(escape_within(" ".join([*spoken, *tail, *done])), blocks)


def _row(finding: Finding, initiatives: Mapping[int, Initiative]) -> SectionBlock:
    ids = finding.found.initiatives()
    told = [f"{initiatives[id].reference} {clip(initiatives[id].draft.title, TITLE)}" for id in ids[:MEMBERS_SHOWN]]
    if hidden := len(ids) - len(told):
        told.append(f"…and {hidden} more")
    text = "\n".join((heading_of(finding), *told, clip(finding.found.why, SENTENCE)))
    button = finding_button(finding, Action.OVERLAP_SHOW, "Show")
    return SectionBlock(block_id=f"overlap_{finding.id}", text=plain(text), accessory=button)
