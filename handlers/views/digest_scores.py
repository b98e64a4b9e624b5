"""The scores in the digest: a table of the metrics that stand worst, their trends, how far people agree."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, RawTextObject, TableBlock

from handlers.views.digest_parts import row_blocks
from handlers.views.scores import (
    TITLE_OF_ALL,
    Row,
    count_words,
    metric_row,
    part_rows,
    picture_blocks,
)
from handlers.views.standings import aim_words, last_words, status_words, trend_words
from handlers.views.text import bold, context, header
from planning.scoreboard.values import MetricLine, Scoreboard
from planning.text import clip

METRICS_SHOWN = 8
CELL, NAME, SENTENCE = 48, 40, 200
ADVICE_CHARS, PARTS_CHARS = 900, 1300
"""How much text the advice on the metrics and the other parts may take."""
HEADINGS = ("Metric", "Stands", "Last reading", "Target", "Way")


def digest_scores(board: Scoreboard | None, picture: str | None, *, table: bool) -> list[Block]:
    """The section; without `table` the metrics are told in rows, for a Slack that does not know the block yet."""
    if board is None or not (board.metrics or board.told):
        return []
    parts = part_rows(board)
    return [
        header(TITLE_OF_ALL),
        *_metrics(board, table=table),
        *picture_blocks(board, picture, METRICS_SHOWN),
        *row_blocks(parts, len(parts), PARTS_CHARS),
    ]


def _metrics(board: Scoreboard, *, table: bool) -> list[Block]:
    if board.metrics is None:
        return []
    lines, counted = board.metrics.lines[:METRICS_SHOWN], context(count_words(board.metrics, METRICS_SHOWN))
    if not table:
        rows = [metric_row(line) for line in lines]
        return [*row_blocks(rows, len(rows), ADVICE_CHARS + 800), counted]
    advice: list[Row] = [
        (bold(f"{clip(line.name, NAME)}: "), clip(line.advice, SENTENCE)) for line in lines if not line.calm
    ]
    return [_table(lines), counted, *row_blocks(advice, len(advice), ADVICE_CHARS)]


def _table(lines: Sequence[MetricLine]) -> TableBlock:
    rows = [[RawTextObject(text=cell) for cell in row] for row in (HEADINGS, *map(_cells, lines))]
    return TableBlock(rows=rows)


def _cells(line: MetricLine) -> tuple[str, ...]:
    told = (status_words(line), last_words(line), aim_words(line).removeprefix("target "), trend_words(line))
    return (clip(line.name, NAME), *(clip(cell, CELL) or "–" for cell in told))
