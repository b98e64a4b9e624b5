"""A computed proposal: what would change, what that brings, what is short where it cannot be done, and the buttons."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ImageBlock

from handlers.ids import Action
from handlers.views.calendars import calendar_words
from handlers.views.changes import REFERENCES_SHOWN, before_after, change_sentence, lack_sentence, wishes_words
from handlers.views.coverage import listed
from handlers.views.findings import person_name
from handlers.views.loads import loads_words
from handlers.views.names import Names
from handlers.views.rules import heading_of
from handlers.views.statuses import button
from handlers.views.text import Message, Part, bold, bullets, context, escape_within, header, line, plain, rich
from planning.findings.values import Finding
from planning.proposals.asking import NO_WISHES, Progress, Proposal
from planning.proposals.values import About, AboutKind, Proposed
from planning.season.quarters import quarter_words
from planning.text import clip

CHANGES_SHOWN, LACKS_SHOWN, WAYS_SHOWN = 8, 3, 4
SENTENCE = 320
LOADS, CALENDAR = "loads", "calendar"
"""The names of the pictures."""
LOADS_TITLE, CALENDAR_TITLE = "People wanted, before and after", "Contacts with customers, before and after"
Section = tuple[str, str, Sequence[Sequence[Part]]]
"""A title, what follows it in its line, and the rows under it."""
NO_PICTURES: Mapping[str, str] = {}
PROVEN = "Nothing better exists with what may move."
WISHED = "Nothing better exists that does what was wanted."
STOPPED = "Somebody stopped it early: this is the best found so far."
UNPROVEN = "This is the best found in the time there was; something better may exist."
NOTHING = "Nothing has to move: no contacts collide here, and nobody is asked for too much."
CERTAIN = "It cannot be done with what may move."
NOT_FOUND = "Concord has found no way to do it with what may move."


def proposal_blocks(proposal: Proposal, names: Names, *, buttons: bool = True) -> list[Block]:
    """What would change and why, at most about 5,000 characters, with the buttons that fit its state."""
    wanted = wishes_words(proposal.wishes)
    by = f" by {person_name(names, proposal.asked_by)}" if proposal.asked_by is not None else ""
    return [
        *(_section(*part) for part in _parts(proposal)),
        *([context(f"Wanted{by}: {clip(wanted, 600)}.")] if wanted else []),
        *(_buttons(proposal) if buttons else []),
    ]


def proposal_words(proposal: Proposal) -> str:
    """The same in sentences, for those who see no blocks."""
    parts = _parts(proposal)
    said = (filter(None, (title, told, *(str(row[0]) for row in rows))) for title, told, rows in parts)
    wanted = wishes_words(proposal.wishes)
    return " ".join([*map(" ".join, said), *([f"Wanted: {wanted}."] if wanted else [])])


def proposal_message(
    proposal: Proposal,
    subject: str,
    names: Names,
    pictures: Mapping[str, str] = NO_PICTURES,
    *,
    superseded: bool = False,
) -> Message:
    """A proposal for the one who asked for it; `subject` says what for, a `superseded` one has no buttons any more."""
    title = f"A proposal for {subject}"
    note: list[Block] = [context("You have asked for another one since; it is further down.")]
    blocks: list[Block] = [
        header(title),
        *proposal_blocks(proposal, names, buttons=False),
        *proposal_pictures(proposal, pictures),
        *(note if superseded else _buttons(proposal, together=True)),
    ]
    return Message(escape_within(f"{title}. {proposal_words(proposal)}"), blocks)


def proposal_pictures(proposal: Proposal, pictures: Mapping[str, str]) -> list[Block]:
    """Those of its pictures that were uploaded (name → file id), with the same in words."""
    best = proposal.best
    if best is None:
        return []
    alts = {LOADS: loads_words(best.loads), CALENDAR: calendar_words(best.contacts)}
    return [ImageBlock(slack_file={"id": pictures[name]}, alt_text=alts[name]) for name in alts if name in pictures]


def overlap_words(finding: Finding) -> str:
    """Which overlap it is for."""
    references = listed([f"CX-{id}" for id in finding.found.initiatives()], REFERENCES_SHOWN)
    return f"{references}: {heading_of(finding).lower()}"


def about_words(about: About, names: Names) -> str:
    """What it is for; of an overlap `overlap_words` says more."""
    when = f" in {quarter_words(about.quarter)}" if about.quarter else ""
    match about.kind:
        case AboutKind.FINDING:
            return "an overlap"
        case AboutKind.STAGE:
            return f"the stage “{clip(names.stages.get(about.id, 'removed'), 80)}”{when}"
        case AboutKind.POOL:
            return f"the people of {clip(names.pools.get(about.id, 'a removed pool'), 80)}{when}"
        case AboutKind.QUARTER:
            return f"everything planned{when}"


def _parts(proposal: Proposal) -> list[Section]:
    """What it says, part by part."""
    best = proposal.best
    if proposal.progress is Progress.FAILED:
        return [("There is no proposal.", clip(proposal.failure, SENTENCE), ())]
    if proposal.progress is not Progress.DONE:
        return _under_way(proposal)
    if best is None:
        return [("There is no proposal.", "It was stopped before one was found.", ())]
    if best.possible and not best.changes:
        return [(NOTHING, "", ())]
    return _possible(proposal, best) if best.possible else _impossible(best)


def _under_way(proposal: Proposal) -> list[Section]:
    looking = "Concord stops looking in a moment." if proposal.stop else "Looking for a proposal…"
    if proposal.best is None or not proposal.best.changes:
        return [(looking, "", ())]
    return [(looking, "", ()), _changes("Best so far:", proposal.best, before_after(proposal.best))]


def _possible(proposal: Proposal, best: Proposed) -> list[Section]:
    wished = proposal.wishes != NO_WISHES
    sure = (WISHED if wished else PROVEN) if best.proven else STOPPED if proposal.stop else UNPROVEN
    return [_changes("Concord proposes:", best), ("Before → after:", f"{before_after(best)}. {sure}", ())]


def _impossible(best: Proposed) -> list[Section]:
    lacks = [lack_sentence(lack) for lack in best.lacks]
    ways = [way.sentence for way in best.relaxations]
    parts: list[Section] = [(CERTAIN if best.proven else NOT_FOUND, "", _rows(lacks, LACKS_SHOWN))]
    if ways:
        parts.append(("The cheapest ways out:", "", _rows(ways, WAYS_SHOWN)))
    if best.changes:
        parts += [_changes("This helps but is not enough:", best), ("Before → after:", f"{before_after(best)}.", ())]
    return parts


def _changes(title: str, best: Proposed, told: str = "") -> Section:
    return title, told, _rows([change_sentence(change) for change in best.changes], CHANGES_SHOWN)


def _section(title: str, told: str, rows: Sequence[Sequence[Part]]) -> Block:
    return rich(line(bold(title), f" {told}" if told else ""), *([bullets(rows)] if rows else []))


def _rows(sentences: Sequence[str], shown: int) -> list[Sequence[Part]]:
    hidden = len(sentences) - shown
    more = [f"…and {hidden} more"] if hidden > 0 else []
    return [(clip(sentence, SENTENCE),) for sentence in [*sentences[:shown], *more]]


def _buttons(proposal: Proposal, *, together: bool = False) -> list[Block]:
    value, best = str(proposal.id), proposal.best
    if proposal.progress in (Progress.WAITING, Progress.RUNNING):
        return [] if proposal.stop else [ActionsBlock(elements=[button("Stop", Action.PROPOSAL_STOP, value)])]
    if proposal.progress is Progress.FAILED or best is None:
        return [ActionsBlock(elements=[button("Try again", Action.PROPOSAL_AGAIN, value)])]
    shown = [
        *([_together(value)] if together and best.initiatives else []),
        *([button("Another proposal", Action.PROPOSAL_ANOTHER, value)] if best.changes else []),
        *([button("Pin or forbid…", Action.PROPOSAL_WISH, value)] if best.initiatives else []),
    ]
    return [ActionsBlock(elements=shown)] if shown else []


def _together(value: str) -> ButtonElement:
    return ButtonElement(text=plain("Plan it together"), action_id=Action.PROPOSAL_PLAN, value=value, style="primary")
