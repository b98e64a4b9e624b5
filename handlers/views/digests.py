"""The weekly digest as a message: what waits for a decision, what changed, the picture, the scores, what is missing."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block, ImageBlock

from handlers.views.coverage import coverage_rows, coverage_words, listed, remarks
from handlers.views.digest_parts import Row, part_blocks
from handlers.views.digest_scores import digest_scores
from handlers.views.finding_lists import waits
from handlers.views.scores import TITLE_OF_ALL, scores_words
from handlers.views.text import (
    Message,
    Part,
    bold,
    context,
    escape_within,
    header,
    mention,
    paragraph,
)
from planning.digests.values import Ask, Changes, Digest, OpenGap, WaitingOverlap
from planning.text import clip, counted
from planning.window import said

TITLE = 80
SENTENCE = 300
COVERAGE_CHARS, WAITING_CHARS, GAPS_CHARS, QUALITY_CHARS, ASKS_CHARS, THANKS_CHARS = 1200, 2000, 1300, 500, 1500, 500
"""How much text each part may take, so that all of them fit into one message."""
LEADS_SHOWN, MEMBERS_SHOWN = 4, 3

THANKS = "Thank you for raising a hand"
COVERAGE, TRENDS = "coverage", "trends"
"""The names of the pictures."""
NO_PICTURES: Mapping[str, str] = {}


def digest_message(digest: Digest, pictures: Mapping[str, str] = NO_PICTURES, *, table: bool = True) -> Message:
    """The whole digest; `pictures` are the ids of those uploaded, in place of the others their words stand.

    Without `table` the metrics are told in rows.
    """
    blocks: list[Block] = [
        header(f"Customer projects: week to {said(digest.day)}"),
        context(_opening(digest)),
        *part_blocks(
            "Overlaps that wait for a decision", map(_waiting, digest.waiting), digest.waiting_total, WAITING_CHARS
        ),
        *_changed(digest),
        *_coverage(digest, pictures.get(COVERAGE)),
        *digest_scores(digest.scores, pictures.get(TRENDS), table=table),
        *part_blocks("Gaps of the journey", map(_gap, digest.gaps), digest.gaps_total, GAPS_CHARS),
        *part_blocks("Asked of the leads this week", map(_ask, digest.asks), len(digest.asks), ASKS_CHARS),
        *part_blocks("Not complete yet", map(_gap, digest.quality), digest.quality_total, QUALITY_CHARS),
        *part_blocks(THANKS, map(_thanked, digest.thanks), len(digest.thanks), THANKS_CHARS),
        context(_closing(digest)),
    ]
    return Message(escape_within(_spoken(digest)), blocks)


def _opening(digest: Digest) -> str:
    since = f"since {said(digest.since.date())}" if digest.since else "the first digest"
    live = f"{counted(digest.live, 'live initiative')} of {counted(digest.departments, 'department')}"
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
        return [*part_blocks("Who works on which stage", rows, len(rows), COVERAGE_CHARS), *told]
    alt = clip(f"Live initiatives by stage and department. {coverage_words(digest.coverage)}", 1900)
    return [ImageBlock(slack_file={"id": picture}, alt_text=alt), *told]


def _waiting(overlap: WaitingOverlap) -> Row:
    members = [f"{ref} “{clip(title, TITLE)}”" for ref, title in zip(overlap.references, overlap.titles, strict=True)]
    more = f" and {len(members) - MEMBERS_SHOWN} more" if len(members) > MEMBERS_SHOWN else ""
    told = f"{' and '.join(members[:MEMBERS_SHOWN])}{more}"
    sentence = clip(overlap.sentence, SENTENCE)
    return (bold(f"{listed(overlap.departments)}, {waits(overlap.days)}: "), f"{told}. {sentence}")


def _thanked(line: str) -> Row:
    return (clip(line, SENTENCE),)


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
        _told(f"{counted(digest.waiting_total, 'overlap')} to decide", waiting),
        f"What changed: {changes_words(digest.changes)}",
        _told("Asked of the leads", asked),
        _told(counted(digest.gaps_total, "gap"), [clip(gap.sentence, 160) for gap in digest.gaps]),
        f"{TITLE_OF_ALL}. {clip(scores_words(digest.scores), 900)}" if digest.scores else "",
        _told(THANKS, [f"{clip(line, 160)}." for line in digest.thanks]),
        f"Coverage: {coverage_words(digest.coverage, 600)}" if digest.coverage.stages else "",
    )
    return " ".join(part for part in parts if part)


def _told(heading: str, sentences: Sequence[str]) -> str:
    return f"{heading}. {' '.join(sentences)}" if sentences else ""
