"""The weekly digest as a message: what changed, the picture, what waits, what is missing, what is asked of whom."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import (
    Block,
    ImageBlock,
)

from handlers.views.coverage import coverage_rows, coverage_words, listed, remarks
from handlers.views.finding_lists import waits
from handlers.views.text import (
    Message,
    Part,
    bold,
    bullets,
    context,
    escape_within,
    header,
    mention,
    paragraph,
    rich,
)
from planning.digests.values import Ask, Changes, Digest, OpenGap, WaitingOverlap
from planning.text import clip
from planning.window import said

TITLE = 80
SENTENCE = 300
COVERAGE_CHARS, WAITING_CHARS, GAPS_CHARS, QUALITY_CHARS, ASKS_CHARS = 1500, 4500, 2000, 700, 2500
"""How much text each part may take, so that all of them fit into one message."""
LEADS_SHOWN, MEMBERS_SHOWN = 4, 3

Row = Sequence[Part]


def digest_message(digest: Digest, picture: str | None) -> Message:
    """The whole digest; `picture` is the id of the uploaded heatmap, without which its numbers are told in words."""
    blocks: list[Block] = [
        header(f"Customer projects: week to {said(digest.day)}"),
        context(_opening(digest)),
        *_changed(digest),
        *_coverage(digest, picture),
        *_part("Overlaps that wait for a decision", map(_waiting, digest.waiting), digest.waiting_total, WAITING_CHARS),
        *_part("Gaps of the journey", map(_gap, digest.gaps), digest.gaps_total, GAPS_CHARS),
        *_part("Asked of the leads this week", map(_ask, digest.asks), len(digest.asks), ASKS_CHARS),
        *_part("Not complete yet", map(_gap, digest.quality), digest.quality_total, QUALITY_CHARS),
        context(_closing(digest)),
    ]
    return Message(escape_within(_spoken(digest)), blocks)


def _opening(digest: Digest) -> str:
    since = f"since {said(digest.since.date())}" if digest.since else "the first digest"
    live = f"{_count(digest.live, 'live initiative')} of {_count(digest.departments, 'department')}"
    return f"{clip(digest.company, TITLE)} · {live} · {since}"


def _closing(digest: Digest) -> str:
    when = f"Sent every {digest.schedule}. " if digest.schedule else ""
    return f"{when}“/cx digest” shows it at any time, “/cx overlaps” and “/cx gaps” show everything."


def _changed(digest: Digest) -> list[Block]:
    return [paragraph(bold("What changed: "), changes_words(digest.changes))]


def changes_words(changes: Changes) -> str:
    """What changed, in one sentence."""
    told = [
        f"{number} {what}"
        for number, what in (
            (changes.registered, "registered"),
            (changes.started, "started"),
            (changes.finished, "finished"),
            (changes.withdrawn, "withdrawn"),
            (changes.overlaps_found, "overlaps found" if changes.overlaps_found != 1 else "overlap found"),
            (changes.overlaps_settled, "decided"),
            (changes.gaps_closed, "gaps closed" if changes.gaps_closed != 1 else "gap closed"),
        )
        if number
    ]
    return f"{listed(told)}." if told else "nothing since the last digest."


def _coverage(digest: Digest, picture: str | None) -> list[Block]:
    if not digest.coverage.stages:
        return []
    told = [context(remark) for remark in (*remarks(digest.coverage), *digest.silence)]
    if picture is None:
        rows = coverage_rows(digest.coverage)
        return [*_part("Who works on which stage", rows, len(rows), COVERAGE_CHARS), *told]
    alt = clip(f"Live initiatives by stage and department. {coverage_words(digest.coverage)}", 1900)
    return [ImageBlock(slack_file={"id": picture}, alt_text=alt), *told]


def _part(title: str, rows: Iterable[Row], total: int, budget: int) -> list[Block]:
    """A heading and as many rows as the budget takes; nothing when there is nothing to tell."""
    if not total:
        return []
    shown = _fitting(list(rows), budget)
    hidden = total - len(shown)
    tail: list[Row] = [(f"…and {hidden} more",)] if hidden else []
    return [header(title), rich(bullets([*shown, *tail]))]


def _fitting(rows: list[Row], budget: int) -> list[Row]:
    spent = 0
    for number, row in enumerate(rows):
        spent += sum(_length(part) for part in row)
        if spent > budget:
            return rows[:number]
    return rows


def _length(part: Part) -> int:
    return len(part) if isinstance(part, str) else len(str(part.get("text", "a mention")))


def _waiting(overlap: WaitingOverlap) -> Row:
    members = [f"{ref} “{clip(title, TITLE)}”" for ref, title in zip(overlap.references, overlap.titles, strict=True)]
    more = f" and {len(members) - MEMBERS_SHOWN} more" if len(members) > MEMBERS_SHOWN else ""
    told = f"{' and '.join(members[:MEMBERS_SHOWN])}{more}"
    sentence = clip(overlap.sentence, SENTENCE)
    return (bold(f"{listed(overlap.departments)}, {waits(overlap.days)}: "), f"{told}. {sentence}")


def _gap(gap: OpenGap) -> Row:
    return (clip(gap.sentence, SENTENCE),)


def _ask(ask: Ask) -> Row:
    mentions: list[Part] = [part for id in ask.slack_ids[:LEADS_SHOWN] for part in (mention(id), " ")]
    return (bold(clip(ask.department, TITLE)), " ", *(mentions or [_unreachable(ask)]), f"— {clip(ask.what, SENTENCE)}")


def _unreachable(ask: Ask) -> str:
    return f"({clip(listed(ask.leads), TITLE)}) " if ask.leads else "(no lead is named yet) "


def _spoken(digest: Digest) -> str:
    """The digest in sentences, what must be decided first."""
    waiting = [f"{listed(o.departments)}, {waits(o.days)}: {clip(o.sentence, 160)}" for o in digest.waiting]
    asked = [f"{clip(ask.department, TITLE)}: {clip(ask.what, 160)}" for ask in digest.asks]
    parts = (
        f"Customer projects of {clip(digest.company, TITLE)}, week to {said(digest.day)}.",
        f"What changed: {changes_words(digest.changes)}",
        _told(f"{_count(digest.waiting_total, 'overlap')} to decide", waiting),
        _told("Asked of the leads", asked),
        _told(_count(digest.gaps_total, "gap"), [clip(gap.sentence, 160) for gap in digest.gaps]),
        f"Coverage: {coverage_words(digest.coverage, 600)}" if digest.coverage.stages else "",
    )
    return " ".join(part for part in parts if part)


def _told(heading: str, sentences: Sequence[str]) -> str:
    return f"{heading}. {' '.join(sentences)}" if sentences else ""


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
