"""The digest of one department as a message: what changed, what waits, what owners say, what is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from handlers.ids import COMMAND, Action
from handlers.views.department_words import (
    answers_words,
    overlap_words,
    plan_words,
    pool_words,
    quiet_words,
    trouble_words,
    turn_words,
)
from handlers.views.digest_parts import part_blocks
from handlers.views.digests import changes_words
from handlers.views.paging import Place
from handlers.views.text import Message, bold, context, escape_within, header, paragraph, plain
from planning.digests.department_values import DepartmentDigest
from planning.text import clip, counted
from planning.window import said

NAME, SENTENCE, SPOKEN, SPOKEN_ROWS = 80, 300, 140, 4
OVERLAPS, PLANS, OWNERS = "Overlaps that wait for an answer", "Shared plans", "What owners say"


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading, the rows under it, how many there are in all, and how much text they may take."""

    title: str
    rows: Sequence[str]
    total: int
    budget: int

    @property
    def blocks(self) -> list[Block]:
        return part_blocks(self.title, [(row,) for row in self.rows], self.total, self.budget)

    @property
    def spoken(self) -> str:
        rows = [_ended(clip(row, SPOKEN)) for row in self.rows[:SPOKEN_ROWS]]
        hidden = self.total - len(rows)
        return " ".join([f"{self.title} ({self.total}).", *rows, *([f"…and {hidden} more."] if hidden else [])])


def department_digest(digest: DepartmentDigest, *, press: bool = True) -> Message:
    """The whole digest; without `press` it has no buttons."""
    blocks: list[Block] = [
        header(f"{clip(digest.department, NAME)}: week to {said(digest.day)}"),
        context(_opening(digest)),
        *([paragraph(quiet_words(digest))] if digest.quiet else _told(digest, press=press)),
        *(_lists(digest) if press else []),
        context(f"Sent {digest.schedule}. “{COMMAND} todo” shows what needs you yourself."),
    ]
    return Message(escape_within(_spoken(digest)), blocks)


def _opening(digest: DepartmentDigest) -> str:
    live = counted(digest.live, "live initiative")
    return f"{clip(digest.company, NAME)} · {live} · since {said(digest.since)}"


def _told(digest: DepartmentDigest, *, press: bool) -> list[Block]:
    return [
        paragraph(bold("What changed: "), changes_words(digest.changes)),
        *_pressed(_overlaps(digest), Action.OVERLAP_SHOW, [one.finding for one in digest.overlaps], press=press),
        *_pressed(_plans(digest), Action.PLAN_SHOW, [one.plan for one in digest.plans], press=press),
        *_owners(digest),
        *(block for part in _parts(digest) for block in part.blocks),
    ]


def _overlaps(digest: DepartmentDigest) -> _Part:
    return _Part(OVERLAPS, [overlap_words(one) for one in digest.overlaps], digest.overlaps_total, 0)


def _plans(digest: DepartmentDigest) -> _Part:
    return _Part(PLANS, [plan_words(one) for one in digest.plans], digest.plans_total, 0)


def _pressed(part: _Part, action: Action, ids: Sequence[int], *, press: bool) -> list[Block]:
    """Its rows with a button each that opens what they are about."""
    if not part.total:
        return []
    rows = [_row(words, action, id, press=press) for words, id in zip(part.rows, ids, strict=True)]
    hidden = part.total - len(rows)
    return [header(f"{part.title} ({part.total})"), *rows, *([context(f"…and {hidden} more")] if hidden else [])]


def _row(words: str, action: Action, id: int, *, press: bool) -> SectionBlock:
    button = ButtonElement(
        text=plain("Open"),
        action_id=action,
        value=str(id),
        accessibility_label=plain(f"Open: {words}", 75).text,
    )
    return SectionBlock(text=plain(words), accessory=button if press else None)


def _owners(digest: DepartmentDigest) -> list[Block]:
    asked = digest.check_ins
    if asked is None:
        return []
    rows = [(trouble_words(one),) for one in asked.troubles]
    troubles = part_blocks(OWNERS, rows, asked.troubles_total, 1300) or [header(OWNERS)]
    return [*troubles, context(answers_words(asked))]


def _parts(digest: DepartmentDigest) -> Iterator[_Part]:
    """What is told in plain rows."""
    turns, pools = [turn_words(one) for one in digest.turns], [pool_words(one) for one in digest.pools]
    yield _Part("Begins or ends in two weeks", turns, digest.turns_total, 1000)
    yield _Part("Metrics off their path", [_cut(one.sentence) for one in digest.metrics], digest.metrics_total, 700)
    yield _Part("What is missing", [_cut(one.sentence) for one in digest.gaps], digest.gaps_total, 800)
    yield _Part("Not complete yet", [_cut(one.sentence) for one in digest.quality], digest.quality_total, 600)
    yield _Part("Busiest weeks of the pools you ask", pools, digest.pools_total, 450)


def _ended(row: str) -> str:
    return row if row.endswith((".", "…")) else f"{row}."


def _cut(sentence: str) -> str:
    return clip(sentence, SENTENCE)


def _lists(digest: DepartmentDigest) -> list[Block]:
    """The ways to the whole lists."""
    wanted = (("All overlaps", "overlaps", digest.overlaps_total), ("All gaps", "gaps", digest.gaps_total))
    places = [(label, Place(list=name, query=digest.department)) for label, name, total in wanted if total]
    buttons = [
        ButtonElement(text=plain(label), action_id=action, value=place.model_dump_json())
        for action, (label, place) in zip((Action.LIST_OPEN, Action.LIST_OPEN_OTHER), places, strict=False)
    ]
    return [ActionsBlock(elements=[*buttons])] if buttons else []


def _spoken(digest: DepartmentDigest) -> str:
    """The digest in sentences, what waits for the department first."""
    opening = f"{clip(digest.department, NAME)}, week to {said(digest.day)}."
    if digest.quiet:
        return f"{opening} {quiet_words(digest)}"
    parts = [part.spoken for part in (_overlaps(digest), _plans(digest)) if part.total]
    rest = [part.spoken for part in _parts(digest) if part.total]
    changed = f"What changed: {changes_words(digest.changes)}"
    return " ".join([opening, *parts, changed, *_owners_spoken(digest), *rest])


def _owners_spoken(digest: DepartmentDigest) -> list[str]:
    asked = digest.check_ins
    if asked is None:
        return []
    told = [_ended(clip(trouble_words(one), SPOKEN)) for one in asked.troubles[:SPOKEN_ROWS]]
    return [f"{OWNERS}.", *told, answers_words(asked)]
