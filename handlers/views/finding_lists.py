"""Lists of overlaps and gaps, some at a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, SectionBlock

from handlers.ids import Action
from handlers.views.findings import MEMBERS_SHOWN, NAME, SENTENCE, TITLE, department_name, finding_button, heading_of
from handlers.views.names import Names
from handlers.views.paging import paging
from handlers.views.text import Message, bold, bullets, escape_within, header, paragraph, plain, rich
from planning.findings.values import Finding
from planning.initiatives.values import Initiative
from planning.register import Page
from planning.text import clip


def overlap_list(
    page: Page[Finding],
    initiatives: Mapping[int, Initiative],
    names: Names,
    now: datetime,
    query: str = "",
    whose: str = "",
) -> Message:
    """The open overlaps, strongest first, each with a button that opens its card; `whose` says what `query` meant."""
    where = f" of {clip(whose, NAME)}" if whose else ""
    if not page.total:
        return _nothing(f"No open overlaps{where}.", "New ones are found whenever an initiative is saved.")
    title = f"{_count(page.total, 'open overlap')}{where}"
    rows = [_overlap_row(finding, initiatives, names, now) for finding in page.items]
    return _listed(title, rows, page, "overlaps", query)


def listed_initiatives(findings: Iterable[Finding]) -> list[int]:
    """The ids of the initiatives that a list of findings names, each once."""
    return list(dict.fromkeys(id for finding in findings for id in finding.found.initiatives()))


def gap_list(page: Page[Finding], query: str = "", whose: str = "") -> Message:
    """The open gaps, worst first; `whose` says what `query` meant."""
    where = f" of {clip(whose, NAME)}" if whose else ""
    if not page.total:
        return _nothing(f"No open gaps{where}.", "Nothing is missing in what is registered so far.")
    rows: list[Block] = [rich(bullets([(clip(f.found.why, SENTENCE),) for f in page.items]))]
    return _listed(f"{_count(page.total, 'open gap')}{where}", rows, page, "gaps", query)


def _overlap_row(finding: Finding, initiatives: Mapping[int, Initiative], names: Names, now: datetime) -> SectionBlock:
    members = [initiatives[id] for id in finding.found.initiatives() if id in initiatives]
    told = [_brief(member, names) for member in members[:MEMBERS_SHOWN]]
    head = f"{heading_of(finding)} · {waits((now - finding.opened_at).days)}"
    text = "\n".join((head, *told, clip(finding.found.why, SENTENCE)))
    return SectionBlock(text=plain(text), accessory=finding_button(finding, Action.OVERLAP_SHOW, "Open"))


def _brief(initiative: Initiative, names: Names) -> str:
    department = department_name(names, initiative.draft.department)
    return f"{initiative.reference} {clip(initiative.draft.title, TITLE)} — {department}"


def waits(days: int) -> str:
    """How long something waits, in words."""
    if days < 1:
        return "new today"
    return "waits 1 day" if days == 1 else f"waits {days} days"


def _listed(title: str, rows: Sequence[Block], page: Page[Finding], name: str, query: str) -> Message:
    sentences = " ".join(clip(finding.found.why, SENTENCE) for finding in page.items)
    tail = f" …and {page.hidden} more." if page.hidden else ""
    turning = paging(name, query, page.offset, page.hidden)
    return Message(escape_within(f"{title}. {sentences}{tail}"), [header(title), *rows, *turning])


def _nothing(title: str, then: str) -> Message:
    return Message(escape_within(f"{title} {then}"), [paragraph(bold(title), f" {then}")])


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
