"""The list of metrics, the worst first, and the buttons that stand beside one."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from handlers.ids import COMMAND, Action
from handlers.views.paging import paging
from handlers.views.standings import STATUS_WORDS, last_words, status_words, target_words, trend_words
from handlers.views.statuses import button
from handlers.views.text import Message, bold, context, escape_within, header, paragraph, plain
from planning.register import Page
from planning.scoreboard.values import MetricLine, MetricTable
from planning.text import clip, counted
from planning.window import said

NAME, ADVICE = 80, 200
ANY = "any"
"""The value of the button that asks which metric."""


def metric_list(
    page: Page[MetricLine], table: MetricTable, today: date, query: str = "", may_add: bool = False
) -> Message:
    """Some of the metrics, each with where it stands, what to do about it, and a button that opens its card."""
    counts = ", ".join(f"{count} {STATUS_WORDS[status]}" for status, count in table.counts)
    title = counted(page.total, "metric")
    foot: list[Block] = [ActionsBlock(elements=[reading_button()])] if may_add else []
    blocks = [
        header(title),
        context(counts),
        *(_row(line, today) for line in page.items),
        *paging("metrics", query, page.offset, page.hidden),
        *foot,
    ]
    spoken = " ".join(line.sentence for line in page.items)
    tail = f" …and {page.hidden} more." if page.hidden else ""
    return Message(escape_within(f"{title}: {counts}. {spoken}{tail}"), blocks)


def no_metrics() -> Message:
    """Said while there are none."""
    then = f" A steward can say with {COMMAND} setup what each stage is measured by."
    return Message(escape_within(f"No metrics yet.{then}"), [paragraph(bold("No metrics yet."), then)])


def reading_button(metric: int | None = None) -> ButtonElement:
    """Opens the form of a reading, of this metric or of one to be chosen."""
    return button("Add a reading", Action.READING_ADD, ANY if metric is None else str(metric))


def age_words(line: MetricLine, today: date) -> str:
    """How long ago it was read, and whether the next reading is late."""
    if line.stale_since is not None:
        return f"reading late since {said(line.stale_since)}"
    if line.last is None:
        return ""
    days = (today - line.last.on).days
    return "read today" if days <= 0 else f"read {counted(days, 'day')} ago"


def spaced(words: Sequence[str]) -> str:
    """What there is to say, with dots between."""
    return " · ".join(word for word in words if word)


def _row(line: MetricLine, today: date) -> SectionBlock:
    head = f"{status_words(line)} · {clip(line.name, NAME)}"
    stands = spaced((last_words(line), target_words(line), trend_words(line), age_words(line, today)))
    text = "\n".join((head, stands, clip(line.advice, ADVICE)))
    show = ButtonElement(
        text=plain("Show"),
        action_id=Action.METRIC_SHOW,
        value=str(line.metric),
        accessibility_label=plain(f"Show {line.name}", 75).text,
    )
    return SectionBlock(text=plain(text), accessory=show)
