"""Lists of overlaps and gaps, some at a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, SectionBlock

from handlers.ids import Action
from handlers.views.claims import claim_button, claimed_by
from handlers.views.findings import NAME, department_name
from handlers.views.names import Names
from handlers.views.paging import QUERY_MAX, Place, paging
from handlers.views.rules import heading_of
from handlers.views.text import Message, bold, bullets, escape_within, header, line, paragraph, plain, rich
from handlers.views.verdicts import finding_button
from planning.claims.claiming import claim_of
from planning.claims.values import Claimable
from planning.findings.values import Finding
from planning.initiatives.values import Initiative
from planning.portfolio.silence import Registered
from planning.register import Page
from planning.text import clip, counted
from planning.workspace.values import Person

TITLE, SENTENCE, MEMBERS_SHOWN, DEPARTMENTS_SHOWN = 100, 400, 3, 8
"""Ten rows of these lengths fit into one message."""


def overlap_list(
    page: Page[Finding],
    initiatives: Mapping[int, Initiative],
    names: Names,
    now: datetime,
    query: str = "",
    where: str = "",
) -> Message:
    """The open overlaps, strongest first, each with a button that opens its card.

    `where` says what `query` meant, such as “of Claims”.
    """
    where = f" {clip(where, NAME)}" if where else ""
    if not page.total:
        return _nothing(f"No open overlaps{where}.", " New ones are found whenever an initiative is saved.")
    title = f"{counted(page.total, 'open overlap')}{where}"
    rows = [_overlap_row(finding, initiatives, names, now) for finding in page.items]
    return _listed(title, rows, page, "overlaps", query)


def listed_initiatives(findings: Iterable[Finding]) -> list[int]:
    """The ids of the initiatives that a list of findings shows, each once."""
    return list(dict.fromkeys(id for finding in findings for id in finding.found.initiatives()[:MEMBERS_SHOWN]))


def gap_list(
    page: Page[Finding],
    names: Names,
    viewer: Person,
    query: str = "",
    where: str = "",
    registered: Sequence[Registered] = (),
) -> Message:
    """The open gaps, worst first, each with who looks after it or a button to do so; `where` as for overlaps.

    Then how much of the work is `registered` at all.
    """
    where = f" {clip(where, NAME)}" if where else ""
    known = _known(registered)
    if not page.total:
        then = "" if where else " Nothing is missing in what is registered so far."
        return _nothing(f"No open gaps{where}.", then, known)
    place = Place(list="gaps", offset=page.offset, query=clip(query, QUERY_MAX))
    rows = [_gap_row(finding, names, viewer, place) for finding in page.items]
    return _listed(f"{counted(page.total, 'open gap')}{where}", rows, page, "gaps", query, known)


def _gap_row(gap: Finding, names: Names, viewer: Person, place: Place) -> SectionBlock:
    """A stage that is taken on here takes its gap out of the list, so it is answered beside the list."""
    claim = claim_of(gap)
    at = place if claim.kind is Claimable.GAP else None
    owner = [claimed_by(gap.owner, names)] if gap.owner is not None else []
    button = claim_button(claim, gap.owner, viewer, names, at)
    return SectionBlock(text=plain("\n".join((clip(gap.found.why, SENTENCE), *owner))), accessory=button)


def _known(registered: Sequence[Registered]) -> list[str]:
    """What can be said of how much each department has registered: nothing of some, which is unknown and no gap."""
    told = [f"{one.sentence} {one.ground}" for one in registered if one.silent or one.likely is not None]
    hidden = len(told) - DEPARTMENTS_SHOWN
    more = [f"…and {hidden} more departments"] if hidden > 0 else []
    return [*(clip(each, SENTENCE) for each in told[:DEPARTMENTS_SHOWN]), *more]


def _after(known: Sequence[str]) -> list[Block]:
    told = rich(line(bold("How much is registered at all")), bullets([(each,) for each in known]))
    return [told] if known else []


def _overlap_row(finding: Finding, initiatives: Mapping[int, Initiative], names: Names, now: datetime) -> SectionBlock:
    ids = finding.found.initiatives()
    told = [_brief(initiatives[id], names) for id in ids[:MEMBERS_SHOWN]]
    if hidden := len(ids) - len(told):
        told.append(f"…and {hidden} more")
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


def _listed(
    title: str, rows: Sequence[Block], page: Page[Finding], name: str, query: str, known: Sequence[str] = ()
) -> Message:
    sentences = " ".join(clip(finding.found.why, SENTENCE) for finding in page.items)
    tail = f" …and {page.hidden} more." if page.hidden else ""
    turning = paging(name, query, page.offset, page.hidden)
    spoken = " ".join((f"{title}. {sentences}{tail}", *known))
    return Message(escape_within(spoken), [header(title), *rows, *turning, *_after(known)])


def _nothing(title: str, then: str, known: Sequence[str] = ()) -> Message:
    spoken = " ".join((f"{title}{then}", *known))
    return Message(escape_within(spoken), [paragraph(bold(title), then), *_after(known)])
