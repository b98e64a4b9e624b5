"""The weekly digest as a message: the decisions asked for, what changed, the picture, the scores, what is missing."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block, ImageBlock

from handlers.views.coverage import coverage_rows, coverage_words, listed, remarks
from handlers.views.decisions import BEFORE, NO_STANDINGS, UNKNOWN, Standings, decision_words, decisions_part
from handlers.views.digest_parts import Row, part_blocks
from handlers.views.digest_scores import digest_scores
from handlers.views.outcomes import PLANS, kept_words
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
from planning.digests.values import Ask, Changes, Digest, OpenGap, PlansKept
from planning.text import clip, counted
from planning.window import said

TITLE = 80
SENTENCE = 300
COVERAGE_CHARS, GAPS_CHARS, QUALITY_CHARS, ASKS_CHARS, THANKS_CHARS, PLANS_CHARS = 900, 750, 350, 850, 350, 320
"""How much text each part may take, so that all of them fit into one message."""
LEADS_SHOWN = 4

THANKS = "Thank you for raising a hand"
COVERAGE, TRENDS = "coverage", "trends"
"""The names of the pictures."""
NO_PICTURES: Mapping[str, str] = {}


def digest_message(
    digest: Digest,
    pictures: Mapping[str, str] = NO_PICTURES,
    standings: Standings = NO_STANDINGS,
    *,
    table: bool = True,
    press: bool = True,
) -> Message:
    """The whole digest; `pictures` are the ids of those uploaded, in place of the others their words stand.

    `standings` say how its decisions stand now. Without `table` the metrics are told in rows; without `press` nobody
    decides anything here.
    """
    blocks: list[Block] = [
        header(f"Customer projects: week to {said(digest.day)}"),
        context(_opening(digest)),
        *decisions_part(digest, standings, press=press),
        *_changed(digest),
        *_coverage(digest, pictures.get(COVERAGE)),
        *digest_scores(digest.scores, pictures.get(TRENDS), table=table),
        *_plans(digest.plans),
        *part_blocks("Gaps of the journey", map(_gap, digest.gaps), digest.gaps_total, GAPS_CHARS),
        *part_blocks("Asked of the leads this week", map(_ask, digest.asks), len(digest.asks), ASKS_CHARS),
        *part_blocks("Not complete yet", map(_gap, digest.quality), digest.quality_total, QUALITY_CHARS),
        *part_blocks(THANKS, map(_thanked, digest.thanks), len(digest.thanks), THANKS_CHARS),
        context(_closing(digest)),
    ]
    return Message(escape_within(_spoken(digest, standings)), blocks)


def _opening(digest: Digest) -> str:
    since = f"since {said(digest.since.date())}" if digest.since else "the first digest"
    live = f"{counted(digest.live, 'live initiative')} of {counted(digest.departments, 'department')}"
    return f"{clip(digest.company, TITLE)} · {live} · {since}"


def _closing(digest: Digest) -> str:
    when = f"Sent {digest.schedule}. " if digest.schedule else ""
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


def _plans(kept: PlansKept | None) -> list[Block]:
    return [paragraph(bold(f"{PLANS}: "), clip(kept_words(kept), PLANS_CHARS))] if kept else []


def _thanked(line: str) -> Row:
    return (clip(line, SENTENCE),)


def _gap(gap: OpenGap) -> Row:
    return (clip(gap.sentence, SENTENCE),)


def _ask(ask: Ask) -> Row:
    mentions: list[Part] = [part for id in ask.slack_ids[:LEADS_SHOWN] for part in (mention(id), " ")]
    return (bold(clip(ask.department, TITLE)), " ", *(mentions or [_unreachable(ask)]), f"— {clip(ask.what, SENTENCE)}")


def _unreachable(ask: Ask) -> str:
    return f"({clip(listed(ask.leads), TITLE)}) " if ask.leads else "(no lead is named yet) "


def _spoken(digest: Digest, standings: Standings) -> str:
    """The digest in sentences, what must be decided first."""
    decisions = [decision_words(one, standings.get(one.decision or 0, UNKNOWN)) for one in digest.decisions]
    asked = [f"{clip(ask.department, TITLE)}: {clip(ask.what, 160)}" for ask in digest.asks]
    parts = (
        f"Customer projects of {clip(digest.company, TITLE)}, week to {said(digest.day)}.",
        _told(counted(len(decisions), "decision asked of you", "decisions asked of you"), decisions),
        _told(BEFORE, digest.decided),
        f"What changed: {changes_words(digest.changes)}",
        _told("Asked of the leads", asked),
        _told(counted(digest.gaps_total, "gap"), [clip(gap.sentence, 160) for gap in digest.gaps]),
        f"{PLANS}: {clip(kept_words(digest.plans), 300)}" if digest.plans else "",
        f"{TITLE_OF_ALL}. {clip(scores_words(digest.scores), 900)}" if digest.scores else "",
        _told(THANKS, [f"{clip(line, 160)}." for line in digest.thanks]),
        f"Coverage: {coverage_words(digest.coverage, 600)}" if digest.coverage.stages else "",
    )
    return " ".join(part for part in parts if part)


def _told(heading: str, sentences: Sequence[str]) -> str:
    return f"{heading}. {' '.join(sentences)}" if sentences else ""
